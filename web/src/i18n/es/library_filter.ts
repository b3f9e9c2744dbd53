import type { Words } from '../en/index.js';

export const libraryFilter: Words['libraryFilter'] = {
  narrow: 'Acotar u ordenar de otro modo',
  narrowed: ({ count }) => `Lista acotada (${count})`,
  whatever: 'cualquiera',
  ratedAtLeast: 'Nota mínima',
  lastsAtLeast: 'Dura al menos (minutos)',
  lastsAtMost: 'Dura como máximo (minutos)',
  showAll: 'Mostrar todas otra vez',
  noneSo: 'Ninguna canción es así. Quita algo.',
  forYou: 'Quizá para ti',
  logInForThese: 'Entra para ver lo que puede gustarte.',
  nothingForYou: 'Aún nada. Marca favoritas, pon notas o haz listas: lo que va con ellas estará aquí.',
  addWords: 'Añadir la letra',
  kindsOfWords: 'Texto sin más, o con tiempos (LRC) o acordes (ChordPro). En una sala la ven todos los que cantan.',
};
