import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const libraryRoom: Words['libraryRoom'] = {
  fromTheLibrary: 'De la bibliothèque',
  searchTheLibrary: 'Chercher dans la bibliothèque',
  asTheTrack: 'Comme piste',
  intoTheProgramme: 'Dans le programme',
  itComes: ({ title }) => `« ${title} » arrive dans la salle ...`,
  isHere: ({ title }) => `« ${title} » est dans la salle.`,
  isInTheProgramme: ({ title }) => `« ${title} » est au programme.`,
  didNotCome: ({ title, reason }) => `« ${title} » n’est pas venu : ${reason}`,
  itComesBefore: ({ title, more }) =>
    `« ${title} » arrive dans la salle, puis encore ${plural.fr(more, { one: `${more} chant`, other: `${more} chants` })} ...`,
  soManyCame: ({ count }) => plural.fr(count, { one: `${count} chant est dans la salle.`, other: `${count} chants sont dans la salle.` }),
  ofAPlaylist: 'D’une liste',
  allSongsThere: 'Tous les chants',
  allIntoTheProgramme: ({ count }) => plural.fr(count, { one: `${count} chant au programme`, other: `Les ${count} chants au programme` }),
  noneToBeHeard: 'Aucun de ses chants n’a de son.',
  takeIntoARoom: 'L’emmener dans une salle',
  whichRoom: 'Dans quelle salle ?',
  noRoomsYet: 'Ce navigateur ne connaît encore aucune salle. Ouvrez-en une, ou suivez son lien.',
  openARoom: 'Ouvrir une salle',
  keepInTheLibrary: 'Garder dans la bibliothèque',
  songFromTheLibrary: 'De la bibliothèque :',
  itIsKept: ({ round }) => `Il entre dans la bibliothèque ... ${round} %`,
  onlyYouSeeIt: 'Il est dans la bibliothèque, pour vous seul.',
  theFileDidNotCome: 'Le fichier n’a pas pu être récupéré. Réessayez.',
};
