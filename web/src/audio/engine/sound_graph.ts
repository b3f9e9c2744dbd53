// One audio context with its worklet and, while there is one, the microphone. It lives as long as the browser keeps its sound going; the engine makes
// another one then. Runs on the main thread.
import { SAMPLE_RATE } from '../../units.js';
import { FrameCounter } from '../shared/frame_counter.js';
import { PLAYED_FRAMES } from '../shared/played_ring.js';
import type { SharedSound, WorkletOptions } from '../shared/shared_sound.js';
import type { SoundState } from '../shared/sound_state.js';

/** The parts of the browser that make sound, for tests to replace. */
export interface SoundMaker {
  context(): AudioContext;
  /** Loads the worklet's script. */
  load(context: AudioContext): Promise<void>;
  node(context: AudioContext, options: WorkletOptions): AudioWorkletNode;
}

/** Why there is no sound: the page's own scripts did not come (it is out of date, or the network failed), or the browser makes no sound. */
export class SoundFault extends Error {
  constructor(
    readonly kind: 'page' | 'sound',
    cause: unknown,
  ) {
    super(String(cause));
  }
}

/** Numbers the frames of all the graphs that work on the same memory: each goes on behind the last. */
export class GraphCount {
  private readonly frames = new FrameCounter();
  private owner = 0;
  private firstFrame = 0;

  constructor(private readonly state: SoundState) {}

  /** At least every 12 hours (FrameCounter). */
  note(): number {
    return this.frames.unwrap(this.state.frame);
  }

  /** Ends the worklet before, and numbers the next one. What rings hold of the last one lies a ring's length back, and is never taken for new. */
  next(shared: SharedSound): WorkletOptions {
    this.firstFrame = this.owner === 0 ? 0 : this.behind + PLAYED_FRAMES;
    this.state.owner = ++this.owner;
    return { shared, firstFrame: this.firstFrame, owner: this.owner };
  }

  /** Nothing behind this frame was rendered yet. */
  get behind(): number {
    return Math.max(this.firstFrame, this.note());
  }
}

export class SoundGraph {
  private source: MediaStreamAudioSourceNode | null = null;

  private constructor(
    readonly context: AudioContext,
    private readonly node: AudioWorkletNode,
  ) {}

  /** Rejects with a SoundFault; nothing is left open then. */
  static async open(maker: SoundMaker, options: WorkletOptions, mostMs: number): Promise<SoundGraph> {
    let context: AudioContext | null = null;
    let kind: SoundFault['kind'] = 'sound';
    try {
      context = maker.context();
      kind = 'page';
      await within(mostMs, maker.load(context));
      const node = maker.node(context, options);
      node.connect(context.destination);
      return new SoundGraph(context, node);
    } catch (error) {
      void context?.close().catch(() => undefined);
      throw new SoundFault(kind, error);
    }
  }

  /** `changed`: the context runs or does not any more; `broken`: there will be no more sound of it. */
  watch(changed: () => void, broken: () => void): void {
    this.context.onstatechange = () => (this.context.state === 'closed' ? broken() : changed());
    // Of a device that failed: newer than TypeScript's library.
    this.context.addEventListener('error', broken);
    this.node.onprocessorerror = broken;
  }

  /** Throws where the browser cannot take this stream. */
  connect(stream: MediaStream): void {
    const source = this.context.createMediaStreamSource(stream);
    this.disconnect();
    source.connect(this.node);
    this.source = source;
  }

  disconnect(): void {
    this.source?.disconnect();
    this.source = null;
  }

  /** Resolves when it has ended. */
  play(channels: Float32Array<ArrayBuffer>[]): Promise<void> {
    const { context } = this;
    const buffer = context.createBuffer(channels.length, (channels[0] as Float32Array).length, SAMPLE_RATE);
    channels.forEach((samples, channel) => buffer.copyToChannel(samples, channel));
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    return new Promise((resolve) => {
      source.onended = () => resolve();
      source.start();
    });
  }

  async close(): Promise<void> {
    this.context.onstatechange = null;
    this.node.onprocessorerror = null;
    this.disconnect();
    this.node.disconnect();
    if (this.context.state !== 'closed') await this.context.close();
  }
}

/** Rejects after `ms`. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
