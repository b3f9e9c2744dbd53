import type { Words } from '../en/index.js';

export const share: Words['share'] = {
  share: 'Поделиться',
  bringOthersIn: 'Пригласить других',
  whoeverOpensThisLinkComes: 'Кто откроет эту ссылку, окажется у двери комнаты.',
  theLinkToSend: 'Ссылка для отправки',
  sendIt: 'Отправить ...',
};
