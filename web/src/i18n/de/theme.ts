import type { Words } from '../en/index.js';

export const theme: Words['theme'] = {
  asTheDevice: 'Wie das Gerät',
  light: 'Hell',
  dark: 'Dunkel',
  colours: 'Farben',
  house: 'Farben des Hauses',
};
