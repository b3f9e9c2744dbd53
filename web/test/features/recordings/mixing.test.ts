import { describe, expect, it } from 'vitest';
import { packetAt, readOpusFile } from '../../../src/audio/playback/ogg_packets.js';
import {
  asSung,
  changedStrips,
  gainOf,
  heardTracks,
  HEARD_AT_ONCE,
  isEmptyMix,
  LEAST_DB,
  readLevels,
} from '../../../src/features/recordings/strips.js';
import { TrackFeed, type Piece } from '../../../src/features/recordings/track_feed.js';

const BLOCK = 960;
const PRE_SKIP = 312;

/** A page with these packets, the last of which ends at `granule`. `goesOn`: of a packet that the page before began; `cut`: the last one goes on. */
function page(granule: number, packets: Uint8Array[], { goesOn = false, cut = false } = {}): Uint8Array {
  const lacing: number[] = [];
  packets.forEach((packet, i) => {
    for (let left = packet.length; left >= 0; left -= 255) {
      if (cut && i === packets.length - 1 && left < 255) break;
      lacing.push(Math.min(255, left));
      if (left < 255) break;
    }
  });
  const head = new Uint8Array(27 + lacing.length);
  head.set([...'OggS'].map((c) => c.charCodeAt(0)));
  head[5] = goesOn ? 1 : 0;
  new DataView(head.buffer).setBigInt64(6, BigInt(granule), true);
  head[26] = lacing.length;
  head.set(lacing, 27);
  return joined([head, ...packets]);
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function heads(channels: number): Uint8Array[] {
  const head = new Uint8Array(19);
  head.set([...'OpusHead'].map((c) => c.charCodeAt(0)));
  head[8] = 1;
  head[9] = channels;
  head[10] = PRE_SKIP & 255;
  head[11] = PRE_SKIP >> 8;
  const tags = new Uint8Array(300).fill(7);
  return [page(0, [head]), page(0, [tags])];
}

/** Its first byte tells it from others. */
const packet = (mark: number, length = 4): Uint8Array => new Uint8Array(length).fill(0).fill(mark, 0, 1);

describe('an Ogg Opus file', () => {
  it('gives its packets with their places, and keeps gaps', () => {
    const file = readOpusFile(
      joined([...heads(1), page(PRE_SKIP + 2 * BLOCK, [packet(1), packet(2)]), page(PRE_SKIP + 10 * BLOCK, [packet(3), packet(4)])]),
    );
    expect(file?.channels).toBe(1);
    expect(file?.packets.map(({ at, bytes }) => [at, bytes[0]])).toEqual([
      [0, 1],
      [BLOCK, 2],
      [8 * BLOCK, 3],
      [9 * BLOCK, 4],
    ]);
  });

  it('has an end that may be cut, and packets that go on in the next page', () => {
    const long = packet(9, 600);
    const file = readOpusFile(
      joined([
        ...heads(2),
        page(PRE_SKIP + BLOCK, [packet(1), long.subarray(0, 510)], { cut: true }),
        page(PRE_SKIP + 2 * BLOCK - 100, [long.subarray(510)], { goesOn: true }),
      ]),
    );
    expect(file?.packets.map(({ at, bytes }) => [at, bytes[0], bytes.length])).toEqual([
      [0, 1, 4],
      [BLOCK, 9, 600],
    ]);
  });

  it('is read as far as it goes, and is none where it is something else', () => {
    const whole = joined([...heads(1), page(PRE_SKIP + BLOCK, [packet(1)]), page(PRE_SKIP + 2 * BLOCK, [packet(2)])]);
    for (let length = 0; length < whole.length; length++) {
      const packets = readOpusFile(whole.slice(0, length))?.packets ?? [];
      expect(packets.length).toBeLessThan(2);
    }
    expect(readOpusFile(new Uint8Array(100))).toBeNull();
    expect(readOpusFile(joined([page(0, [packet(1, 19)])]))).toBeNull();
  });

  it('is sought by place', () => {
    const packets = [0, 960, 9_600].map((at) => ({ at, bytes: new Uint8Array(1) }));
    expect([-5, 0, 1, 960, 961, 9_601].map((at) => packetAt(packets, at))).toEqual([0, 0, 1, 1, 2, 3]);
  });
});

describe('the strips', () => {
  it('have a fader whose lowest place is silence', () => {
    expect(gainOf(asSung('a'))).toBe(1);
    expect(gainOf({ ...asSung('a'), gain_db: 6 })).toBeCloseTo(1.995, 3);
    expect(gainOf({ ...asSung('a'), gain_db: LEAST_DB })).toBe(0);
    expect(gainOf({ ...asSung('a'), muted: true })).toBe(0);
  });

  it('stand where the song had them', () => {
    const levels = readLevels({
      backing: null,
      tracks: [
        { track: 'a', gain_db: -3.2 },
        { track: 'b', gain_db: 40 },
      ],
    });
    expect([asSung('a', levels).gain_db, asSung('b', levels).gain_db, asSung('c', levels).gain_db, levels?.backing]).toEqual([-3, 12, 0, null]);
    expect(readLevels({ backing: { gain_db: -7 }, tracks: [] })?.backing).toBe(-7);
    expect(changedStrips([asSung('a', levels)], levels)).toEqual([]);
    expect(changedStrips([asSung('a')], levels)).toHaveLength(1);
    expect(readLevels({ tracks: 'none' })).toBeNull();
  });

  it('are no mix where all are muted and nothing else was heard', () => {
    const alone = readLevels({ backing: null, tracks: [{ track: 'a' }, { track: 'b' }] });
    const strips = ['a', 'b'].map((track) => ({ ...asSung(track, alone), muted: true }));
    expect(isEmptyMix(strips, alone)).toBe(true);
    expect(isEmptyMix([asSung('a', alone), ...strips.slice(1)], alone)).toBe(false);
    expect(isEmptyMix(strips, readLevels({ backing: {}, tracks: [] }))).toBe(false);
    expect(isEmptyMix(strips, null)).toBe(false);
  });

  it('are heard as many as can be decoded at once, without those that are silent', () => {
    const strips = Array.from({ length: 30 }, (_, i) => ({ ...asSung(`track-${i}`), muted: i < 3 }));
    expect(heardTracks(strips)).toHaveLength(HEARD_AT_ONCE);
    expect(heardTracks(strips)[0]).toBe('track-3');
    expect(changedStrips(strips).map(({ track }) => track)).toEqual(['track-0', 'track-1', 'track-2']);
  });
});

describe('the feed of a track', () => {
  /** Gives each packet's mark as its samples; `bad` breaks it. */
  function feedOf(marks: [at: number, mark: number][], bad = -1): { feed: TrackFeed; pieces: Piece[]; made: () => number } {
    const pieces: Piece[] = [];
    let made = 0;
    const file = { channels: 1, packets: marks.map(([at, mark]) => ({ at, bytes: new Uint8Array([mark]) })) };
    const feed = new TrackFeed(
      file,
      (_, block, failed) => {
        made++;
        return {
          decode: (bytes) => (bytes[0] === bad ? failed() : block([new Float32Array(BLOCK).fill(bytes[0] as number)])),
          flush: () => Promise.resolve(),
          close: () => undefined,
        };
      },
      (piece) => pieces.push(piece),
    );
    return { feed, pieces, made: () => made };
  }
  const ended = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const run = (from: number, count: number): [number, number][] => Array.from({ length: count }, (_, i) => [(from + i) * BLOCK, from + i + 1]);

  it('hands on pieces that join exactly, and a gap stays one', async () => {
    const { feed, pieces } = feedOf([...run(0, 30), ...run(100, 3)]);
    feed.seek(0);
    feed.pump(Infinity);
    await ended();
    expect(pieces.map(({ at, planes }) => [at / BLOCK, (planes[0]?.length ?? 0) / BLOCK])).toEqual([
      [0, 25],
      [25, 5],
      [100, 3],
    ]);
    expect(pieces[1]?.planes[0]?.[0]).toBe(26);
  });

  it('begins where one seeks to, behind some packets that only settle the decoder', async () => {
    const { feed, pieces } = feedOf(run(0, 40));
    feed.seek(20 * BLOCK);
    feed.pump(23 * BLOCK);
    expect(pieces).toEqual([]);
    feed.pump(Infinity);
    await ended();
    expect([pieces[0]?.at, pieces[0]?.planes[0]?.[0]]).toEqual([20 * BLOCK, 21]);
    feed.seek(39 * BLOCK);
    feed.pump(Infinity);
    await ended();
    expect(pieces.at(-1)?.at).toBe(39 * BLOCK);
  });

  it('goes on behind a packet that cannot be decoded', async () => {
    const { feed, pieces, made } = feedOf(run(0, 10), 4);
    feed.seek(0);
    feed.pump(Infinity);
    await ended();
    expect(pieces.map(({ at, planes }) => [at / BLOCK, (planes[0]?.length ?? 0) / BLOCK])).toEqual([
      [0, 3],
      [4, 6],
    ]);
    expect(made()).toBe(2);
  });
});
