// The codec worker's work, on shared memory and with a socket that the test plays: what it tells the page, and what it tells the server.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SoundWorker } from '../../../src/audio/engine/sound_worker.js';
import type { FromWorker } from '../../../src/audio/engine/worker_messages.js';
import { ENCODER_CHOICES, type EncoderChoice } from '../../../src/audio/capture/opus_out.js';
import type { DecoderFactory } from '../../../src/audio/playback/opus_in.js';
import { createSharedSound } from '../../../src/audio/shared/shared_sound.js';
import { BLOCK, type BucketNumber } from '../../../src/units.js';
import type { Command, Hello, ServerMessage } from '../../../src/wire/control/control.js';
import { writeMix } from '../../../src/wire/mix.js';
import { stubEncoder } from '../../fake_encoder.js';
import { FakeSocket, FakeTime } from '../../fake_socket.js';
import { person, settings, song, welcome } from '../../samples.js';

const HELLO: Hello = { type: 'hello', version: 1, room: 'abc', name: 'Ann', role: 'singer' };
const BUCKET = 1 as BucketNumber;
const ORIGIN_MS = 1_700_000_000_000;

/** Decodes everything to silence. */
const decoders: DecoderFactory = {
  decoder: (output) => ({
    state: 'configured',
    configure: () => undefined,
    flush: () => Promise.resolve(),
    close: () => undefined,
    decode: () =>
      output({
        numberOfFrames: BLOCK,
        numberOfChannels: 1,
        copyTo: (plane: Float32Array) => plane.fill(0),
        close: () => undefined,
      } as unknown as AudioData),
  }),
  chunk: (bytes) => bytes as unknown as EncodedAudioChunk,
};

let time: FakeTime;
let sockets: FakeSocket[];
let told: FromWorker[];
let worker: SoundWorker;

const socket = (): FakeSocket => sockets.at(-1) as FakeSocket;
const ofKind = <K extends FromWorker['kind']>(kind: K) =>
  told.filter((message): message is Extract<FromWorker, { kind: K }> => message.kind === kind);
const messages = (): string[] => ofKind('message').map(({ message }) => message.type);
const says = (message: ServerMessage): void => socket().events.message(JSON.stringify(message));
const stats = () => {
  worker.take({ kind: 'stats', id: 1 });
  return ofKind('stats').at(-1)?.stats;
};

function begin(encoder: EncoderChoice | null): void {
  worker = new SoundWorker(
    createSharedSound(),
    'ws://sing.example/ws',
    encoder,
    {
      open: (_url, _protocol, events) => {
        sockets.push(new FakeSocket(events));
        return socket();
      },
      nowMs: () => time.now,
      originMs: ORIGIN_MS,
      random: () => 0.5,
      ask: () => Promise.resolve('none'),
      after: (ms, call) => time.after(ms, call),
    },
    decoders,
    (message) => told.push(message),
  );
}

/** In the room, in a song. */
function enter(role: 'singer' | 'listener' = 'singer'): void {
  worker.take({ kind: 'enter', hello: { ...HELLO, role } });
  socket().events.opened();
  const you = person({ role });
  says(welcome({ you, people: [you], song: song({ number: 3, start: 0 }) }));
}
/** So many blocks of the song, one a message, 20 ms apart. */
function hear(count: number, from = 100 * BLOCK): void {
  for (let i = 0; i < count; i++) {
    const blocks = [{ people: 1, mix: Uint8Array.of(1, 2, 3), backing: new Uint8Array(0), metronome: new Uint8Array(0), part: new Uint8Array(0) }];
    socket().events.message(writeMix({ flags: 0, bucket: BUCKET, song: 3, position: from + BLOCK * i, blocks }).buffer);
    time.pass(20);
  }
}

beforeEach(() => {
  stubEncoder();
  time = new FakeTime();
  sockets = [];
  told = [];
  begin(ENCODER_CHOICES[0] as EncoderChoice);
});
afterEach(() => vi.unstubAllGlobals());

