import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const units: Words['units'] = {
  beats: () => 'temps',
  parts: () => 'voix',
  times: () => 'fois',
  seconds: ({ count }) => plural.fr(count, { one: 'seconde', other: 'secondes' }),
  groups: ({ count }) => plural.fr(count, { one: 'groupe', other: 'groupes' }),
  days: ({ count }) => plural.fr(count, { one: 'jour', other: 'jours' }),
  milliseconds: 'ms',
  decibel: 'dB',
  decibels: ({ db }) => `${db} dB`,
};
