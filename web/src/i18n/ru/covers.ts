import type { Words } from '../en/index.js';

export const covers: Words['covers'] = {
  changeThePicture: 'Сменить картинку',
  takeItAway: 'Убрать картинку',
  pictureFile: 'Файл картинки',
  orDropAPicture: 'Или перетащите картинку сюда: PNG, JPEG или WebP, до 10 МБ.',
  makingItReady: ({ name }) => `«${name}» готовится ...`,
  isChanged: 'Картинка сменена.',
  isTakenAway: 'Картинка убрана.',
};
