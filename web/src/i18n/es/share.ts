import type { Words } from '../en/index.js';

export const share: Words['share'] = {
  share: 'Compartir',
  bringOthersIn: 'Invitar a otros',
  whoeverOpensThisLinkComes: 'Quien abre este enlace llega a la puerta de esta sala.',
  theLinkToSend: 'El enlace para enviar',
  sendIt: 'Enviar ...',
};
