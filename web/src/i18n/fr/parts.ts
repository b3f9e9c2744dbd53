import type { Words } from '../en/index.js';

export const parts: Words['parts'] = {
  roundelay: 'Roundelay',
  close: 'Fermer',
  trying: 'Essai en cours ...',
  tryingAgainInS: ({ max }) => `Nouvel essai dans ${max} s.`,
  tryNow: 'Réessayer',
  news: 'Nouvelles',
  putAway: 'Ranger',
  copied: 'Copié',
  copy: 'Copier',
  holdTheLinkThenCopy: 'Maintenez le lien, puis Copier',
  pressC: 'Appuyez sur ⌘ + C',
  pressCtrlC: 'Appuyez sur Ctrl + C',
  moveUp: ({ what }) => `Monter ${what}`,
  moveDown: ({ what }) => `Descendre ${what}`,
  movedTo: ({ what, number, count }) => `${what} : maintenant numéro ${number} sur ${count}.`,
};
