import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readControl, writeControl, type ClientMessage } from '../../src/wire/control/control.js';

interface Vector {
  name: string;
  direction: 'to_client' | 'to_server';
  json: string;
  /** The sentence with which it is refused. */
  error?: string;
}

const vectors = JSON.parse(readFileSync(new URL('../../../tests/golden/control.json', import.meta.url), 'utf8')) as Vector[];
const ofServers = vectors.filter((v) => v.direction === 'to_client');

const UNUSED: Record<string, string[]> = {
  welcome: ['id'],
  error: ['id'],
  loop: ['dropped'],
  done: ['leader', 'number', 'position', 'program', 'start', 'waits'],
};
/** What stands for a field that was left out. */
const LEFT_OUT: Record<string, object> = {
  people: { gone: [] },
  error: { about: null },
  recordings: { removed: [] },
  track_progress: { error: null },
  score_progress: { error: null },
  welcome: { removed: [], loudspeakers: [], sheets: [], scores: [] },
  done: { key: null, token: null },
};
/** What stands for a person's fields that were left out, wherever one is shown. */
const PLAIN_PERSON = { part: '', organiser: false, engineer: false, may_lead: false, held: false, hand: 0, away: false, left_out: false };
/** The same for how a room is kept. */
const PLAIN_ROOM = { chat: true, recording: 'ask', recordings_for: 'everyone', recordings_days: 30 };
/** And for a line of the chat. */
const PLAIN_LINE = { announcement: false };
/** And for a song. */
const PLAIN_SONG = { parts: [], recording: false, record_next: false, recording_trouble: false };
/** And for a plan. */
const PLAIN_PLAN = { words: null, score: null };
const isPlan = (value: object): boolean => 'count_in_bars' in value;
const isSong = (value: object): boolean => 'music' in value;
const isPerson = (value: object): boolean => 'bucket' in value && 'robot' in value;
const isRoom = (value: object): boolean => 'part_buckets' in value;
const isLine = (value: object): boolean => 'person' in value && 'at' in value;

function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, filled(part)]));
  const plain = isPerson(value)
    ? PLAIN_PERSON
    : isRoom(value)
      ? PLAIN_ROOM
      : isLine(value)
        ? PLAIN_LINE
        : isSong(value)
          ? PLAIN_SONG
          : isPlan(value)
            ? PLAIN_PLAN
            : {};
  return { ...plain, ...parts };
}

describe('golden control messages of the server', () => {
  it.each(ofServers.filter((v) => v.error === undefined))('$name: is read', ({ json }) => {
    const read = readControl(json);
    if (!read.ok) expect.fail(read.error);
    const message = JSON.parse(json) as { type: string };
    const used = Object.entries(message).filter(([field]) => !UNUSED[message.type]?.includes(field));
    expect(read.value).toEqual({ ...LEFT_OUT[message.type], ...(filled(Object.fromEntries(used)) as object) });
  });

  it.each(ofServers.filter((v) => v.error !== undefined))('$name: is refused', ({ json }) => {
    expect(readControl(json).ok).toBe(false);
  });
});

