import type { Words } from '../en/index.js';

export const net: Words['net'] = {
  theServerGaveAnAnswer: 'El servidor dio una respuesta que esta página no entiende. Recarga la página.',
  theServerDoesNotAnswer: 'El servidor no responde. Quizá está muy ocupado o tu red va muy lenta: inténtalo en un momento.',
  theServerCannotBeReached: 'No se llega al servidor. Mira tu red e inténtalo de nuevo.',
  theFileIsTooLarge: 'El archivo es demasiado grande.',
  theServerIsTooBusy: 'El servidor está demasiado ocupado ahora. Inténtalo en un momento.',
  theServerAnsweredWithAn: ({ status }) => `El servidor respondió con un error (${status}). Inténtalo en un momento.`,
  theUploadBrokeOffAnd: 'La subida se cortó y no pudo seguir durante cinco minutos. Mira tu red e inténtalo de nuevo.',
  theUploadWasStopped: 'La subida se detuvo.',
  somethingBetweenYouAndThe:
    'Algo entre tú y el servidor (un proxy) rechaza archivos de este tamaño. Quien lleva este servidor puede permitirlos; quizá pase un archivo más corto o pequeño (MP3).',
};
