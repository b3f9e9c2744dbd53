import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const idle: Words['idle'] = {
  youDidNotAnswerYou: 'Вы не ответили: теперь вы только слушаете. Петь снова можно в любой момент.',
  areYouStillThere: 'Вы ещё здесь?',
  iAmHere: 'Я здесь',
  othersSeeYouAsAway: ({ minutes }) =>
    `Другие видят, что вас нет. Если не ответите за ${plural.ru(minutes, { one: `${minutes} минуту`, few: `${minutes} минуты`, many: `${minutes} минут` })}, вы будете только слушать.`,
};
