import type { Words } from '../en/index.js';

export const parts: Words['parts'] = {
  roundelay: 'Roundelay',
  close: 'Cerrar',
  trying: 'Intentándolo ...',
  tryingAgainInS: ({ max }) => `Nuevo intento en ${max} s.`,
  tryNow: 'Intentar ahora',
  news: 'Novedades',
  putAway: 'Guardar',
  copied: 'Copiado',
  copy: 'Copiar',
  holdTheLinkThenCopy: 'Mantén pulsado el enlace, luego Copiar',
  pressC: 'Pulsa ⌘ + C',
  pressCtrlC: 'Pulsa Ctrl + C',
  moveUp: ({ what }) => `Subir ${what}`,
  moveDown: ({ what }) => `Bajar ${what}`,
  movedTo: ({ what, number, count }) => `${what}: ahora el número ${number} de ${count}.`,
};
