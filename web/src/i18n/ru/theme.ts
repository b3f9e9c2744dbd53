import type { Words } from '../en/index.js';

export const theme: Words['theme'] = {
  asTheDevice: 'Как на устройстве',
  light: 'Светлые',
  dark: 'Тёмные',
  colours: 'Цвета',
  house: 'Цвета этого сервера',
};
