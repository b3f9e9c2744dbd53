import { plural } from '../plural.js';

const large = new Intl.NumberFormat('en');

function singersEn(count: number): string {
  return plural.en(count, { one: '1 singer', other: `${large.format(count)} singers` });
}

function listenersEn(count: number): string {
  return plural.en(count, { one: '1 listener', other: `${large.format(count)} listeners` });
}

export const line = {
  theLeader: ({ text }: { text: string }) => `the leader, ${text}`,
  behind: ({ text }: { text: string }) => `${text} behind`,
  mutedByTheOrganiser: 'muted by the organiser',
  hearsNoVoiceYet: 'hears no voice yet',
  beginsTheSong: 'begins the song',
  theTimeFromGroupTo: 'The time from group to group is chosen when the song starts, as short as everybody’s connection allows.',
  youAreAloneSoFar: 'You are alone so far: send the link.',
  times: 'Times',
  whoSingsWhere: 'Who sings where',
  you: ', you',
  nobodyLeadsYet: 'Nobody leads yet',
  nobodyYet: 'Nobody yet',
  andMore: ({ more }: { more: number }) => `and ${more} more`,
  yourNameAndVoice: 'Your name and voice',
  whatYouCanDoWith: ({ name }: { name: string }) => `What you can do with ${name}`,
  you2: 'You',
  seconds: ({ seconds }: { seconds: string }) => `${seconds} s`,
  leader: 'the leader',
  behindGroup: ({ group }: { group: number }) => `behind group ${group}`,
  hearsVoices: ({ voices }: { voices: number }) => plural.en(voices, { one: 'hears 1 voice', other: `hears ${voices} voices` }),
  fromGroupToGroup: ({ time }: { time: string }) => `From group to group: ${time}.`,
  fromGroupToGroupIf: ({ time }: { time: string }) => `From group to group: ${time}, if the song starts now.`,
  yourVoiceIsBackAt: ({ time }: { time: string }) =>
    `Your voice is back at the server ${time} after it sent you the sound to which you sang (loop time).`,
  lateShare: ({ name, percent }: { name: string; percent: number }) => `${percent} % of ${name}’s`,
  comeTooLateByHand: ({ who, count }: { who: string; count: number }) =>
    plural.en(count, {
      one: `${who} voice comes too late for the group behind. Ask for a move to the last group, or choose a longer time for the next song.`,
      other: `${who} voice come too late for the group behind. Ask for a move to the last group, or choose a longer time for the next song.`,
    }),
  comeTooLate: ({ who, count }: { who: string; count: number }) =>
    plural.en(count, {
      one: `${who} voice comes too late for the group behind. Ask for a move to the last group; the next song leaves more time.`,
      other: `${who} voice come too late for the group behind. Ask for a move to the last group; the next song leaves more time.`,
    }),
  slowConnection: ({ name, time }: { name: string; time: string }) => `${name} (${time})`,
  slowByHand: ({ who, count, apart }: { who: string; count: number; apart: string }) =>
    plural.en(count, {
      one: `Slow connection: ${who}. The groups are ${apart} apart: ask for a move to the last group, or choose a longer time.`,
      other: `Slow connections: ${who}. The groups are ${apart} apart: ask for a move to the last group, or choose a longer time.`,
    }),
  slow: ({ who, count }: { who: string; count: number }) =>
    plural.en(count, {
      one: `Slow connection: ${who}. In the last group, nobody has to wait for it.`,
      other: `Slow connections: ${who}. In the last group, nobody has to wait for them.`,
    }),
  ownSlow: ({ time }: { time: string }) =>
    `Your connection is slow: your voice takes ${time}, and the groups behind you wait for it. Move to the last group, or use a cable instead of Wi-Fi.`,
  ownSlowLeading: ({ time }: { time: string }) =>
    `Your connection is slow: your voice takes ${time}, and the groups behind you wait for it. Use a cable instead of Wi-Fi.`,
  ownLate: ({ percent, takes, apart }: { percent: number; takes: string; apart: string }) =>
    `${percent} % of your voice comes too late for the next group: it takes ${takes}, and the groups are ${apart} apart. Move to the last group, or use a cable instead of Wi-Fi.`,
  ownLateLeading: ({ percent, takes, apart }: { percent: number; takes: string; apart: string }) =>
    `${percent} % of your voice comes too late for the next group: it takes ${takes}, and the groups are ${apart} apart. Use a cable instead of Wi-Fi.`,
  ownStalled: ({ percent }: { percent: number }) =>
    `${percent} % of your voice came too late for the next group: your connection or this device had stopped for a moment. If that goes on, use a cable instead of Wi-Fi, and close other programs.`,
  singersHere: ({ singers }: { singers: number }) => `${singersEn(singers)}.`,
  listenersHere: ({ listeners }: { listeners: number }) => `${listenersEn(listeners)}.`,
  bothHere: ({ singers, listeners }: { singers: number; listeners: number }) => `${singersEn(singers)} and ${listenersEn(listeners)}.`,
  group: ({ group }: { group: number }) => `Group ${group}`,
  singInGroup: ({ group }: { group: number }) => `Sing in group ${group}`,
  listenInGroup: ({ group }: { group: number }) => `Listen in group ${group}`,
  youWord: 'you',
  leads: 'leads',
  organiser: 'organiser',
  engineer: 'engineer',
  robot: 'robot',
  handUp: 'hand up',
  away: 'away',
  listening: 'listening',
  microphoneOff: 'microphone off',
};
