import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const units: Words['units'] = {
  beats: ({ count }) => plural.es(count, { one: 'tiempo', other: 'tiempos' }),
  parts: ({ count }) => plural.es(count, { one: 'voz', other: 'voces' }),
  times: ({ count }) => plural.es(count, { one: 'vez', other: 'veces' }),
  seconds: ({ count }) => plural.es(count, { one: 'segundo', other: 'segundos' }),
  groups: ({ count }) => plural.es(count, { one: 'grupo', other: 'grupos' }),
  days: ({ count }) => plural.es(count, { one: 'día', other: 'días' }),
  milliseconds: 'ms',
  decibel: 'dB',
  decibels: ({ db }) => `${db} dB`,
};
