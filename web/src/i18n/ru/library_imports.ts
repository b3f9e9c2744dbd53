import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const libraryImports: Words['libraryImports'] = {
  fromATable: 'Песни из таблицы',
  whatATableIs:
    'Файл CSV, первая строка которого называет столбцы: название, а также исполнитель, альбом, жанр, длительность, лицензия, ссылка, если они есть, по-русски или на другом языке этой страницы. Та же таблица ещё раз ничего не меняет.',
  table: 'Таблица (CSV)',
  soFar: ({ name, round }) => `Загружается «${name}» ... ${round} %`,
  cameOfIt: ({ name, added, changed, same }) => `«${name}»: новых ${added}, изменено ${changed}, без изменений ${same}.`,
  notTaken: ({ count }) =>
    plural.ru(count, { one: `Не принята ${count} строка.`, few: `Не приняты ${count} строки.`, many: `Не принято ${count} строк.` }),
  inLine: ({ line, why }) => `Строка ${line}: ${why}`,
  andMore: ({ count }) => plural.ru(count, { one: `И ещё ${count} строка.`, few: `И ещё ${count} строки.`, many: `И ещё ${count} строк.` }),
  failed: ({ name, why }) => `«${name}» не удалось прочитать: ${why}`,
  choose: 'Выбрать таблицу',
  orDropIt: 'Или перетащите её сюда.',
  stop: 'Остановить здесь',
};
