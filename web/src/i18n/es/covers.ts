import type { Words } from '../en/index.js';

export const covers: Words['covers'] = {
  changeThePicture: 'Cambiar la imagen',
  takeItAway: 'Quitar la imagen',
  pictureFile: 'Archivo de imagen',
  orDropAPicture: 'O suelta aquí una imagen: PNG, JPEG o WebP, de hasta 10 MB.',
  makingItReady: ({ name }) => `Se está preparando «${name}» ...`,
  isChanged: 'La imagen ha cambiado.',
  isTakenAway: 'La imagen se ha quitado.',
};
