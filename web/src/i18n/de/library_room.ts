import type { Words } from '../en/index.js';

export const libraryRoom: Words['libraryRoom'] = {
  fromTheLibrary: 'Aus der Bibliothek',
  searchTheLibrary: 'In der Liederbibliothek suchen',
  asTheTrack: 'Als Begleitung',
  intoTheProgramme: 'Ins Programm',
  itComes: ({ title }) => `„${title}“ kommt in den Raum ...`,
  isHere: ({ title }) => `„${title}“ ist im Raum.`,
  isInTheProgramme: ({ title }) => `„${title}“ steht im Programm.`,
  didNotCome: ({ title, reason }) => `„${title}“ kam nicht: ${reason}`,
  takeIntoARoom: 'In einen Raum mitnehmen',
  whichRoom: 'In welchen Raum?',
  noRoomsYet: 'Dieser Browser kennt noch keinen Raum. Öffne zuerst einen, oder folge seinem Link.',
  openARoom: 'Raum öffnen',
  keepInTheLibrary: 'In der Bibliothek behalten',
  itIsKept: ({ round }) => `Es kommt in die Bibliothek ... ${round} %`,
  onlyYouSeeIt: 'Es ist in der Bibliothek, nur für dich.',
  theFileDidNotCome: 'Die Datei konnte nicht geholt werden. Bitte versuch es noch einmal.',
};
