import type { Words } from '../en/index.js';

export const session: Words['session'] = {
  youAreInTheRoom: 'Vous êtes ici dans la salle. L’autre onglet peut être fermé.',
};
