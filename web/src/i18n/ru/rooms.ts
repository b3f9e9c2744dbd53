import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const rooms: Words['rooms'] = {
  todayAt: ({ time }) => `сегодня в ${time}`,
  yesterdayAt: ({ time }) => `вчера в ${time}`,
  aRoomWithoutAName: 'Комната без названия',
  roomsOnThisServer: 'Комнаты на этом сервере',
  withAPassword: 'с паролем',
  nobodyIsIn: 'никого нет',
  oneIsIn: '1 человек',
  areIn: ({ people }) => plural.ru(people, { one: `${people} человек`, few: `${people} человека`, many: `${people} человек` }),
  yourRooms: 'Ваши комнаты',
  onlyThisBrowserKeepsThis:
    'Этот список есть только в этом браузере. Комната, которую вы из него уберёте, останется как есть, и её ссылка по-прежнему ведёт туда.',
  lastThere: ({ whenText }) => `Последний раз: ${whenText}`,
  youAreItsOrganiser: 'вы организатор',
  lastThereOn: ({ day }) => day,
  remove: 'Убрать',
  removeFromTheList: ({ name }) => `Убрать из списка: ${name}`,
};
