import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const live: Words['live'] = {
  title: 'Live-Link',
  whoeverHasItHears:
    'Wer diesen Link hat, hört den Raum in jedem Player: den Gesang und die Begleitung, etwas hinter der letzten Gruppe. Hereinkommen kann damit niemand.',
  theLinkToHandOn: 'Der Link zum Weitergeben',
  openIt: 'Live-Link öffnen',
  closeIt: 'Live-Link schließen',
  heardByOthers: 'Dieser Raum kann über einen Link von anderen gehört werden.',
  butYouCanListen: 'Dein Netz lässt kein Mitsingen zu, aber zuhören kannst du hier.',
  players: ({ count }) => `${plural.de(count, { one: '1 hört über den Link zu', other: `${count} hören über den Link zu` })}.`,
};
