import type { Words } from '../en/index.js';

export const leaving: Words['leaving'] = {
  youHaveLeftTheRoom: 'Has salido de la sala',
  thankYouForSinging: 'Gracias por cantar.',
  goBackIn: 'Volver a entrar',
  youAreInTheRoom: 'Estás en la sala en otro sitio',
  youCameInFromAnother: 'Entraste desde otra ventana u otro dispositivo, así que esta se cerró. Sigue allí; o vuelve aquí, y se cierra aquella.',
  comeBackHere: 'Volver aquí',
  youWereRemovedFromThis: 'Te han sacado de esta sala',
  itsOrganiserHasRemovedYou:
    'Te ha sacado quien la organiza, y no puedes volver por tu cuenta. Si fue un error, pídele que te deje volver; después prueba otra vez.',
  tryAgain: 'Reintentar',
  thisRoomWasDeleted: 'Esta sala se ha borrado',
  itsOrganiserHasDeletedIt:
    'La ha borrado quien la organiza, con sus acompañamientos. Su enlace ya no lleva a ninguna parte. Las grabaciones en tu dispositivo se quedan.',
  theServerClosedYourConnection: 'El servidor cerró tu conexión',
  thisPageAndTheServer:
    'Esta página y el servidor no se entendieron, varias veces seguidas. Recarga la página; si pasa otra vez, actualiza el navegador.',
  itReceivedAMessageFrom: 'Recibió de esta página un mensaje demasiado grande. Recarga la página para volver a entrar.',
  toTheFirstPage: 'A la portada',
  theSongIsOnAnd: 'El canto está en marcha y lo diriges tú: los demás seguirían sin ti. Puedes terminar antes el canto.',
  theSongIsOnThe: 'El canto está en marcha: los grupos detrás de ti dejarían de oírte.',
  youAreRecordingTheRecording: 'Estás grabando: la grabación acaba aquí. Lo que hay se conserva, para que lo descargues.',
  leave: 'Salir',
  leaveInTheMiddleOf: '¿Salir en mitad del canto?',
  leaveNow: '¿Salir ahora?',
  stay: 'Quedarme',
  leaveNow2: 'Salir ahora',
};
