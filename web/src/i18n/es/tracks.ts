import type { Words } from '../en/index.js';

export const tracks: Words['tracks'] = {
  uploadATrack: 'Subir un acompañamiento',
  stopTheUpload: 'Parar la subida',
  preparing: ({ name, round }) => `Preparando «${name}» ... ${round} %`,
  isNoTrack: ({ name, reason }) => `«${name}» no es un acompañamiento: ${reason}`,
  orDropAFileHere: 'O suelta aquí un archivo: MP3, M4A, WAV, FLAC, Ogg, una grabación del teléfono o un vídeo con sonido.',
  soundFileToUpload: 'Archivo de sonido para subir',
  theNetworkIsAwayGoes: ({ name, round }) => `No hay red: «${name}» sigue en cuanto vuelva ... ${round} %`,
  uploading: ({ name, round }) => `Subiendo «${name}» ... ${round} %`,
  preparingTheTrack: ({ round }) => `Preparando el acompañamiento ... ${round} %`,
  backingTrack: 'Acompañamiento',
  noneSoFar: 'Ninguno por ahora.',
  trackOfTheNextSong: 'Acompañamiento del próximo canto',
  noTrackOnlyVoices: 'Sin acompañamiento: solo voces',
  deleteWord: ({ name }) => `Borrar ${name}`,
  choosesAsTheLeader: ({ name }) => `${name} dirige y elige.`,
  whoeverLeadsChooses: 'Elige quien dirige.',
};
