import type { Words } from '../en/index.js';

export const theme: Words['theme'] = {
  asTheDevice: 'Como el dispositivo',
  light: 'Claro',
  dark: 'Oscuro',
  colours: 'Colores',
  house: 'Colores de la casa',
};
