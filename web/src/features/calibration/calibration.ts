// The measuring of the sound card's round trip, as one sees it: at rest, listening, measured, or refused with a reason. What was measured becomes the
// correction of the pair of microphone and loudspeaker that is in use.
import { signal, type Signal } from '@preact/signals';
import { hearProbe } from '../../audio/engine/probe_run.js';
import type { Engine } from '../../audio/engine/engine.js';
import { roundTripOf, type Refusal } from '../../audio/shared/round_trip.js';
import type { ProbeName } from '../../audio/shared/probes.js';
import { tappedRoundTrip, type TapRefusal } from '../../audio/shared/round_trip_taps.js';
import type { OwnMicrophone } from '../sound/own_microphone.js';

export type CalibrationState =
  | { kind: 'rest' }
  /** `share`: of the time, from 0 to 1. */
  | { kind: 'listening'; way: ProbeName; share: number }
  | { kind: 'measured'; way: ProbeName; ms: number; spreadMs: number }
  | { kind: 'refused'; reason: Refusal | TapRefusal | 'interrupted' | 'song' };

const REST: CalibrationState = { kind: 'rest' };

export class Calibration {
  readonly state: Signal<CalibrationState> = signal(REST);
  /** Measuring is not offered in the room any more. */
  readonly putAway = signal(false);
  private running: AbortController | null = null;

  constructor(
    private readonly microphone: OwnMicrophone,
    private readonly sound: () => Promise<Engine>,
    private readonly hear: typeof hearProbe = hearProbe,
  ) {
    // What was measured is of one pair of devices.
    microphone.used.subscribe(() => this.stop());
  }

  /** Plays, listens and reckons: five seconds with chirps, ten with clicks to which one taps. Where it is refused, nothing changes. */
  async start(way: ProbeName): Promise<void> {
    this.stop();
    const run = new AbortController();
    this.running = run;
    this.state.value = { kind: 'listening', way, share: 0 };
    const done = await this.measured(way, run.signal).catch((): CalibrationState => ({ kind: 'refused', reason: 'interrupted' }));
    if (run.signal.aborted) return;
    this.running = null;
    this.state.value = done;
  }

  /** A song begins: what is being measured is broken off, and that is said. */
  giveWay(): void {
    if (!this.running) return;
    this.stop();
    this.state.value = { kind: 'refused', reason: 'song' };
  }

  stop(): void {
    this.running?.abort();
    this.running = null;
    this.state.value = REST;
  }

  private async measured(way: ProbeName, aborted: AbortSignal): Promise<CalibrationState> {
    const engine = await this.sound();
    engine.resume();
    const used = this.microphone.used.peek();
    const heard = await this.hear(way, engine, aborted, (share) => {
      if (!aborted.aborted) this.state.value = { kind: 'listening', way, share };
    });
    if (heard === null || aborted.aborted || used === null || used.id !== this.microphone.used.peek()?.id)
      return { kind: 'refused', reason: 'interrupted' };
    const result = way === 'chirps' ? roundTripOf(heard) : tappedRoundTrip(heard);
    if (result.kind === 'refused') return { kind: 'refused', reason: result.reason };
    const { outputMs, baseMs, inputMs } = engine.roundTrip();
    this.microphone.correction.set(tenth(result.ms - outputMs - baseMs - inputMs), way === 'chirps' ? 'measured' : 'tapped');
    return { kind: 'measured', way, ms: result.ms, spreadMs: result.spreadMs };
  }
}

/** Kept and shown so: far finer than a round trip is steady. */
function tenth(ms: number): number {
  return Math.round(ms * 10) / 10;
}
