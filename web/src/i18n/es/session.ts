import type { Words } from '../en/index.js';

export const session: Words['session'] = {
  youAreInTheRoom: 'Estás aquí en la sala. Puedes cerrar la otra pestaña.',
};
