import type { Words } from '../en/index.js';

export const libraryApi: Words['libraryApi'] = {
  forPrograms: 'Для программ',
  whatAProgramCan: 'Что программа может делать в этой библиотеке по HTTP. Описания на английском.',
  asAFile: 'Всё одним файлом (OpenAPI)',
  everybody: 'все',
  whoMay: 'Кто может',
  inTheAddress: 'В адресе',
  whatIsSent: 'Что отправляется',
  whatIsAnswered: 'Что приходит в ответ',
  whatStandsInThem: 'Что в них есть',
  addressesBegin: 'Все адреса начинаются с',
  whereTokensAre: 'Ключи создаются в вашей записи',
};
