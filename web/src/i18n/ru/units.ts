import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const units: Words['units'] = {
  beats: ({ count }) => plural.ru(count, { one: 'доля', few: 'доли', many: 'долей' }),
  parts: ({ count }) => plural.ru(count, { one: 'голос', few: 'голоса', many: 'голосов' }),
  times: ({ count }) => plural.ru(count, { one: 'раз', few: 'раза', many: 'раз' }),
  seconds: ({ count }) => plural.ru(count, { one: 'секунда', few: 'секунды', many: 'секунд' }),
  groups: ({ count }) => plural.ru(count, { one: 'группа', few: 'группы', many: 'групп' }),
  days: ({ count }) => plural.ru(count, { one: 'день', few: 'дня', many: 'дней' }),
  milliseconds: 'мс',
  decibel: 'дБ',
  decibels: ({ db }) => `${db} дБ`,
};
