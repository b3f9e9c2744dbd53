import { describe, expect, it } from 'vitest';
import { VoiceGain } from '../../../src/audio/capture/voice_gain.js';
import { BLOCK } from '../../../src/units.js';

const constant = (): Float32Array => new Float32Array(BLOCK).fill(0.1);

/** Blocks in a row, the first one fresh. */
function blocks(gain: VoiceGain, goals: number[], block = constant): Float32Array {
  const out = new Float32Array(goals.length * BLOCK);
  goals.forEach((goal, i) => {
    const one = block();
    gain.goal = goal;
    gain.process(one, i === 0);
    out.set(one, i * BLOCK);
  });
  return out;
}

describe('the gain of one’s own voice', () => {
  it('of 1 changes nothing', () => {
    expect(blocks(new VoiceGain(), [1, 1])).toEqual(new Float32Array(2 * BLOCK).fill(0.1));
  });

  it('is there from a voice’s first sample on', () => {
    expect(blocks(new VoiceGain(), [4])[0]).toBeCloseTo(0.4, 6);
  });

  it('goes over to another one within a block, without a step', () => {
    const out = blocks(new VoiceGain(), [1, 8, 8, 0.25, 0.25]);
    expect(out[BLOCK - 1]).toBeCloseTo(0.1, 6);
    expect(out[2 * BLOCK]).toBeCloseTo(0.8, 5);
    expect(out.at(-1)).toBeCloseTo(0.025, 6);
    const steps = out.subarray(1).map((x, i) => Math.abs(x - (out[i] as number)));
    expect(Math.max(...steps)).toBeLessThan(0.0013);
  });

  it('brings nothing over full scale', () => {
    const voice = (): Float32Array => Float32Array.from({ length: BLOCK }, (_, i) => 0.5 * Math.sin((2 * Math.PI * i) / 160));
    const out = blocks(new VoiceGain(), [30, 30, 10], voice);
    expect(out.every((x) => Math.abs(x) < 1)).toBe(true);
    expect(Math.max(...out.subarray(BLOCK))).toBeGreaterThan(0.85);
  });
});
