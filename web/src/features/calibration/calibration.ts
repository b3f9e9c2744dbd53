// The measuring of the sound card's round trip, as one sees it: at rest, waiting for a song's end, listening, measured, or refused with a reason. What was
// measured becomes the correction of the pair of microphone and loudspeaker that is in use.
import { signal, type Signal } from '@preact/signals';
import { hearProbe, tapProbe } from '../../audio/engine/probe_run.js';
import type { Engine } from '../../audio/engine/engine.js';
import type { Verdict } from '../../audio/shared/open_loudspeaker.js';
import { roundTripOf, type Refusal, type RoundTripResult } from '../../audio/shared/round_trip.js';
import { QUICK_ONSETS } from '../../audio/shared/round_trip_probe.js';
import { roundTripOfTaps, tappedRoundTrip, type TapRefusal, type TapResult } from '../../audio/shared/round_trip_taps.js';
import { Measuring, type AnyMeasuring } from '../sound/measuring.js';
import type { OwnMicrophone } from '../sound/own_microphone.js';

/** chirps: all of them; quick: a few, to see whether what is known is still right; clicks: one taps the microphone; keys: a key or the screen. */
export type Way = 'chirps' | 'quick' | 'clicks' | 'keys';

type OwnState =
  /** It begins by itself when the song is over. */
  | { kind: 'waiting' }
  /** `share`: of the time, from 0 to 1. */
  | { kind: 'listening'; way: Way; share: number }
  | { kind: 'measured'; way: Way; ms: number; spreadMs: number }
  /** The quick way found what is known. */
  | { kind: 'confirmed'; ms: number }
  /** It found something else. */
  | { kind: 'differs'; ms: number; knownMs: number }
  | { kind: 'refused'; reason: Refusal | TapRefusal };
export type CalibrationState = OwnState | AnyMeasuring;

/** A song in which the microphone heard the loudspeaker, and not when it should have. */
export interface Doubt {
  foundMs: number;
  usedMs: number;
}

/** What the quick way may differ by. */
const AGREES_MS = 2;
/** What a song may differ by: some metres of air lie between loudspeaker and microphone. */
const MOST_OFF_MS = 5;
/** Looks, a second apart, that have to say the same. */
const LOOKS = 5;

export class Calibration extends Measuring<OwnState> {
  readonly doubt: Signal<Doubt | null> = signal(null);
  private looksOff = 0;
  /** Times of performance.now(). */
  private taps: number[] = [];

  constructor(
    microphone: OwnMicrophone,
    sound: () => Promise<Engine>,
    private readonly hear: typeof hearProbe = hearProbe,
    private readonly hearTaps: typeof tapProbe = tapProbe,
  ) {
    super(microphone, sound);
    microphone.correction.ms.subscribe(() => this.trust());
  }

  /** Plays, listens and reckons: two seconds the quick way, five with all chirps, ten with clicks to which one taps. Where it is refused, nothing changes. */
  start(way: Way): Promise<void> {
    this.taps = [];
    return this.run(
      { kind: 'listening', way, share: 0 },
      (engine, aborted, show) => this.result(way, engine, aborted, (share) => show({ kind: 'listening', way, share })),
      (result, engine) => this.reckon(way, result, engine),
    );
  }

  /** A key or the screen was tapped, at a time of performance.now(). */
  tap(ms: number): void {
    this.taps.push(ms);
  }

  /** A song lasts: all chirps are played as soon as it is over. */
  waitForSongEnd(): void {
    this.stop();
    this.state.value = { kind: 'waiting' };
  }

  /** What waited for a song's end begins. */
  override songLasts(lasts: boolean): void {
    super.songLasts(lasts);
    if (!lasts && this.state.value.kind === 'waiting') void this.start('chirps');
  }

  /** Once a second in a song: where the microphone hears the loudspeaker anyway, the round trip that is used is checked. */
  overhear(verdict: Verdict, usedMs: number): void {
    if (verdict.kind !== 'open') return;
    if (Math.abs(verdict.delayMs - usedMs) <= MOST_OFF_MS) return this.trust();
    if (++this.looksOff < LOOKS) return;
    if (this.doubt.value === null) this.putAway.value = false;
    this.doubt.value = { foundMs: verdict.delayMs, usedMs };
  }

  private trust(): void {
    this.looksOff = 0;
    this.doubt.value = null;
  }

  private reckon(way: Way, result: RoundTripResult | TapResult, engine: Engine): OwnState {
    if (result.kind === 'refused') return { kind: 'refused', reason: result.reason };
    const { outputMs, baseMs, inputMs, totalMs } = engine.roundTrip();
    if (way === 'quick') {
      if (Math.abs(result.ms - totalMs) > AGREES_MS) return { kind: 'differs', ms: result.ms, knownMs: totalMs };
      this.trust();
      return { kind: 'confirmed', ms: totalMs };
    }
    // Keys tell nothing of the way from the microphone: there, what the browser says of it stays.
    const ms = way === 'keys' ? result.ms + inputMs : result.ms;
    this.microphone.correction.set(tenth(ms - outputMs - baseMs - inputMs), way === 'chirps' ? 'measured' : 'tapped');
    this.trust();
    return { kind: 'measured', way, ms, spreadMs: result.spreadMs };
  }

  /** Null: interrupted. */
  private async result(
    way: Way,
    engine: Engine,
    aborted: AbortSignal,
    progress: (share: number) => void,
  ): Promise<RoundTripResult | TapResult | null> {
    if (way === 'keys') {
      const taps = await this.hearTaps(engine, () => this.taps, aborted, progress);
      return taps && roundTripOfTaps(taps);
    }
    const heard = await this.hear(way, engine, aborted, progress);
    if (heard === null) return null;
    if (way === 'clicks') return tappedRoundTrip(heard);
    return way === 'quick' ? roundTripOf(heard, QUICK_ONSETS) : roundTripOf(heard);
  }
}

/** Kept and shown so: far finer than a round trip is steady. */
function tenth(ms: number): number {
  return Math.round(ms * 10) / 10;
}
