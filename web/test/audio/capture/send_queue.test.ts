import { expect, it } from 'vitest';
import { SendQueue } from '../../../src/audio/capture/send_queue.js';

const block = (position: number) => ({ song: 1, bucket: 2, position });
const packet = Uint8Array.of(7);
const nothing = new Uint8Array(0);

function setUp(): { queue: SendQueue; sent: [number, number][] } {
  const sent: [number, number][] = [];
  return { queue: new SendQueue(({ position }, bytes) => sent.push([position, bytes.byteLength])), sent };
}

it('keeps positions rising though packets come late', () => {
  const { queue, sent } = setUp();
  queue.add(block(960), null);
  queue.add(block(1920), nothing);
  expect(sent).toEqual([]);
  queue.fill(960, packet);
  expect(sent).toEqual([
    [960, 1],
    [1920, 0],
  ]);
});

it('sends a block without its voice when the encoder does not answer', () => {
  const { queue, sent } = setUp();
  for (let i = 1; i <= 60; i++) queue.add(block(i * 960), null);
  expect(sent.length).toBe(10);
  expect(sent.every(([, length]) => length === 0)).toBe(true);
  expect(queue.dropped).toBe(10);
  queue.fill(960, packet);
  queue.fill(11 * 960, packet);
  expect(sent.at(-1)).toEqual([11 * 960, 1]);
});