describe('the server’s messages', () => {
  it('reach the page, with its clock; pongs only set the clock', () => {
    enter();
    expect(messages()).toEqual(['welcome']);
    expect(ofKind('clock').at(-1)).toMatchObject({ atMs: ORIGIN_MS + time.now });
    says({ type: 'settings', settings: settings({ buckets: 3 }) });
    says({ type: 'song', song: song({ number: 4 }) });
    const clocks = ofKind('clock').length;
    says({ type: 'pong', id: 1, position: 96_000 });
    expect(messages()).toEqual(['welcome', 'settings', 'song']);
    expect(ofKind('clock').length).toBe(clocks + 1);
  });

  it('that make no sense are counted, and nothing else happens', () => {
    enter();
    socket().events.message('{"type":"person"}');
    socket().events.message('{');
    expect(messages()).toEqual(['welcome']);
    expect(stats()?.network.malformed).toBe(2);
  });

  it('of sound go to the decoders, and a bad one is counted', () => {
    enter();
    hear(5);
    socket().events.message(Uint8Array.of(2, 0, 0).buffer);
    const now = stats();
    expect(now?.receiver.blocksReceived).toBe(5);
    expect(now?.network.malformed).toBe(1);
    expect(now?.playout.blocksPerMessage).toBe(1);
  });
});

describe('the page’s wishes', () => {
  it('are said to the server once one is inside', () => {
    enter();
    const wish: Command = { type: 'bucket', bucket: 2 as BucketNumber };
    worker.take({ kind: 'command', command: wish });
    expect(socket().controls.at(-1)).toMatchObject(wish);
  });

  it('leaving says so, and the sound ends', () => {
    enter();
    hear(20);
    expect(stats()?.anchor).not.toBeNull();
    worker.take({ kind: 'leave' });
    expect(socket().controls.at(-1)).toMatchObject({ type: 'leave' });
    expect(stats()?.anchor).toBeNull();
  });

  it('a recording, a trace and a change of the sound are answered under their numbers', () => {
    worker.take({ kind: 'record', what: 'heard' });
    worker.take({ kind: 'stop_record', id: 7, what: 'heard' });
    worker.take({ kind: 'trace', id: 8 });
    worker.take({ kind: 'sound', id: 9, running: false, frame: 0 });
    expect(ofKind('recording').map(({ id }) => id)).toEqual([7]);
    expect(ofKind('trace').map(({ id, originMs }) => [id, originMs])).toEqual([[8, ORIGIN_MS]]);
    expect(ofKind('done').map(({ id }) => id)).toEqual([9]);
  });
});

describe('who listens', () => {
  /** How many blocks a message may have without a gap, as of the next one. */
  let at = 0;
  const roomFor = (): number | undefined => {
    hear(2, (at += 2 * BLOCK));
    return stats()?.playout.roomFor;
  };
  beforeEach(() => {
    at = 0;
  });

  it('has a larger buffer, for messages of five blocks', () => {
    enter('listener');
    expect(roomFor()).toBe(5);
  });

  it('is who becomes one, at once when she says so', () => {
    enter();
    expect(roomFor()).toBe(1);
    worker.take({ kind: 'command', command: { type: 'role', role: 'listener' } });
    expect(roomFor()).toBe(5);
  });

  it('is who the server says is one, and nobody else', () => {
    enter();
    says({ type: 'person', person: person({ id: 'b', role: 'listener' }) });
    expect(roomFor()).toBe(1);
    says({ type: 'people', people: [person({ role: 'listener' })], gone: [] });
    expect(roomFor()).toBe(5);
  });
});

describe('one’s own voice', () => {
  /** Whether blocks carry one. */
  const silent = (): boolean | undefined => (worker as unknown as { sender: { silent: boolean } | null }).sender?.silent;

  it('is sent while there is a microphone and one is not muted', () => {
    enter();
    expect(silent()).toBe(true);
    worker.take({ kind: 'microphone', connected: true, roundTripFrames: 480 });
    expect(silent()).toBe(false);
    worker.take({ kind: 'command', command: { type: 'mute', muted: true } });
    expect(silent()).toBe(true);
    worker.take({ kind: 'command', command: { type: 'mute', muted: false } });
    expect(silent()).toBe(false);
    says({ type: 'person', person: person({ muted: true }) });
    expect(silent()).toBe(true);
    worker.take({ kind: 'microphone', connected: false, roundTripFrames: 480 });
    says({ type: 'person', person: person({ muted: false }) });
    expect(silent()).toBe(true);
  });

  it('is none where the browser cannot encode: one hears all the same', () => {
    begin(null);
    enter('listener');
    hear(1);
    const now = stats();
    expect(now?.sender).toBeNull();
    expect(now?.encoderDelay).toBeNull();
    expect(now?.receiver.blocksReceived).toBe(1);
  });
});
