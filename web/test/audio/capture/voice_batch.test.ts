import { expect, it } from 'vitest';
import { BLOCK } from '../../../src/units.js';
import { VoiceBatch } from '../../../src/audio/capture/voice_batch.js';

interface Sent {
  song: number;
  bucket: number;
  blocks: number[];
}

function setUp(size: number): {
  batch: VoiceBatch;
  sent: Sent[];
  add: (n: number, change?: { song?: number; bucket?: number; last?: boolean; ms?: number }) => void;
} {
  const sent: Sent[] = [];
  const batch = new VoiceBatch(({ song, bucket, position, packets }) => {
    sent.push({ song, bucket, blocks: packets.map((packet, i) => position / BLOCK + i + (packet[0] === position / BLOCK + i ? 0 : NaN)) });
  });
  batch.setSize(size);
  return {
    batch,
    sent,
    add: (n, { song = 1, bucket = 2, last = false, ms = n * 20 } = {}) =>
      batch.add({ song, bucket, position: n * BLOCK, packet: Uint8Array.of(n) }, ms, last),
  };
}

it('sends as many blocks together as it is told, in order', () => {
  const { sent, add } = setUp(3);
  for (let n = 1; n <= 7; n++) add(n);
  expect(sent.map(({ blocks }) => blocks)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});

it('sends each block at once when one makes a message', () => {
  const { sent, add } = setUp(1);
  add(1);
  add(2);
  expect(sent.map(({ blocks }) => blocks)).toEqual([[1], [2]]);
});

it('keeps songs, buckets and stretches apart', () => {
  const { sent, add } = setUp(3);
  add(1);
  add(2, { song: 2 });
  add(3, { song: 2, bucket: 3 });
  add(5, { song: 2, bucket: 3 });
  add(6, { song: 2, bucket: 3, last: true });
  expect(sent).toEqual([
    { song: 1, bucket: 2, blocks: [1] },
    { song: 2, bucket: 2, blocks: [2] },
    { song: 2, bucket: 3, blocks: [3] },
    { song: 2, bucket: 3, blocks: [5, 6] },
  ]);
});

it('holds nothing back for longer than a message lasts', () => {
  const { batch, sent, add } = setUp(3);
  add(1, { ms: 100 });
  add(2, { ms: 120 });
  batch.tend(159);
  expect(sent).toEqual([]);
  batch.tend(160);
  expect(sent.map(({ blocks }) => blocks)).toEqual([[1, 2]]);
});

it('sends what is enough already when messages get shorter', () => {
  const { batch, sent, add } = setUp(5);
  add(1);
  add(2);
  batch.setSize(2);
  expect(sent.map(({ blocks }) => blocks)).toEqual([[1, 2]]);
});
