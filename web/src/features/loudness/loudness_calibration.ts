// The measuring of how loud one sings, as one sees it: at rest, listening, measured, or refused with a reason. What was found becomes the gain of one's
// own voice with the microphone and loudspeaker that are in use.
import { signal, type Signal } from '@preact/signals';
import type { Engine } from '../../audio/engine/engine.js';
import { hearVoice } from '../../audio/engine/voice_run.js';
import { voiceLoudness, type LoudnessRefusal } from '../../audio/shared/voice_loudness.js';
import type { OwnMicrophone } from '../sound/own_microphone.js';

export type LoudnessState =
  | { kind: 'rest' }
  /** `share`: of the time, from 0 to 1. */
  | { kind: 'listening'; share: number }
  | { kind: 'measured'; gainDb: number }
  | { kind: 'refused'; reason: LoudnessRefusal | 'interrupted' | 'song' };

const REST: LoudnessState = { kind: 'rest' };

export class LoudnessCalibration {
  readonly state: Signal<LoudnessState> = signal(REST);
  /** Measuring is not offered in the room any more. */
  readonly putAway = signal(false);
  private running: AbortController | null = null;

  constructor(
    private readonly microphone: OwnMicrophone,
    private readonly sound: () => Promise<Engine>,
    private readonly hear: typeof hearVoice = hearVoice,
  ) {
    // What was measured is of one microphone.
    microphone.used.subscribe(() => this.stop());
  }

  /** Listens for some seconds and reckons. Where it is refused, nothing changes. */
  async start(): Promise<void> {
    this.stop();
    const run = new AbortController();
    this.running = run;
    this.state.value = { kind: 'listening', share: 0 };
    const done = await this.measured(run.signal).catch((): LoudnessState => ({ kind: 'refused', reason: 'interrupted' }));
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

  private async measured(aborted: AbortSignal): Promise<LoudnessState> {
    const engine = await this.sound();
    engine.resume();
    const used = this.microphone.used.peek();
    const heard = await this.hear(engine, aborted, (share) => {
      if (!aborted.aborted) this.state.value = { kind: 'listening', share };
    });
    if (heard === null || aborted.aborted || used === null || used.id !== this.microphone.used.peek()?.id)
      return { kind: 'refused', reason: 'interrupted' };
    const found = voiceLoudness(heard);
    if (found.kind === 'refused') return { kind: 'refused', reason: found.reason };
    this.microphone.gain.set(found.gainDb, 'measured');
    return { kind: 'measured', gainDb: this.microphone.gain.db.value };
  }
}
