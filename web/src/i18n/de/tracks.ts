import type { Words } from '../en/index.js';

export const tracks: Words['tracks'] = {
  uploadATrack: 'Begleitung hochladen',
  stopTheUpload: 'Hochladen abbrechen',
  preparing: ({ name, round }) => `„${name}“ wird vorbereitet ... ${round} %`,
  isNoTrack: ({ name, reason }) => `„${name}“ ist keine Begleitung: ${reason}`,
  orDropAFileHere: 'Oder ziehe eine Datei hierher: MP3, M4A, WAV, FLAC, Ogg, eine Aufnahme vom Telefon oder ein Video mit Ton.',
  soundFileToUpload: 'Tondatei zum Hochladen',
  theNetworkIsAwayGoes: ({ name, round }) => `Das Netz ist weg: „${name}“ geht weiter, sobald es zurück ist ... ${round} %`,
  uploading: ({ name, round }) => `„${name}“ wird hochgeladen ... ${round} %`,
  preparingTheTrack: ({ round }) => `Die Begleitung wird vorbereitet ... ${round} %`,
  backingTrack: 'Begleitung',
  noneSoFar: 'Noch keine.',
  trackOfTheNextSong: 'Begleitung für das nächste Lied',
  noTrackOnlyVoices: 'Keine Begleitung: nur Stimmen',
  deleteWord: ({ name }) => `${name} löschen`,
  choosesAsTheLeader: ({ name }) => `${name} leitet und wählt.`,
  whoeverLeadsChooses: 'Wer leitet, wählt.',
};
