// The measuring of the sound card's round trip, as one sees it: at rest, waiting for a song's end, listening, measured, or refused with a reason. What was
// measured becomes the correction of the pair of microphone and loudspeaker that is in use.
import { signal, type Signal } from '@preact/signals';
import { hearProbe, tapProbe } from '../../audio/engine/probe_run.js';
import type { Engine } from '../../audio/engine/engine.js';
import type { Verdict } from '../../audio/shared/open_loudspeaker.js';
import { roundTripOf, type Refusal, type RoundTripResult } from '../../audio/shared/round_trip.js';
import { QUICK_ONSETS } from '../../audio/shared/round_trip_probe.js';
import { roundTripOfTaps, tappedRoundTrip, type TapRefusal, type TapResult } from '../../audio/shared/round_trip_taps.js';
import type { OwnMicrophone } from '../sound/own_microphone.js';

/** chirps: all of them; quick: a few, to see whether what is known is still right; clicks: one taps the microphone; keys: a key or the screen. */
export type Way = 'chirps' | 'quick' | 'clicks' | 'keys';

export type CalibrationState =
  | { kind: 'rest' }
  /** It begins by itself when the song is over. */
  | { kind: 'waiting' }
  /** `share`: of the time, from 0 to 1. */
  | { kind: 'listening'; way: Way; share: number }
  | { kind: 'measured'; way: Way; ms: number; spreadMs: number }
  /** The quick way found what is known. */
  | { kind: 'confirmed'; ms: number }
  /** It found something else. */
  | { kind: 'differs'; ms: number; knownMs: number }
  | { kind: 'refused'; reason: Refusal | TapRefusal | 'interrupted' | 'song' };

/** A song in which the microphone heard the loudspeaker, and not when it should have. */
export interface Doubt {
  foundMs: number;
  usedMs: number;
}

const REST: CalibrationState = { kind: 'rest' };
/** What the quick way may differ by. */
const AGREES_MS = 2;
/** What a song may differ by: some metres of air lie between loudspeaker and microphone. */
const MOST_OFF_MS = 5;
/** Looks, a second apart, that have to say the same. */
const LOOKS = 5;

export class Calibration {
  readonly state: Signal<CalibrationState> = signal(REST);
  /** Measuring is not offered in the room any more. */
  readonly putAway = signal(false);
  readonly doubt: Signal<Doubt | null> = signal(null);
  private running: AbortController | null = null;
  private looksOff = 0;
  /** Times of performance.now(). */
  private taps: number[] = [];

  constructor(
    private readonly microphone: OwnMicrophone,
    private readonly sound: () => Promise<Engine>,
    private readonly hear: typeof hearProbe = hearProbe,
    private readonly hearTaps: typeof tapProbe = tapProbe,
  ) {
    // What was measured is of one pair of devices.
    microphone.used.subscribe(() => this.stop());
    microphone.correction.ms.subscribe(() => this.trust());
  }

  /** Plays, listens and reckons: two seconds the quick way, five with all chirps, ten with clicks to which one taps. Where it is refused, nothing changes. */
  async start(way: Way): Promise<void> {
    this.stop();
    const run = new AbortController();
    this.running = run;
    this.taps = [];
    this.state.value = { kind: 'listening', way, share: 0 };
    const done = await this.measured(way, run.signal).catch((): CalibrationState => ({ kind: 'refused', reason: 'interrupted' }));
    if (run.signal.aborted) return;
    this.running = null;
    this.state.value = done;
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

  /** What is being measured is broken off by a song, and that is said; what waited for its end begins. */
  songLasts(lasts: boolean): void {
    if (!lasts) {
      if (this.state.value.kind === 'waiting') void this.start('chirps');
    } else if (this.running) {
      this.stop();
      this.state.value = { kind: 'refused', reason: 'song' };
    }
  }

  stop(): void {
    this.running?.abort();
    this.running = null;
    this.state.value = REST;
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

  private async measured(way: Way, aborted: AbortSignal): Promise<CalibrationState> {
    const engine = await this.sound();
    engine.resume();
    const used = this.microphone.used.peek();
    const result = await this.result(way, engine, aborted);
    if (result === null || aborted.aborted || used === null || used.id !== this.microphone.used.peek()?.id)
      return { kind: 'refused', reason: 'interrupted' };
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
  private async result(way: Way, engine: Engine, aborted: AbortSignal): Promise<RoundTripResult | TapResult | null> {
    const progress = (share: number): void => {
      if (!aborted.aborted) this.state.value = { kind: 'listening', way, share };
    };
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
