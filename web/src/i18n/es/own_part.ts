import type { Words } from '../en/index.js';

export const ownPart: Words['ownPart'] = {
  louder: 'Mi cuerda más fuerte',
  whoSingsItWithYou: ({ part }) => `Quienes cantan ${part} contigo se oyen por encima de los demás.`,
};
