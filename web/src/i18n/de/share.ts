import type { Words } from '../en/index.js';

export const share: Words['share'] = {
  share: 'Teilen',
  bringOthersIn: 'Andere einladen',
  whoeverOpensThisLinkComes: 'Wer diesen Link öffnet, kommt an die Tür dieses Raums.',
  theLinkToSend: 'Der Link zum Verschicken',
  sendIt: 'Verschicken ...',
};
