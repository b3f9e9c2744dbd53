// What the console shows: faders and who is soloed, as the server tells them, and how loud everybody is. Levels come five times a second and are no
// signal: whoever draws them asks for them.
import { signal } from '@preact/signals';
import type { Faders, ServerMessage } from '../../wire/control/control.js';

export interface Levels {
  /** dB below full scale: the largest sample, the voice as it came, and as it is heard. */
  peakDb: number;
  beforeDb: number;
  afterDb: number;
  /** While she does not sing; null: not known yet. */
  noiseDb: number | null;
  /** How often she was at full scale since the console was opened. */
  clips: number;
  /** When she was last. */
  clippedMs: number;
  loopMs: number | null;
  latePercent: number;
  /** When this came. */
  atMs: number;
}

/** After so long without a word she is silent. */
export const SILENT_AFTER_MS = 700;
/** A louder noise is told. */
export const HISS_DB = -50;
/** So long a clip is shown. */
export const CLIP_SHOWN_MS = 5_000;

export class ConsoleBoard {
  readonly faders = signal<Faders>({ volumes: {}, parts: {}, solo: [], late: {} });
  /** What one hears oneself, and the solo mix's offset. */
  readonly listening = signal<{ solo: boolean; offsetBlocks: number | null }>({ solo: false, offsetBlocks: null });
  private readonly levels = new Map<string, Levels>();

  take(message: ServerMessage, nowMs: number): void {
    if (message.type === 'console') {
      const { volumes, parts, solo, late = {} } = message;
      this.faders.value = { volumes, parts, solo, late };
    } else if (message.type === 'listening') {
      this.listening.value = { solo: message.to === 'solo', offsetBlocks: message.offset_blocks };
    } else if (message.type === 'levels') {
      for (const [id, peakDb, beforeDb, afterDb, noiseDb, clips, loopMs, latePercent] of message.people) {
        const before = this.levels.get(id);
        this.levels.set(id, {
          peakDb,
          beforeDb,
          afterDb,
          noiseDb,
          clips: (before?.clips ?? 0) + clips,
          clippedMs: clips > 0 ? nowMs : (before?.clippedMs ?? -Infinity),
          loopMs,
          latePercent,
          atMs: nowMs,
        });
      }
    } else if (message.type === 'welcome') {
      // Another connection: the server knows of nothing that one listens to.
      this.listening.value = { solo: false, offsetBlocks: null };
    } else if (message.type === 'gone') {
      this.levels.delete(message.id);
    }
  }

  /** Null: nothing has been heard of her yet. */
  of(id: string): Levels | null {
    return this.levels.get(id) ?? null;
  }

  /** Clips are counted anew. */
  reset(): void {
    this.levels.clear();
  }

  volumeOf(id: string): number {
    return this.faders.value.volumes[id] ?? 1;
  }

  partVolume(part: string): number {
    return this.faders.value.parts[part] ?? 1;
  }

  /** In how many songs of the evening she was too late, and in how many she sang; null: in none. */
  lateSongs(id: string): readonly [late: number, songs: number] | null {
    return this.faders.value.late?.[id] ?? null;
  }

  isSoloed(id: string): boolean {
    return this.faders.value.solo.includes(id);
  }
}

/** Whether she was heard just now. */
export function sounds(levels: Levels | null, nowMs: number): levels is Levels {
  return levels !== null && nowMs - levels.atMs < SILENT_AFTER_MS;
}
