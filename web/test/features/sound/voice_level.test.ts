import { describe, expect, it } from 'vitest';
import { levelWords, VoiceLevels, type VoiceLevel } from '../../../src/features/sound/voice_level.js';

const amplitude = (db: number): number => 10 ** (db / 20);

/** The verdict after each look, 100 ms apart. */
function verdicts(rmsDb: number[], crestDb = 12): VoiceLevel[] {
  const levels = new VoiceLevels();
  return rmsDb.map((db, i) => levels.look({ rms: amplitude(db), peak: amplitude(db + crestDb) }, i * 100));
}
const during = (db: number, looks: number): number[] => Array.from({ length: looks }, () => db);

describe('how loud a voice is at the door', () => {
  it('is not judged before there is a voice', () => {
    expect(new Set(verdicts(during(-60, 50)))).toEqual(new Set(['unheard']));
    expect(verdicts([-Infinity])).toEqual(['unheard']);
  });

  it.each<[number, VoiceLevel]>([
    [-45, 'soft'],
    [-30, 'well'],
    [-18, 'well'],
    [-14, 'loud'],
    [-6, 'loud'],
  ])('at %s dBFS is %s', (db, verdict) => {
    expect(verdicts(during(db, 5)).at(-1)).toBe(verdict);
  });

  it('stays what it was between words and in a pause, and does not flicker', () => {
    const sung = [...during(-25, 5), ...during(-70, 60)];
    expect(new Set(verdicts(sung))).toEqual(new Set(['well']));
    const words = Array.from({ length: 20 }, () => [-25, -45, -60]).flat();
    expect(new Set(verdicts(words))).toEqual(new Set(['well']));
  });

  it('follows within two seconds: softer, louder, and not too loud any more', () => {
    expect(verdicts([...during(-25, 10), ...during(-45, 21)]).at(-1)).toBe('soft');
    expect(verdicts([...during(-45, 10), -10]).at(-1)).toBe('loud');
    expect(verdicts([-10, ...during(-25, 21)]).at(-1)).toBe('well');
    expect(verdicts([-10, ...during(-70, 21)]).at(-1)).toBe('well');
  });

  it('has words of its own for each', () => {
    const all: VoiceLevel[] = ['unheard', 'soft', 'well', 'loud'];
    expect(new Set(all.map(levelWords)).size).toBe(4);
  });
});
