import type { Words } from '../en/index.js';

export const credits: Words['credits'] = {
  ofTheEvening: 'Авторы вечера',
  whatTheyAre: 'Песни, которые здесь пели с сопровождением за последние сутки. Список хранит сервер; остановленных раньше десяти секунд в нём нет.',
  noneYet: 'Здесь ещё не пели с сопровождением.',
  by: ({ artist }) => `поёт ${artist}`,
  licence: ({ licence }) => `Лицензия: ${licence}`,
  source: ({ link }) => `Источник: ${link}`,
  sungAt: ({ times }) => `Спето в ${times}`,
  lookingForThem: 'Ищем песни ...',
  tryAgain: 'Ещё раз',
  print: 'Напечатать',
  asAPage: 'Сохранить страницей',
  asText: 'Сохранить текстом',
  file: 'avtory',
};