/** Each message of the file that the page can say, as the page's types have it. */
const SAID: Record<string, ClientMessage> = {
  'a hello': { type: 'hello', version: 1, room: 'abcdefghij', name: 'Zoë', role: 'singer' },
  'a hello of an organiser who comes again to her place': {
    type: 'hello',
    version: 1,
    room: 'abcdefghij',
    name: 'Zoë',
    role: 'singer',
    token: 'KOG9',
    key: 'k1',
    bucket: 3,
  },
  'to become the leader': { type: 'lead' },
  'the lead for a singer': { type: 'give_lead', to: '7' },
  'the lead for who asked, or nobody': { type: 'give_lead' },
  'the lead is kept': { type: 'keep_lead' },
  'a track for the next song': { type: 'track', track: 't1' },
  'no track for the next song': { type: 'track', track: null },
  'a tempo, and a click to it': { type: 'plan', bpm: 92.5, click: true },
  'three beats in a bar, two bars of count-in': { type: 'plan', beats_per_bar: 3, count_in_bars: 2 },
  'a round for the next song': { type: 'plan', round: { beats: 16, repeats: 2, leader_only: false } },
  'a round in two parts for the next song': { type: 'plan', round: { beats: 8, parts: 2 } },
  'the next evening is set': { type: 'room', meeting: { begins: 1_796_670_000, minutes: 90, title: 'Carols' } },
  'the next evening is taken back': { type: 'room', meeting: null },
  'neither a tempo nor a round': { type: 'plan', bpm: null, round: null },
  'the song begins': { type: 'start' },
  'the song ends': { type: 'stop' },
  'the song ends at once': { type: 'stop', now: true },
  'another bucket': { type: 'bucket', bucket: 8 },
  muted: { type: 'mute', muted: true },
  'not muted': { type: 'mute', muted: false },
  'from now on a listener': { type: 'role', role: 'listener' },
  'another name': { type: 'name', name: 'Zoë' },
  'an interval by hand': { type: 'settings', interval_ms: 1000 },
  'all settings at once': {
    type: 'settings',
    interval: 'automatic',
    buckets: 4,
    automatic_gain: false,
    first_offset_ms: 3000,
    volume: 1.5,
    backing_volume: 0.5,
    leader_boost_db: 3.5,
    level_match: true,
  },
  'a track that is not wanted any more': { type: 'delete_track', track: 't1' },
  'words are chosen': { type: 'words', words: 'abcdefghij' },
  'no words are chosen': { type: 'words', words: null },
  'words get another title': { type: 'rename_sheet', sheet: 'abcdefghij', title: 'Psalm 23' },
  'words are deleted': { type: 'delete_sheet', sheet: 'abcdefghij' },
  'a score is chosen': { type: 'score', score: 'abcdefghij' },
  'no score is chosen': { type: 'score', score: null },
  'a score is deleted': { type: 'delete_score', score: 'abcdefghij' },
  'a mark is set': { type: 'mark', mark: { id: 'm1', position: 81600000096000, kind: 'light', payload: 'Grüße 🎶' } },
  'she goes': { type: 'leave' },
  'a ping': { type: 'ping', id: 6 },
  'a hello with a part and a password': {
    type: 'hello',
    version: 1,
    room: 'abcdefghij',
    name: 'Zoë',
    role: 'singer',
    part: 'Alto',
    password: 'open sesame',
  },
  'somebody is muted': { type: 'mute_person', person: '7', muted: true },
  'somebody is muted and may undo it': { type: 'mute_person', person: '7', muted: true, may_undo: true },
  'somebody is not muted any more': { type: 'mute_person', person: '7', muted: false },
  'somebody goes to bucket 4': { type: 'move_person', person: '7', bucket: 4 },
  'somebody is removed': { type: 'remove_person', person: '7' },
  'somebody may come again': { type: 'readmit', person: '7' },
  'an engineer is made': { type: 'appoint', person: '7', engineer: true },
  'all offices at once': { type: 'appoint', person: '7', organiser: false, engineer: false, may_lead: true },
  'the room is closed to newcomers': { type: 'room', locked: true },
  'all of the room at once': {
    type: 'room',
    name: 'Choir',
    listed: true,
    locked: false,
    leads: 'appointed',
    parts: ['High', 'Low'],
    part_buckets: { Low: 4 },
  },
  'a password': { type: 'password', password: 'open sesame' },
  'no password any more': { type: 'password', password: null },
  "a new organiser's link": { type: 'new_key' },
  'the live link opens': { type: 'open_live' },
  'the live link closes': { type: 'close_live' },
  'the room ends': { type: 'delete_room' },
  'she sings alto': { type: 'part', part: 'Alto' },
  'she sings no part': { type: 'part', part: '' },
  'another correction': { type: 'corrected' },
  "a person's volume": { type: 'volume', volume: 1.25, person: '7' },
  "a part's volume": { type: 'volume', volume: 0.5, part: 'Alto' },
  'somebody is soloed': { type: 'solo', person: '7', on: true },
  'from thirty people on who comes in begins muted': { type: 'room', start_muted: 30 },
  'nobody begins muted any more': { type: 'room', start_muted: null },
  "to hear one's part louder": { type: 'hear_part', on: true },
  'she hears the solo mix': { type: 'listen', to: 'solo' },
  'she hears the room again': { type: 'listen', to: 'room' },
  'she opens the console': { type: 'console', open: true },
  'her microphone hears her loudspeaker': { type: 'loudspeaker', open: true },
  'a token for a program': { type: 'program_token', name: 'Lights' },
  "a program's token ends": { type: 'revoke_token', program: '1' },
  'something is said': { type: 'say', text: 'Hello\n\nZoë' },
  'something is announced': { type: 'announce', text: 'Tea is ready' },
  'a line is taken away': { type: 'unsay', line: '1764153300000' },
  'a hand is raised': { type: 'hand', up: true },
  'all hands go down': { type: 'lower_hands' },
  'one hand goes down': { type: 'lower_hands', person: '7' },
  'she is away': { type: 'away', away: true },
  'a song is recorded': { type: 'record', on: true },
  'no track of hers is kept': { type: 'leave_out', out: true },
  'a recording is deleted': { type: 'delete_recording', recording: 'abcdefghij-7' },
  'a recording is mixed again': {
    type: 'mix_again',
    recording: 'abcdefghij-7',
    tracks: [
      { track: 'track-1', gain_db: -3.5, balance: -0.5, muted: false },
      { track: 'track-2', gain_db: 0.5, balance: 0.25, muted: true },
    ],
  },
  'every song is recorded': { type: 'room', recording: 'always', recordings_for: 'organiser', recordings_days: 90 },
  'a song for the programme': {
    type: 'put_entry',
    entry: {
      title: 'Psalm 23',
      track: 't1',
      plan: { bpm: 92.5, beats_per_bar: 3, click: true, count_in_bars: 1, round: null, words: 'abcdefghij' },
      score: null,
      leader: 'Zoë',
      hidden: false,
      sung: true,
    },
  },
  'another song in the place of one': {
    type: 'put_entry',
    entry: {
      id: '2',
      title: 'Surprise',
      track: null,
      plan: { bpm: null, beats_per_bar: 4, click: false, count_in_bars: 0, round: null },
      score: 's1',
      leader: '',
      hidden: true,
      sung: false,
    },
  },
  'a song of the programme before another': { type: 'move_entry', entry: '2', before: '1' },
  'a song of the programme at the end': { type: 'move_entry', entry: '1', before: null },
  'a song leaves the programme': { type: 'remove_entry', entry: '1' },
  'a song of the programme is taken': { type: 'take_entry', entry: '1' },
  'the chat is switched off': { type: 'room', chat: false },
};
/** Of robots, and of clients that number what they ask for. */
const NOT_THE_PAGES = ['a hello of a robot', 'a hello that wants an answer by its number'];

describe('golden control messages of a client', () => {
  const right = vectors.filter((v) => v.direction === 'to_server' && v.error === undefined);

  it('are all that the page can say', () => {
    expect(right.map((v) => v.name).sort()).toEqual([...Object.keys(SAID), ...NOT_THE_PAGES].sort());
  });

  it.each(right.filter((v) => v.name in SAID))('$name: is written', ({ name, json }) => {
    const message = SAID[name];
    if (!message) expect.fail('nobody says it');
    expect(JSON.parse(writeControl(message))).toEqual(JSON.parse(json));
  });
});
