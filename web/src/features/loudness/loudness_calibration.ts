// The measuring of how loud one sings, as one sees it: at rest, listening, measured, or refused with a reason. What was found becomes the gain of one's
// own voice with the microphone and loudspeaker that are in use.
import type { Engine } from '../../audio/engine/engine.js';
import { hearVoice } from '../../audio/engine/voice_run.js';
import { voiceLoudness, type LoudnessRefusal } from '../../audio/shared/voice_loudness.js';
import { Measuring, type AnyMeasuring } from '../sound/measuring.js';
import type { OwnMicrophone } from '../sound/own_microphone.js';

type OwnState =
  /** `share`: of the time, from 0 to 1. */
  { kind: 'listening'; share: number } | { kind: 'measured'; gainDb: number } | { kind: 'refused'; reason: LoudnessRefusal };
export type LoudnessState = OwnState | AnyMeasuring;

export class LoudnessCalibration extends Measuring<OwnState> {
  constructor(
    microphone: OwnMicrophone,
    sound: () => Promise<Engine>,
    private readonly hear: typeof hearVoice = hearVoice,
  ) {
    super(microphone, sound);
  }

  /** Listens for some seconds and reckons. Where it is refused, nothing changes. */
  start(): Promise<void> {
    return this.run(
      { kind: 'listening', share: 0 },
      (engine, aborted, show) => this.hear(engine, aborted, (share) => show({ kind: 'listening', share })),
      (heard) => this.reckon(heard),
    );
  }

  private reckon(heard: Float32Array): OwnState {
    const found = voiceLoudness(heard);
    if (found.kind === 'refused') return { kind: 'refused', reason: found.reason };
    this.microphone.gain.set(found.gainDb, 'measured');
    return { kind: 'measured', gainDb: this.microphone.gain.db.value };
  }
}
