import type { Words } from '../en/index.js';

export const share: Words['share'] = {
  share: 'Partager',
  bringOthersIn: 'Faire venir les autres',
  whoeverOpensThisLinkComes: 'Qui ouvre ce lien arrive à la porte de cette salle.',
  theLinkToSend: 'Le lien à envoyer',
  sendIt: 'Envoyer ...',
};
