import { beforeEach, describe, expect, it } from 'vitest';
import { Connection, SUB_PROTOCOL, type ConnectionState } from '../../src/net/connection.js';
import { PLACE_KEPT_MS, type HttpAnswer } from '../../src/net/reconnect.js';
import type { Hello, ServerMessage } from '../../src/wire/control/control.js';
import { writeMix, type MixMessage } from '../../src/wire/mix.js';
import { FakeSocket, FakeTime } from '../fake_socket.js';
import { welcome } from '../samples.js';

const HELLO: Hello = { type: 'hello', version: 1, room: 'abc', name: 'Ann', role: 'singer' };
const ORIGIN_MS = 1_000_000;

let time: FakeTime;
let sockets: FakeSocket[];
let states: ConnectionState[];
let messages: ServerMessage[];
let mixes: MixMessage[];
let connection: Connection;
let answer: HttpAnswer;

const last = (): FakeSocket => sockets.at(-1) as FakeSocket;
const admit = (): void => {
  last().events.opened();
  last().events.message(JSON.stringify(welcome()));
};

beforeEach(() => {
  time = new FakeTime();
  sockets = [];
  states = [];
  messages = [];
  mixes = [];
  answer = 'none';
  connection = new Connection(
    'ws://here/ws',
    {
      open: (url, protocol, events) => {
        expect([url, protocol]).toEqual(['ws://here/ws', SUB_PROTOCOL]);
        sockets.push(new FakeSocket(events));
        return last();
      },
      nowMs: () => time.now,
      originMs: ORIGIN_MS,
      ask: () => Promise.resolve(answer),
      random: () => 0.5,
      after: (ms, call) => time.after(ms, call),
    },
    { state: (state) => states.push(state), message: (message) => messages.push(message), mix: (mix) => mixes.push(mix) },
  );
});

