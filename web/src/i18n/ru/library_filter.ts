import type { Words } from '../en/index.js';

export const libraryFilter: Words['libraryFilter'] = {
  narrow: 'Отобрать или упорядочить',
  narrowed: ({ count }) => `Отобрано (${count})`,
  whatever: 'любая',
  ratedAtLeast: 'Оценка не ниже',
  lastsAtLeast: 'Длится не меньше (минут)',
  lastsAtMost: 'Длится не больше (минут)',
  showAll: 'Снова показать все',
  noneSo: 'Таких песен нет. Уберите что-нибудь.',
  forYou: 'Может понравиться',
  logInForThese: 'Войдите, чтобы увидеть, что вам может понравиться.',
  nothingForYou: 'Пока пусто. Отмечайте любимые песни, ставьте оценки, собирайте списки: здесь появится похожее.',
  addWords: 'Добавить слова',
  kindsOfWords: 'Простой текст, или с временем (LRC), или с аккордами (ChordPro). В комнате их видят все, кто поёт.',
};
