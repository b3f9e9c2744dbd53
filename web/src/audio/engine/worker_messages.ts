// What page and codec worker say to each other. All of the sound goes through shared memory instead.
import type { ConnectionState } from '../../net/connection.js';
import type { Command, Hello, ServerMessage } from '../../wire/control/control.js';
import type { BlockTrace } from '../shared/loop_trace.js';
import type { Verdict } from '../shared/open_loudspeaker.js';
import type { PlayoutCounters } from '../playback/playout.js';
import type { ReceiverCounters } from '../playback/receiver.js';
import type { PositionMark } from '../shared/recorder.js';
import type { SenderCounters } from '../capture/sender.js';
import type { SharedSound } from '../shared/shared_sound.js';

/** What one hears, or one's own voice at the positions to which it belongs. */
export type Recorded = 'heard' | 'sung';

export type ToWorker =
  | { kind: 'start'; shared: SharedSound; url: string }
  | { kind: 'enter'; hello: Hello }
  | { kind: 'leave' }
  | { kind: 'hurry' }
  | { kind: 'command'; command: Command }
  /** Frames from loudspeaker to microphone, and whether there is a microphone from which something comes; may be another one. */
  | { kind: 'microphone'; connected: boolean; roundTripFrames: number }
  /** The audio context runs, and has rendered nothing behind `frame` yet, or stands still; answered by `done`. */
  | { kind: 'sound'; id: number; running: boolean; frame: number }
  | { kind: 'record'; what: Recorded }
  | { kind: 'stop_record'; id: number; what: Recorded }
  | { kind: 'stats'; id: number }
  | { kind: 'trace'; id: number };

/** For people who help others, and for tests. */
export interface WorkerStats {
  frame: number;
  heardPosition: number | null;
  anchor: { generation: number; offset: number; audibleFrom: number; end: number | null } | null;
  /** Frames that should have been heard but were not there, and that the browser's clock left out. */
  missingFrames: number;
  skippedFrames: number;
  receiver: ReceiverCounters;
  playout: PlayoutCounters;
  sender: SenderCounters | null;
  encoderDelay: number | null;
  /** Whether the microphone hears it. */
  loudspeaker: Verdict;
  network: { roundTripMs: number | null; reconnects: number; malformed: number; droppedSound: number };
}

export type FromWorker =
  | { kind: 'ready'; canEncode: boolean }
  | { kind: 'connection'; connection: ConnectionState }
  | { kind: 'message'; message: ServerMessage }
  /** The server's now was `position` at `atMs` (epoch). */
  | { kind: 'clock'; position: number; atMs: number }
  | { kind: 'recording'; id: number; left: Float32Array<ArrayBuffer>; right: Float32Array<ArrayBuffer>; marks: PositionMark[] }
  /** Whether the microphone hears the loudspeaker: on every change, and once a second while it does. */
  | { kind: 'loudspeaker'; verdict: Verdict }
  | { kind: 'done'; id: number }
  | { kind: 'stats'; id: number; stats: WorkerStats }
  /** Times count from `originMs` (epoch). */
  | { kind: 'trace'; id: number; originMs: number; blocks: BlockTrace[] }
  | { kind: 'failed'; message: string };
