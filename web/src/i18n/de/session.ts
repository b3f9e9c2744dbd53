import type { Words } from '../en/index.js';

export const session: Words['session'] = {
  youAreInTheRoom: 'Du bist hier im Raum. Den anderen Tab kannst du schließen.',
};
