import type { Words } from '../en/index.js';

export const parts: Words['parts'] = {
  roundelay: 'Roundelay',
  close: 'Закрыть',
  trying: 'Пробуем ...',
  tryingAgainInS: ({ max }) => `Новая попытка через ${max} с.`,
  tryNow: 'Попробовать',
  news: 'Новости',
  putAway: 'Убрать',
  copied: 'Скопировано',
  copy: 'Копировать',
  holdTheLinkThenCopy: 'Удерживайте ссылку, затем «Копировать»',
  pressC: 'Нажмите ⌘ + C',
  pressCtrlC: 'Нажмите Ctrl + C',
  moveUp: ({ what }) => `${what}: выше`,
  moveDown: ({ what }) => `${what}: ниже`,
  movedTo: ({ what, number, count }) => `${what}: теперь номер ${number} из ${count}.`,
};
