import { plural } from '../plural.js';
import type { Words } from '../en/index.js';

export const carrying: Words['carrying'] = {
  exportImportCopy: 'Exporter, importer, copier ...',
  theProgrammeElsewhere: 'Le programme, ailleurs',
  asAFile: 'Vers un fichier',
  whatTheFileHolds:
    'Un seul fichier contient tous les chants avec leurs accompagnements, partitions et paroles. Gardez-le, ou importez-le dans une autre salle.',
  exportTheProgramme: 'Exporter le programme',
  writingTheFile: ({ round }) => `Réception du fichier ... ${round} %`,
  stop: 'Arrêter',
  fromAFile: 'Depuis un fichier',
  importAFile: 'Importer un programme',
  orDropAFileHere: 'Ou déposez le fichier ici. Ses chants viennent après ceux qui sont déjà là.',
  programmeToImport: 'Programme à importer',
  theNetworkIsAway: ({ name, round }) => `Le réseau est coupé : « ${name} » continue dès son retour ... ${round} %`,
  uploading: ({ name, round }) => `Envoi de « ${name} » ... ${round} %`,
  readingTheProgramme: ({ name }) => `Lecture de « ${name} » ...`,
  fromAnotherRoom: 'Depuis une autre de mes salles',
  roomToCopyFrom: 'Salle',
  noOtherRoom: 'Ce navigateur ne connaît aucune autre salle que vous organisez.',
  copyItsSongs: 'Copier ses chants',
  copying: 'Copie en cours ...',
  songsCame: ({ songs }) =>
    plural.fr(songs, { one: `${songs} chant a été ajouté au programme.`, other: `${songs} chants ont été ajoutés au programme.` }),
  trackUnreadable: ({ name }) => `L’accompagnement « ${name} » n’a pas pu être lu : veuillez l’envoyer à nouveau.`,
  scoreUnreadable: ({ name }) => `La partition « ${name} » n’a pas pu être lue : veuillez l’envoyer à nouveau.`,
  wordsUnreadable: ({ name }) => `Les paroles « ${name} » n’ont pas pu être lues : veuillez les ajouter à nouveau.`,
  tooManyTracks: ({ name }) => `La salle n’a plus de place pour l’accompagnement « ${name} » : supprimez-en d’abord.`,
  tooManyScores: ({ name }) => `La salle n’a plus de place pour la partition « ${name} » : supprimez-en d’abord.`,
  tooManyWords: ({ name }) => `La salle n’a plus de place pour les paroles « ${name} » : supprimez-en d’abord.`,
  programmeFull: ({ name }) => `Le programme n’a plus de place pour « ${name} » : retirez d’abord des chants.`,
};
