import type { Words } from '../en/index.js';

export const startMuted: Words['startMuted'] = {
  title: 'Micros à l’arrivée',
  startMuted: 'Beaucoup de monde : micro d’abord coupé',
  howItWorks: 'Qui arrive pour chanter quand tant de personnes sont là commence avec le micro coupé, et l’allume soi-même.',
  fromHowMany: 'À partir de combien de personnes',
  atTheDoor: 'Il y a beaucoup de monde : vous entrez avec le micro coupé, et l’allumez d’une pression.',
  inTheRoom: 'Il y a beaucoup de monde, votre micro est donc coupé. Allumez-le quand vous chantez.',
  switchOn: 'L’allumer',
};
