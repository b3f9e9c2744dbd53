import type { Words } from '../en/index.js';

export const theme: Words['theme'] = {
  asTheDevice: 'Comme l’appareil',
  light: 'Clair',
  dark: 'Sombre',
  colours: 'Couleurs',
  house: 'Couleurs de la maison',
};
