import type { Words } from '../en/index.js';

export const recording: Words['recording'] = {
  theRecordingBrokeOffReload: 'La grabación se interrumpió. Recarga la página cuando puedas; entonces se te ofrece lo grabado.',
  theRecordingWasAsLong: 'La grabación llegó a su duración máxima y acabó. Puedes descargarla y empezar otra.',
  thereIsNoRoomLeft: 'No queda sitio para el navegador en el disco de este ordenador: la grabación acabó aquí.',
  thereIsTooLittleRoom: 'Queda muy poco sitio en el disco de este ordenador para grabar.',
  downloadThemBeforeYouClose: 'Descárgalas antes de cerrar esta página: este navegador no puede guardarlas.',
  thisBrowserKeepsThemUntil: 'Este navegador las guarda hasta que las borres; no las tiene nadie más.',
  deleteForGood: 'Borrar para siempre',
  deleteWord: 'Borrar',
  recordWhatIHear: 'Grabar lo que oigo',
  thisBrowserCannotKeepIt: 'Este navegador no puede guardarla: media hora como mucho, y tienes que descargarla antes de salir.',
  yourRecordings: 'Tus grabaciones',
  download: 'Descargar',
  stopRecording: 'Parar la grabación',
};
