// What this page knows of its own sound: for "Copy technical details", and for tests (window.roundelayStats, window.roundelayRecord).
import type { BucketNumber } from '../units.js';
import type { RoundTrip } from '../audio/engine/engine.js';
import type { BlockTrace } from '../audio/shared/loop_trace.js';
import type { Recording } from '../audio/shared/recorder.js';
import type { Recorded, WorkerStats } from '../audio/engine/worker_messages.js';
import type { Session } from './session.js';

export interface Details {
  version: string;
  browser: string;
  room: string;
  connection: string;
  bucket: BucketNumber | null;
  role: string | null;
  context: { state: string; sampleRate: number };
  roundTrip: RoundTrip;
  /** As the server measures it, over the whole way. */
  loop: { loopMs: number; latePercent: number } | null;
  /** What this client adds to the loop time, part by part, in ms. */
  parts: { networkMs: number | null; bufferMs: number; roundTripMs: number; blockMs: number; encodeMs: number };
  gaps: number;
  sound: WorkerStats;
}

declare global {
  interface Window {
    roundelayStats?: () => Promise<Details | null>;
    /** The way of the last blocks through this page, for measuring its latency. */
    roundelayTrace?: () => Promise<BlockTrace[]>;
    /** Records what is heard, or one's own voice at its positions, for `seconds`. */
    roundelayRecord?: (seconds: number, what: Recorded) => Promise<Recording | null>;
  }
}

const BLOCK_MS = 20;

export async function detailsOf(session: Session): Promise<Details | null> {
  const engine = session.soundNow;
  if (!engine) return null;
  const sound = await engine.stats();
  const roundTrip = engine.roundTrip();
  const room = session.room.value;
  const you = room?.people.find((person) => person.id === room.you) ?? null;
  return {
    version: VERSION,
    browser: navigator.userAgent,
    room: session.roomId,
    connection: session.connection.value?.state ?? 'none',
    bucket: you?.bucket ?? null,
    role: you?.role ?? null,
    context: { state: engine.context.state, sampleRate: engine.context.sampleRate },
    roundTrip,
    loop: room?.loop ?? null,
    parts: {
      networkMs: sound.network.roundTripMs,
      bufferMs: sound.playout.targetMs,
      roundTripMs: roundTrip.totalMs,
      blockMs: BLOCK_MS,
      encodeMs: sound.sender?.encodeMs ?? 0,
    },
    gaps: sound.playout.shifts + sound.receiver.blocksLost,
    sound,
  };
}

export function offerDetails(session: Session): void {
  window.roundelayStats = () => detailsOf(session);
  window.roundelayTrace = async () => (await session.soundNow?.trace()) ?? [];
  window.roundelayRecord = async (seconds, what) => {
    const engine = session.soundNow;
    if (!engine) return null;
    engine.startRecording(what);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return engine.stopRecording(what);
  };
}
