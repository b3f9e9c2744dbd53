import type { Words } from '../en/index.js';

export const libraryApi: Words['libraryApi'] = {
  forPrograms: 'Pour les programmes',
  whatAProgramCan: 'Ce qu’un programme peut faire dans cette bibliothèque, par HTTP. Les descriptions sont en anglais.',
  asAFile: 'Le tout en un fichier (OpenAPI)',
  everybody: 'tout le monde',
  whoMay: 'Qui peut',
  inTheAddress: 'Dans l’adresse',
  whatIsSent: 'Ce qui est envoyé',
  whatIsAnswered: 'Ce qui est répondu',
  whatStandsInThem: 'Ce qu’ils contiennent',
  addressesBegin: 'Toutes les adresses commencent par',
  whereTokensAre: 'Les clés se créent dans votre compte',
};
