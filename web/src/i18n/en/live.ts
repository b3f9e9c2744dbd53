import { plural } from '../plural.js';

export const live = {
  title: 'Live link',
  whoeverHasItHears:
    'Whoever has this link hears the room in any player: the singing and the backing track, a little behind the last group. Nobody comes in by it.',
  theLinkToHandOn: 'The link to hand on',
  openIt: 'Open the live link',
  closeIt: 'Close the live link',
  heardByOthers: 'This room can be heard by others through a link.',
  butYouCanListen: 'Your network lets nobody sing through it, but you can listen here.',
  players: ({ count }: { count: number }) => `${plural.en(count, { one: '1 listens by the link', other: `${count} listen by the link` })}.`,
};
