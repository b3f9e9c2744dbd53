import type { Words } from '../en/index.js';

export const libraryRoom: Words['libraryRoom'] = {
  fromTheLibrary: 'De la bibliothèque',
  searchTheLibrary: 'Chercher dans la bibliothèque',
  asTheTrack: 'Comme piste',
  intoTheProgramme: 'Dans le programme',
  itComes: ({ title }) => `« ${title} » arrive dans la salle ...`,
  isHere: ({ title }) => `« ${title} » est dans la salle.`,
  isInTheProgramme: ({ title }) => `« ${title} » est au programme.`,
  didNotCome: ({ title, reason }) => `« ${title} » n’est pas venu : ${reason}`,
  takeIntoARoom: 'L’emmener dans une salle',
  whichRoom: 'Dans quelle salle ?',
  noRoomsYet: 'Ce navigateur ne connaît encore aucune salle. Ouvrez-en une, ou suivez son lien.',
  openARoom: 'Ouvrir une salle',
  keepInTheLibrary: 'Garder dans la bibliothèque',
  itIsKept: ({ round }) => `Il entre dans la bibliothèque ... ${round} %`,
  onlyYouSeeIt: 'Il est dans la bibliothèque, pour vous seul.',
  theFileDidNotCome: 'Le fichier n’a pas pu être récupéré. Réessayez.',
};
