import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const units: Words['units'] = {
  beats: ({ count }) => plural.de(count, { one: 'Schlag', other: 'Schläge' }),
  parts: ({ count }) => plural.de(count, { one: 'Stimme', other: 'Stimmen' }),
  times: () => 'Mal',
  seconds: ({ count }) => plural.de(count, { one: 'Sekunde', other: 'Sekunden' }),
  groups: ({ count }) => plural.de(count, { one: 'Gruppe', other: 'Gruppen' }),
  days: ({ count }) => plural.de(count, { one: 'Tag', other: 'Tage' }),
  milliseconds: 'ms',
  decibel: 'dB',
  decibels: ({ db }) => `${db} dB`,
};
