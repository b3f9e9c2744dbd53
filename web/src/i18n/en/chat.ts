import { plural } from '../plural.js';

export const chat = {
  roomForMoreCharacters: ({ left }: { left: number }) => `Room for ${left} more characters.`,
  announcementBy: ({ name, text }: { name: string; text: string }) => `Announcement by ${name}: ${text}`,
  chat: 'Chat',
  nothingWasSaidYetWhat: 'Nothing was said yet. What you write is seen by everybody in the room.',
  whatWasSaid: 'What was said',
  theOrganiserHasSwitchedThe: 'The organiser has switched the chat off.',
  announcement: 'Announcement',
  takeAwayWhatSaid: ({ name }: { name: string }) => `Take away what ${name} said`,
  yourAnnouncement: 'Your announcement',
  yourWords: 'Your words',
  announce: 'Announce',
  send: 'Send',
  chatForAfterTheSong: ({ unreadWords }: { unreadWords: string }) => `Chat: ${unreadWords}, for after the song`,
  newLines: ({ count }: { count: number }) => plural.en(count, { one: '1 new line', other: `${count} new lines` }),
  tooLongPleaseTakeCharacters: ({ count }: { count: number }) => `Too long: please take ${count} characters away.`,
  asAnAnnouncement: 'As an announcement',
  putAway: 'Put away',
  putTheAnnouncementAway: 'Put away the announcement',
};
