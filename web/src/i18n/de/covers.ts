import type { Words } from '../en/index.js';

export const covers: Words['covers'] = {
  changeThePicture: 'Bild ändern',
  takeItAway: 'Bild wegnehmen',
  pictureFile: 'Bilddatei',
  orDropAPicture: 'Oder lege ein Bild hierher: PNG, JPEG oder WebP, bis zu 10 MB.',
  makingItReady: ({ name }) => `„${name}“ wird vorbereitet ...`,
  isChanged: 'Das Bild ist geändert.',
  isTakenAway: 'Das Bild ist weggenommen.',
};
