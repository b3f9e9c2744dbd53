// What is found of an open loudspeaker in a rendered song.
import { HEARD_SAMPLES, LEAK_RATE, LeakCorrelation, PLAYED_SAMPLES, type Leaks } from '../../../src/audio/shared/leak_correlation.js';
import { OpenLoudspeaker, type Verdict } from '../../../src/audio/shared/open_loudspeaker.js';
import { render, type Scene } from './rendered_song.js';

export interface Judged {
  /** After all. */
  verdict: Verdict;
  /** The first time that it was found open, in seconds; null: never. */
  openAtS: number | null;
  /** Of the delay that was found then. */
  errorMs: number;
  levelDb: number;
}

const correlation = new LeakCorrelation();

export function leaksOf(played: Float32Array, heard: Float32Array): Leaks {
  const steps = correlation.inSteps(played, heard);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

export function judged(scene: Scene): Judged {
  const { played, heard } = render(scene);
  const judge = new OpenLoudspeaker();
  const result: Judged = { verdict: judge.verdict(), openAtS: null, errorMs: NaN, levelDb: NaN };
  for (let end = PLAYED_SAMPLES; end <= played.length; end += HEARD_SAMPLES) {
    const window = [played.subarray(end - PLAYED_SAMPLES, end), heard.subarray(end - HEARD_SAMPLES, end)] as const;
    if (!judge.worthwhile(...window)) continue;
    judge.add(leaksOf(...window));
    result.verdict = judge.verdict();
    if (result.verdict.kind !== 'open' || result.openAtS !== null) continue;
    result.openAtS = end / LEAK_RATE;
    result.errorMs = Math.abs(result.verdict.delayMs - scene.delayMs);
    result.levelDb = result.verdict.levelDb;
  }
  return result;
}
