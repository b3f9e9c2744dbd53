export const tracks = {
  uploadATrack: 'Upload a track',
  stopTheUpload: 'Stop the upload',
  preparing: ({ name, round }: { name: string; round: number }) => `Preparing “${name}” ... ${round} %`,
  isNoTrack: ({ name, reason }: { name: string; reason: string }) => `“${name}” is no track: ${reason}`,
  orDropAFileHere: "Or drop a file here: MP3, M4A, WAV, FLAC, Ogg, a phone's recording or a video with sound.",
  soundFileToUpload: 'Sound file to upload',
  theNetworkIsAwayGoes: ({ name, round }: { name: string; round: number }) =>
    `The network is away: “${name}” goes on as soon as it is back ... ${round} %`,
  uploading: ({ name, round }: { name: string; round: number }) => `Uploading “${name}” ... ${round} %`,
  preparingTheTrack: ({ round }: { round: number }) => `Preparing the track ... ${round} %`,
  backingTrack: 'Backing track',
  noneSoFar: 'None so far.',
  trackOfTheNextSong: 'Track of the next song',
  noTrackOnlyVoices: 'No track: only voices',
  deleteWord: ({ name }: { name: string }) => `Delete ${name}`,
  choosesAsTheLeader: ({ name }: { name: string }) => `${name} chooses, as the leader.`,
  whoeverLeadsChooses: 'Whoever leads chooses.',
};
