import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const live: Words['live'] = {
  title: 'Ссылка для слушателей',
  whoeverHasItHears: 'По этой ссылке комнату слышно в любом проигрывателе: пение и сопровождение, чуть позже последней группы. Войти по ней нельзя.',
  theLinkToHandOn: 'Ссылка, которую можно передать',
  openIt: 'Открыть ссылку для слушателей',
  closeIt: 'Закрыть ссылку для слушателей',
  heardByOthers: 'Эту комнату по ссылке могут слышать другие.',
  butYouCanListen: 'Ваша сеть не даёт петь, но слушать можно здесь.',
  players: ({ count }) =>
    `${plural.ru(count, { one: `По ссылке слушает ${count} человек`, few: `По ссылке слушают ${count} человека`, many: `По ссылке слушают ${count} человек` })}.`,
};
