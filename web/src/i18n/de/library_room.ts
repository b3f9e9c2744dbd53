import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const libraryRoom: Words['libraryRoom'] = {
  fromTheLibrary: 'Aus der Bibliothek',
  searchTheLibrary: 'In der Liederbibliothek suchen',
  asTheTrack: 'Als Begleitung',
  intoTheProgramme: 'Ins Programm',
  itComes: ({ title }) => `„${title}“ kommt in den Raum ...`,
  isHere: ({ title }) => `„${title}“ ist im Raum.`,
  isInTheProgramme: ({ title }) => `„${title}“ steht im Programm.`,
  didNotCome: ({ title, reason }) => `„${title}“ kam nicht: ${reason}`,
  itComesBefore: ({ title, more }) =>
    `„${title}“ kommt in den Raum, danach noch ${plural.de(more, { one: `${more} Lied`, other: `${more} Lieder` })} ...`,
  soManyCame: ({ count }) => plural.de(count, { one: `${count} Lied ist im Raum.`, other: `${count} Lieder sind im Raum.` }),
  ofAPlaylist: 'Aus einer Liste',
  allSongsThere: 'Alle Lieder',
  allIntoTheProgramme: ({ count }) => plural.de(count, { one: `${count} Lied ins Programm`, other: `Alle ${count} Lieder ins Programm` }),
  noneToBeHeard: 'Keines ihrer Lieder hat einen Ton.',
  takeIntoARoom: 'In einen Raum mitnehmen',
  whichRoom: 'In welchen Raum?',
  noRoomsYet: 'Dieser Browser kennt noch keinen Raum. Öffne zuerst einen, oder folge seinem Link.',
  openARoom: 'Raum öffnen',
  keepInTheLibrary: 'In der Bibliothek behalten',
  songFromTheLibrary: 'Aus der Bibliothek:',
  itIsKept: ({ round }) => `Es kommt in die Bibliothek ... ${round} %`,
  onlyYouSeeIt: 'Es ist in der Bibliothek, nur für dich.',
  theFileDidNotCome: 'Die Datei konnte nicht geholt werden. Bitte versuch es noch einmal.',
};
