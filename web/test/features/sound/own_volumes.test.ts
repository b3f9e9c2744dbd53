import { describe, expect, it } from 'vitest';
import { settings, song } from '../../samples.js';
import { BACKING_LUFS, backingGainOf } from '../../../src/audio/shared/balance.js';
import { decibels } from '../../../src/audio/shared/decibels.js';
import { VOICE_LUFS } from '../../../src/audio/shared/voice_loudness.js';
import { roomBackingGain } from '../../../src/features/sound/own_volumes.js';

const LEADER = 1.995799;
const VOLUME = 1.2;
/** LUFS of the mix of a leader and others, all calibrated: server/PROTOCOL.md section 5. */
const mix = (leaders: number, others: number): number =>
  VOICE_LUFS +
  decibels(VOLUME * Math.sqrt((3 / (Math.min(leaders + others, 2) + 2)) * leaders * LEADER ** 2 + (3 / (leaders + others + 2)) * others));

describe('the backing beside calibrated voices', () => {
  it('is within 3 dB of the one that sings in bucket 1, a leader’s or another', () => {
    expect(Math.abs(mix(1, 0) - BACKING_LUFS)).toBeLessThan(3);
    expect(Math.abs(mix(0, 1) - BACKING_LUFS)).toBeLessThan(3.05);
  });

  it('is at most 10 dB under the choir in the last bucket, however many sing', () => {
    for (let others = 1; others < 1_000; others++) {
      expect(mix(1, others) - BACKING_LUFS).toBeLessThan(4.8);
      expect(mix(1, others) - BACKING_LUFS).toBeGreaterThan(1);
    }
  });

  it('is brought there from whatever its track is, within reason', () => {
    for (const loudness of [-35, -23, -16.25, -6]) expect(loudness + decibels(backingGainOf(loudness))).toBeCloseTo(BACKING_LUFS, 9);
    expect(decibels(backingGainOf(-60))).toBeCloseTo(20, 9);
    // The native clients reckon the same (mixer/balance.h).
    expect(backingGainOf(-16.25)).toBeCloseTo(1.102808, 5);
  });
});

describe('the backing’s gain', () => {
  const track = (id: string, loudness: number | null) => ({ id, name: id, seconds: 9, channels: 2, loudness });
  const none = song({ number: 0, start: 0, state: 'none' });
  const tracks = [track('a', -23), track('b', null)];

  it('is that of the track that is heard, otherwise of the chosen one', () => {
    const playing = song({ start: 960, track: track('c', -10) });
    expect(roomBackingGain({ song: playing, track: 'a', tracks, backingGain: 0.192, settings: settings() })).toBe(backingGainOf(-10));
    expect(roomBackingGain({ song: { ...none, track: track('c', -10) }, track: 'a', tracks, backingGain: 0.192, settings: settings() })).toBe(
      backingGainOf(-23),
    );
  });

  it('is the room’s, where the track’s loudness is not known, and where there is none', () => {
    for (const chosen of ['b', null])
      expect(roomBackingGain({ song: none, track: chosen, tracks, backingGain: 0.192, settings: settings() })).toBe(0.192);
  });

  it('is turned up and down for all by the room', () => {
    const heard = (volume: number) =>
      roomBackingGain({ song: none, track: 'b', tracks, backingGain: 0.192, settings: settings({ backing_volume: volume }) });
    expect(heard(0)).toBe(0);
    expect(heard(1.5) / 0.192).toBeCloseTo(5.623757, 3);
  });
});
