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
};
