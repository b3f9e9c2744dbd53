import type { Words } from '../en/index.js';

export const credits: Words['credits'] = {
  ofTheEvening: 'Авторы вечера',
  whatTheyAre: 'Песни из библиотеки, которые здесь пели за последние сутки. Список хранит этот браузер.',
  noneYet: 'Здесь ещё не пели песен из библиотеки.',
  by: ({ artist }) => `поёт ${artist}`,
  licence: ({ licence }) => `Лицензия: ${licence}`,
  source: ({ link }) => `Источник: ${link}`,
  print: 'Напечатать',
  asAPage: 'Сохранить страницей',
  asText: 'Сохранить текстом',
  file: 'avtory',
};
