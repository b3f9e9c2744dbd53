import type { Words } from '../en/index.js';

export const libraryTending: Words['libraryTending'] = {
  duplicates: 'Повторы',
  whatDuplicatesAre: 'Они называются одинаково. Выберите, что останется: к нему перейдут песни, оценки, избранное и места в списках.',
  forCurators: 'Это могут только хранители библиотеки.',
  noDuplicates: 'Нет.',
  isOneNow: ({ name }) => `«${name}» теперь одно.`,
  whichStays: ({ name }) => `${name}: что остаётся?`,
  look: 'Открыть',
  makeThemOne: 'Объединить',
  sameNameBecomesOne: 'Если тогда будет другой с тем же именем, их можно объединить в повторах.',
  withItsSongs: 'Да, вместе с песнями',
  asATable: 'Все песни таблицей (CSV)',
};
