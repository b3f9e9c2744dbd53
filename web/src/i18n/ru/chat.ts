import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const chat: Words['chat'] = {
  roomForMoreCharacters: ({ left }) => `Ещё поместится ${plural.ru(left, { one: `${left} знак`, few: `${left} знака`, many: `${left} знаков` })}.`,
  announcementBy: ({ name, text }) => `Объявление, ${name}: ${text}`,
  chat: 'Чат',
  nothingWasSaidYetWhat: 'Пока ничего не написано. То, что вы пишете, видят все в комнате.',
  whatWasSaid: 'Что было написано',
  theOrganiserHasSwitchedThe: 'Организатор выключил чат.',
  announcement: 'Объявление',
  takeAwayWhatSaid: ({ name }) => `Убрать сообщение: ${name}`,
  yourAnnouncement: 'Ваше объявление',
  yourWords: 'Ваш текст',
  announce: 'Объявить',
  send: 'Отправить',
  chatForAfterTheSong: ({ unreadWords }) => `Чат: ${unreadWords}, на потом, после песни`,
  newLines: ({ count }) => `${plural.ru(count, { one: `${count} новая строка`, few: `${count} новые строки`, many: `${count} новых строк` })}`,
  tooLongPleaseTakeCharacters: ({ count }) =>
    `Слишком длинно: уберите ${plural.ru(count, { one: `${count} знак`, few: `${count} знака`, many: `${count} знаков` })}.`,
  asAnAnnouncement: 'Как объявление',
  putAway: 'Убрать',
  putTheAnnouncementAway: 'Убрать объявление',
};
