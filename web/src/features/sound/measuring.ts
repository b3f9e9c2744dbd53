// A measuring with one's own microphone, as one sees it: at rest, listening, and what came of it. One at a time, broken off by a song, by another
// microphone, and when it is stopped.
import { signal, type Signal } from '@preact/signals';
import type { Engine } from '../../audio/engine/engine.js';
import type { OwnMicrophone } from './own_microphone.js';

/** What each measuring can come to, beside what is its own. */
export type AnyMeasuring = { kind: 'rest' } | { kind: 'refused'; reason: 'interrupted' | 'song' };

const REST: AnyMeasuring = { kind: 'rest' };
const INTERRUPTED: AnyMeasuring = { kind: 'refused', reason: 'interrupted' };

export abstract class Measuring<Own extends { kind: string }> {
  readonly state: Signal<Own | AnyMeasuring> = signal<Own | AnyMeasuring>(REST);
  /** It is not offered in the room any more. */
  readonly putAway = signal(false);
  private running: AbortController | null = null;

  constructor(
    protected readonly microphone: OwnMicrophone,
    private readonly sound: () => Promise<Engine>,
  ) {
    // What was measured is of one microphone.
    microphone.used.subscribe(() => this.stop());
  }

  /** A song lasts, or none does: what is being measured is broken off, and that is said. */
  songLasts(lasts: boolean): void {
    if (!lasts || !this.running) return;
    this.stop();
    this.state.value = { kind: 'refused', reason: 'song' };
  }

  stop(): void {
    this.running?.abort();
    this.running = null;
    this.state.value = REST;
  }

  /** `hear` listens (null: it was interrupted) and shows how far it is; `found` says what comes of it, while the same microphone is in use. */
  protected async run<Heard>(
    begin: Own,
    hear: (engine: Engine, aborted: AbortSignal, show: (state: Own) => void) => Promise<Heard | null>,
    found: (heard: Heard, engine: Engine) => Own,
  ): Promise<void> {
    this.stop();
    const run = new AbortController();
    this.running = run;
    this.state.value = begin;
    const done = await this.measured(run.signal, hear, found).catch(() => INTERRUPTED);
    if (run.signal.aborted) return;
    this.running = null;
    this.state.value = done;
  }

  private async measured<Heard>(
    aborted: AbortSignal,
    hear: (engine: Engine, aborted: AbortSignal, show: (state: Own) => void) => Promise<Heard | null>,
    found: (heard: Heard, engine: Engine) => Own,
  ): Promise<Own | AnyMeasuring> {
    const engine = await this.sound();
    engine.resume();
    const used = this.microphone.used.peek();
    const heard = await hear(engine, aborted, (state) => {
      if (!aborted.aborted) this.state.value = state;
    });
    if (heard === null || aborted.aborted || used === null || used.id !== this.microphone.used.peek()?.id) return INTERRUPTED;
    return found(heard, engine);
  }
}
