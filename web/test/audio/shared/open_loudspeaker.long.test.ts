// Over a thousand rendered songs: how many open loudspeakers are found, and how many alarms are false. Run by name: npm run test:long.
import { expect, it } from 'vitest';
import { FOUND, HEADPHONES, seeds, unfound, alarms } from './loudspeaker_cases.js';

const EACH = 150;

for (const [name, change] of FOUND) {
  it(`at least 98 % of the open loudspeakers are found: ${name}`, () => {
    const missed = unfound(seeds(EACH, 10_001), change);
    expect(missed.length, missed.join(', ')).toBeLessThanOrEqual(0.02 * EACH);
  }, 600_000);
}

for (const [name, change] of HEADPHONES) {
  it(`no alarm is false: ${name}`, () => {
    expect(alarms(seeds(EACH, 20_001), change)).toEqual([]);
  }, 600_000);
}
