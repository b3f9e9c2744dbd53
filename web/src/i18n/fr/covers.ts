import type { Words } from '../en/index.js';

export const covers: Words['covers'] = {
  changeThePicture: 'Changer l’image',
  takeItAway: 'Retirer l’image',
  pictureFile: 'Fichier de l’image',
  orDropAPicture: 'Ou déposez une image ici : PNG, JPEG ou WebP, jusqu’à 10 Mo.',
  makingItReady: ({ name }) => `« ${name} » se prépare ...`,
  isChanged: 'L’image est changée.',
  isTakenAway: 'L’image est retirée.',
};
