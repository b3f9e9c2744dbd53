import type { Words } from '../en/index.js';

export const tracks: Words['tracks'] = {
  uploadATrack: 'Envoyer un accompagnement',
  stopTheUpload: 'Arrêter l’envoi',
  preparing: ({ name, round }) => `Préparation de « ${name} » ... ${round} %`,
  isNoTrack: ({ name, reason }) => `« ${name} » n’est pas utilisable : ${reason}`,
  orDropAFileHere: 'Ou déposez un fichier ici : MP3, M4A, WAV, FLAC, Ogg, un enregistrement de téléphone ou une vidéo sonore.',
  soundFileToUpload: 'Fichier son à envoyer',
  theNetworkIsAwayGoes: ({ name, round }) => `Le réseau est absent : « ${name} » reprendra dès son retour ... ${round} %`,
  uploading: ({ name, round }) => `Envoi de « ${name} » ... ${round} %`,
  preparingTheTrack: ({ round }) => `Préparation de l’accompagnement ... ${round} %`,
  backingTrack: 'Accompagnement',
  noneSoFar: 'Aucun pour l’instant.',
  trackOfTheNextSong: 'Accompagnement du prochain chant',
  noTrackOnlyVoices: 'Sans accompagnement : voix seules',
  deleteWord: ({ name }) => `Supprimer ${name}`,
  choosesAsTheLeader: ({ name }) => `${name} mène et choisit.`,
  whoeverLeadsChooses: 'Qui mène choisit.',
};
