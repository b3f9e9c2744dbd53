import type { Words } from '../en/index.js';

export const startMuted: Words['startMuted'] = {
  title: 'Micrófonos al entrar',
  startMuted: 'Mucha gente: empezar con el micrófono apagado',
  howItWorks: 'Quien entra a cantar cuando hay tantas personas empieza con el micrófono apagado y lo enciende por su cuenta.',
  fromHowMany: 'A partir de cuántas personas',
  atTheDoor: 'Hay mucha gente: entras con el micrófono apagado y lo enciendes con una pulsación.',
  inTheRoom: 'Hay mucha gente, así que tu micrófono está apagado. Enciéndelo cuando cantes.',
  switchOn: 'Encenderlo',
};
