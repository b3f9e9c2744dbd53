import { beforeEach, describe, expect, it } from 'vitest';
import { Connection, SUB_PROTOCOL, type ConnectionState, type Socket, type SocketEvents } from '../../src/net/connection.js';
import type { Hello, ServerMessage } from '../../src/wire/control.js';
import { writeMix, type MixMessage } from '../../src/wire/mix.js';
import { welcome } from '../samples.js';

class FakeSocket implements Socket {
  bufferedAmount = 0;
  closed = false;
  readonly sent: (string | Uint8Array)[] = [];
  constructor(readonly events: SocketEvents) {}
  send(data: string | Uint8Array): void {
    this.sent.push(data);
  }
  close(): void {
    this.closed = true;
  }
  get controls(): Record<string, unknown>[] {
    return this.sent.filter((data) => typeof data === 'string').map((data) => JSON.parse(data) as Record<string, unknown>);
  }
}

/** Time that passes only when told to. */
class FakeTime {
  now = 1_000;
  private timers: { at: number; call: () => void }[] = [];
  after(ms: number, call: () => void): () => void {
    const timer = { at: this.now + ms, call };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }
  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.now = next.at;
      next.call();
    }
    this.now = end;
  }
}

const HELLO: Hello = { type: 'hello', version: 1, room: 'abc', name: 'Ann', role: 'singer' };

let time: FakeTime;
let sockets: FakeSocket[];
let states: ConnectionState[];
let messages: ServerMessage[];
let mixes: MixMessage[];
let connection: Connection;

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
  connection = new Connection(
    'ws://here/ws',
    {
      open: (url, protocol, events) => {
        expect([url, protocol]).toEqual(['ws://here/ws', SUB_PROTOCOL]);
        sockets.push(new FakeSocket(events));
        return last();
      },
      nowMs: () => time.now,
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
    [4003, 'not_admitted'],
    [4008, 'too_many_errors'],
  ])('does not come back after %i, and hands on what the server said', (code, ending) => {
    connection.enter(HELLO);
    last().events.opened();
    last().events.message('{"type":"error","code":"room_full","message":"The room is full."}');
    last().events.closed(code);
    expect(states.at(-1)).toMatchObject({ state: 'ended', ending, error: { message: 'The room is full.' } });
    time.pass(60_000);
    expect(sockets).toHaveLength(1);
  });

  it('comes in as somebody new when its token is not known any more', () => {
    connection.enter({ ...HELLO, token: 'old' });
    last().events.opened();
    last().events.message('{"type":"error","code":"bad_token","message":"Your place is gone."}');
    last().events.closed(4003);
    last().events.opened();
    expect(last().controls).toEqual([HELLO]);
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
    const block = { people: 1, mix: Uint8Array.of(1), backing: new Uint8Array(0) };
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
    expect(last().closed).toBe(true);
    last().events.closed(1000);
    time.pass(60_000);
    expect(sockets).toHaveLength(1);
    expect(states.at(-1)).toEqual({ state: 'left' });
  });
});
