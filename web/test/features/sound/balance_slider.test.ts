import { describe, expect, it } from 'vitest';
import { balanceOf, balanceWords, MOST_BALANCE, volumeOfBalance } from '../../../src/features/sound/balance_slider.js';

describe('the slider of one’s own balance', () => {
  it('stands in its middle where nothing was changed', () => {
    expect(balanceOf(1)).toBe(MOST_BALANCE / 2);
    expect(balanceWords(1)).toBe('as loud as the voices');
  });

  it('goes from silence to 15 dB louder, ever louder', () => {
    expect(balanceWords(volumeOfBalance(0))).toBe('silent');
    expect(balanceWords(volumeOfBalance(0.5))).toBe('15 dB softer');
    expect(balanceWords(volumeOfBalance(MOST_BALANCE))).toBe('15 dB louder');
    for (let at = 0; at < MOST_BALANCE; at += 0.1) expect(volumeOfBalance(at + 0.1)).toBeGreaterThan(volumeOfBalance(at));
  });

  it('shows what was remembered', () => {
    for (const volume of [0, 0.3, 1, 1.2, 1.5]) expect(volumeOfBalance(balanceOf(volume))).toBeCloseTo(volume, 9);
  });
});