describe('connection', () => {
  it('says hello first, and is open once it is welcome', () => {
    connection.enter(HELLO);
    last().events.opened();
    expect(last().controls).toEqual([HELLO]);
    connection.send({ type: 'lead' });
    expect(last().controls).toHaveLength(1);
    last().events.message(JSON.stringify(welcome()));
    connection.send({ type: 'lead' });
    expect(last().controls.map((message) => message['type'])).toEqual(['hello', 'ping', 'lead']);
    expect(states.map((state) => state.state)).toEqual(['connecting', 'open']);
    expect(connection.clock.known).toBe(true);
  });

  it('comes back with its token after 0.2 s, then ever later', () => {
    connection.enter(HELLO);
    admit();
    last().events.closed(1006);
    time.pass(199);
    expect(sockets).toHaveLength(1);
    time.pass(1);
    expect(sockets).toHaveLength(2);
    last().events.closed(1006);
    time.pass(399);
    expect(sockets).toHaveLength(2);
    time.pass(1);
    admit();
    expect(last().controls[0]).toEqual({ ...HELLO, token: 'token' });
    expect(connection.reconnects).toBe(1);
    last().events.closed(1001);
    time.pass(200);
    expect(sockets).toHaveLength(4);
  });

  it('hurries when the network is said to be back', () => {
    connection.enter(HELLO);
    for (let i = 0; i < 6; i++) {
      last().events.closed(1006);
      time.pass(3_000);
    }
    last().events.closed(1006);
    const before = sockets.length;
    connection.hurry();
    expect(sockets).toHaveLength(before + 1);
    time.pass(1_000);
    expect(sockets).toHaveLength(before + 1);
  });

  it.each([
    [4001, 'elsewhere'],
    [1009, 'too_large'],
  ])('does not come back after %i, and hands on what the server said', (code, ending) => {
    connection.enter(HELLO);
    admit();
    last().events.message('{"type":"error","code":"bad_packet","message":"This was no sound."}');
    last().events.closed(code);
    expect(states.at(-1)).toMatchObject({ state: 'ended', ending, error: { message: 'This was no sound.' } });
    time.pass(60_000);
    expect(sockets).toHaveLength(1);
  });

  it('comes back into its place after 4008, but not the third time within ten minutes', () => {
    connection.enter(HELLO);
    admit();
    for (let time4008 = 1; time4008 <= 2; time4008++) {
      last().events.closed(4008);
      expect(states.at(-1)).toMatchObject({ state: 'waiting' });
      time.pass(3_000);
      expect(sockets).toHaveLength(1 + time4008);
      admit();
    }
    last().events.closed(4008);
    expect(states.at(-1)).toMatchObject({ state: 'ended', ending: 'too_many_errors' });
    time.pass(60_000);
    expect(sockets).toHaveLength(3);
  });

  it('forgets an old 4008', () => {
    connection.enter(HELLO);
    admit();
    for (let time4008 = 1; time4008 <= 4; time4008++) {
      time.now += 600_000;
      last().events.closed(4008);
      expect(states.at(-1)).toMatchObject({ state: 'waiting' });
      time.pass(3_000);
      admit();
    }
  });

  it.each(['bad_name', 'not_allowed', 'room_full', 'no_room', 'bad_version'])('hands on a refusal (%s) at once, and lets one try again', (code) => {
    connection.enter({ ...HELLO, token: 'old' });
    last().events.opened();
    last().events.message(JSON.stringify({ type: 'error', code, message: 'Not like this.' }));
    expect(states.at(-1)).toMatchObject({ state: 'refused', error: { code, message: 'Not like this.' } });
    expect(last().closed).toBe(true);
    // What the server closes afterwards is of no interest any more.
    last().events.closed(4003);
    time.pass(60_000);
    expect(sockets).toHaveLength(1);
    connection.enter({ ...HELLO, name: 'Anna' });
    admit();
    expect(last().controls[0]).toEqual({ ...HELLO, name: 'Anna' });
    expect(states.at(-1)).toEqual({ state: 'open' });
  });

  it('is refused also when it comes back', () => {
    connection.enter(HELLO);
    admit();
    last().events.closed(1006);
    time.pass(200);
    last().events.opened();
    last().events.message('{"type":"error","code":"room_full","message":"The room is full."}');
    expect(states.at(-1)).toMatchObject({ state: 'refused', error: { code: 'room_full' } });
  });

  it('comes in as somebody new when its token is not known any more, on the same socket', () => {
    connection.enter({ ...HELLO, token: 'old' });
    last().events.opened();
    last().events.message('{"type":"error","code":"bad_token","message":"Your place is gone."}');
    expect(sockets).toHaveLength(1);
    expect(last().controls).toEqual([{ ...HELLO, token: 'old' }, HELLO]);
    expect(states.map((state) => state.state)).toEqual(['connecting']);
  });

  it('comes back where it was closed without a word', () => {
    connection.enter(HELLO);
    last().events.opened();
    last().events.closed(4003);
    time.pass(200);
    expect(sockets).toHaveLength(2);
  });

  it('says when it tries again, and has nothing to hurry before that', () => {
    connection.enter(HELLO);
    connection.hurry();
    expect(sockets).toHaveLength(1);
    last().events.closed(1006);
    expect(states.at(-1)).toEqual({ state: 'waiting', attempt: 1, untilMs: 1_000_000 + time.now + 200, why: 'lost' });
    time.pass(200);
    expect(states.at(-1)).toEqual({ state: 'connecting', attempt: 1, why: 'lost' });
  });

  it('tries a new hello at once, instead of the one that waited', () => {
    connection.enter(HELLO);
    last().events.closed(1006);
    connection.enter({ ...HELLO, name: 'Anna' });
    time.pass(5_000);
    expect(sockets.filter((socket) => !socket.closed)).toHaveLength(1);
    last().events.opened();
    expect(last().controls[0]).toMatchObject({ name: 'Anna' });
  });

  const why = (): string | undefined => states.flatMap((state) => (state.state === 'waiting' ? [state.why] : [])).at(-1);
  const told = (): Promise<void> => Promise.resolve().then(() => undefined);

  it('says that the server cannot be reached where HTTP is not answered either', async () => {
    connection.enter(HELLO);
    last().events.closed(1006);
    await told();
    expect(why()).toBe('unreachable');
  });

  it('says that the server restarts where that closed the connection, and for a minute does not send anybody to her network', async () => {
    connection.enter(HELLO);
    admit();
    last().events.closed(1001);
    expect(why()).toBe('restarting');
    time.pass(200);
    last().events.closed(1006);
    await told();
    expect(why()).toBe('restarting');
    time.pass(60_000);
    last().events.closed(1006);
    await told();
    expect(why()).toBe('unreachable');
    time.pass(3_000);
    admit();
    last().events.closed(1006);
    expect(why()).toBe('lost');
  });

  it('says that sockets are blocked where HTTP is answered and they are refused twice', async () => {
    answer = 'ready';
    connection.enter(HELLO);
    last().events.closed(1006);
    await told();
    expect(why()).toBe('lost');
    time.pass(200);
    last().events.closed(1006);
    await told();
    expect(why()).toBe('blocked');
    // It stays the word while it tries on, until the socket opens.
    time.pass(400);
    last().events.closed(1006);
    expect(why()).toBe('blocked');
    time.pass(800);
    admit();
    last().events.closed(1006);
    expect(why()).toBe('lost');
  });

  it('says at once that its own address is not taken', async () => {
    answer = 'foreign';
    connection.enter(HELLO);
    last().events.closed(1006);
    await told();
    expect(why()).toBe('foreign');
  });

  it('says so after the first socket that nobody answers', async () => {
    answer = 'ready';
    connection.enter(HELLO);
    time.pass(6_000);
    await told();
    expect(why()).toBe('blocked');
  });

  it('says that the server is busy where it says so itself, or lets nobody in for half a minute', async () => {
    answer = 'busy';
    connection.enter(HELLO);
    last().events.closed(1006);
    await told();
    expect(why()).toBe('busy');
    time.pass(200);
    last().events.opened();
    for (let s = 0; s < 31; s++) {
      time.pass(1_000);
      const { id } = last().controls.findLast((message) => message['type'] === 'ping') ?? {};
      if (id !== undefined) last().events.message(JSON.stringify({ type: 'pong', id, position: 0 }));
    }
    expect(sockets).toHaveLength(2);
    time.pass(2_000);
    expect(why()).toBe('busy');
  });

  it('gives up after two minutes who was never let in, and nobody else', () => {
    connection.enter(HELLO);
    const fail = (): void => {
      if (states.at(-1)?.state === 'connecting') last().events.closed(1006);
      time.pass(3_000);
    };
    for (let i = 0; i < 50; i++) fail();
    expect(states.at(-1)).toEqual({ state: 'given_up', why: 'lost' });
    connection.enter(HELLO);
    admit();
    last().events.closed(1006);
    for (let i = 0; i < 100; i++) fail();
    expect(states.some((state) => state.state === 'open')).toBe(true);
    expect(states.at(-1)?.state).not.toBe('given_up');
  });

  it('tells for how long the place is kept: from the moment on at which the server was heard last', () => {
    connection.enter(HELLO);
    expect(states.at(-1)).not.toHaveProperty('keptUntilMs');
    last().events.closed(1006);
    expect(states.at(-1)).not.toHaveProperty('keptUntilMs');
    time.pass(300);
    admit();
    const heardMs = time.now;
    time.pass(1_000);
    last().events.closed(1006);
    const kept = { keptUntilMs: ORIGIN_MS + heardMs + PLACE_KEPT_MS };
    expect(states.at(-1)).toMatchObject({ state: 'waiting', ...kept });
    time.pass(300);
    expect(states.at(-1)).toMatchObject({ state: 'connecting', ...kept });
    last().events.closed(1006);
    time.pass(5_000);
    expect(states.at(-1)).toMatchObject(kept);
    last().events.opened();
    last().events.message(JSON.stringify({ type: 'error', code: 'bad_token', message: 'Too late.' }));
    last().events.closed(1006);
    expect(states.at(-1)).not.toHaveProperty('keptUntilMs');
  });

  it.each([
    ['removed', 'removed'],
    ['no_room', 'deleted'],
  ])('does not come back after an error “%s” and a close: it has ended, as %s', (code, ending) => {
    connection.enter(HELLO);
    admit();
    const error = { type: 'error', code, message: 'Out.', about: null };
    last().events.message(JSON.stringify(error));
    last().events.closed(4003);
    expect(states.at(-1)).toEqual({ state: 'ended', ending, error });
    time.pass(60_000);
    expect(sockets).toHaveLength(1);
  });

  it('comes back without the organiser’s key, which may be another by now, and with it only where the place is gone', () => {
    connection.enter({ ...HELLO, key: 'old' });
    admit();
    last().events.message(JSON.stringify({ type: 'done', id: 1, about: 'new_key', key: 'new' }));
    last().events.closed(1006);
    time.pass(200);
    last().events.opened();
    expect(last().controls[0]).not.toHaveProperty('key');
    const refuse = (code: string): void => last().events.message(JSON.stringify({ type: 'error', code, message: 'No.', about: null }));
    refuse('bad_token');
    expect(last().controls.at(-1)).toMatchObject({ type: 'hello', key: 'new' });
    refuse('not_allowed');
    expect(last().controls.at(-1)).not.toHaveProperty('key');
    expect(states.at(-1)?.state).toBe('connecting');
    last().events.message(JSON.stringify(welcome()));
    expect(states.at(-1)?.state).toBe('open');
  });

  it('keeps a changed name for the next hello', () => {
    connection.enter(HELLO);
    admit();
    connection.send({ type: 'name', name: 'Anna' });
    last().events.closed(1006);
    time.pass(200);
    last().events.opened();
    expect(last().controls[0]).toMatchObject({ name: 'Anna', token: 'token' });
  });

  it('measures the clock by pings, and takes a silent connection for dead', () => {
    connection.enter(HELLO);
    admit();
    const { id } = last().controls.at(-1) as { id: number };
    time.pass(30);
    last().events.message(JSON.stringify({ type: 'pong', id, position: 960_000 }));
    expect(connection.clock.now(time.now)).toBe(960_000 + 15 * 48);
    time.pass(6_000);
    expect(last().controls.filter((message) => message['type'] === 'ping').length).toBeGreaterThanOrEqual(3);
    const before = sockets.length;
    time.pass(3_000);
    expect(sockets.length).toBe(before + 1);
    expect(sockets[before - 1]?.closed).toBe(true);
  });

  it('hands on sound, and counts what it cannot read', () => {
    connection.enter(HELLO);
    admit();
    const block = { people: 1, mix: Uint8Array.of(1), backing: new Uint8Array(0), metronome: new Uint8Array(0), part: new Uint8Array(0) };
    last().events.message(writeMix({ flags: 0, bucket: 1, song: 2, position: 960, blocks: [block] }).buffer);
    last().events.message(new ArrayBuffer(5));
    last().events.message('{"type":');
    last().events.message('{"type":"news"}');
    expect(mixes).toHaveLength(1);
    expect(connection.malformed).toBe(2);
    expect(messages.at(-1)).toEqual({ type: 'unknown', name: 'news' });
  });

  it('drops sound that would only pile up', () => {
    connection.enter(HELLO);
    expect(connection.sendSound(new Uint8Array(3))).toBe(false);
    admit();
    expect(connection.sendSound(new Uint8Array(3))).toBe(true);
    last().bufferedAmount = 100_000;
    expect(connection.sendSound(new Uint8Array(3))).toBe(false);
    expect(connection.droppedSound).toBe(1);
  });

  it('leaves for good', () => {
    connection.enter(HELLO);
    admit();
    connection.leave();
    expect(last().controls.at(-1)).toEqual({ type: 'leave' });
    expect(last().closed).toBe(true);
    last().events.closed(1000);
    time.pass(60_000);
    expect(sockets).toHaveLength(1);
    expect(states.at(-1)).toEqual({ state: 'left' });
  });
});
