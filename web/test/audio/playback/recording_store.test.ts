import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/audio/playback/recording_store.js';
import { WAV_HEADER_BYTES, wavHeader } from '../../../src/audio/playback/wav.js';

// Here no browser keeps files: the recording lies in memory.
describe('a recording in memory', () => {
  it('holds every byte in its order, whatever pieces they came in', async () => {
    const store = await openStore('choir.wav');
    expect(store.kept).toBe(false);
    const all = Uint8Array.from({ length: 1_300_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
    const reused = new Uint8Array(700_000);
    for (let at = 0, length = 1; at < all.length; at += length, length = Math.min(length * 3, reused.length)) {
      const part = all.subarray(at, at + length);
      reused.set(part);
      store.write(reused.subarray(0, part.length));
    }
    const frames = all.length / 4;
    const file = await store.end(frames);
    expect(file?.type).toBe('audio/wav');
    const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(bytes.subarray(0, WAV_HEADER_BYTES)).toEqual(wavHeader(frames));
    expect(Buffer.from(bytes.subarray(WAV_HEADER_BYTES)).equals(Buffer.from(all))).toBe(true);
  });

  it('is a header alone where nothing was heard', async () => {
    const file = await (await openStore('choir.wav')).end(0);
    expect(file?.size).toBe(WAV_HEADER_BYTES);
  });
});
