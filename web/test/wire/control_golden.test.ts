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

/** The page asks for nothing by a number, so that nothing is answered by one. */
const isAnswer = ({ json }: Vector) => (JSON.parse(json) as { type: string }).type === 'done';
const UNUSED: Record<string, string[]> = { welcome: ['id'], error: ['id'], loop: ['dropped'] };
/** What stands for a field that was left out. */
const LEFT_OUT: Record<string, object> = { people: { gone: [] }, error: { about: null }, track_progress: { error: null } };

describe('golden control messages of the server', () => {
  it.each(ofServers.filter((v) => v.error === undefined && !isAnswer(v)))('$name: is read', ({ json }) => {
    const read = readControl(json);
    if (!read.ok) expect.fail(read.error);
    const message = JSON.parse(json) as { type: string };
    const used = Object.entries(message).filter(([field]) => !UNUSED[message.type]?.includes(field));
    expect(read.value).toEqual({ ...LEFT_OUT[message.type], ...Object.fromEntries(used) });
  });

  it.each(ofServers.filter(isAnswer))('$name: is passed over', ({ json }) => {
    expect(readControl(json)).toEqual({ ok: true, value: { type: 'unknown', name: 'done' } });
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
  'the song begins': { type: 'start' },
  'the song ends': { type: 'stop' },
  'the song ends at once': { type: 'stop', now: true },
  'another bucket': { type: 'bucket', bucket: 8 },
  muted: { type: 'mute', muted: true },
  'not muted': { type: 'mute', muted: false },
  'from now on a listener': { type: 'role', role: 'listener' },
  'another name': { type: 'name', name: 'Zoë' },
  'an interval by hand': { type: 'settings', interval_ms: 1000 },
  'all settings at once': { type: 'settings', interval: 'automatic', buckets: 4, automatic_gain: false, first_offset_ms: 3000 },
  'a track that is not wanted any more': { type: 'delete_track', track: 't1' },
  'she goes': { type: 'leave' },
  'a ping': { type: 'ping', id: 6 },
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
