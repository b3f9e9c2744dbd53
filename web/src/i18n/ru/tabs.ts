import type { Words } from '../en/index.js';

export const tabs: Words['tabs'] = {
  youAreInThisRoom: 'Вы в этой комнате в другой вкладке',
  oneTabIsEnoughIf: 'Одной вкладки достаточно. Если продолжить здесь, другая остановится, а ваша группа и права сохранятся.',
  theOtherTabDoesNot: 'Другая вкладка не отвечает. Закройте её, и эта продолжит; или войдите как другой человек.',
  theOtherTabGoesOn: 'Другая вкладка работает и отвечает. Эту можно закрыть.',
  askingTheOtherTab: 'Спрашиваем другую вкладку ...',
  goOnHereInstead: 'Продолжить здесь',
  stayInTheOtherTab: 'Остаться в другой вкладке',
  comeInHereAsAnother: 'Войти здесь как другой человек',
};
