// The audio worklet: one processor for microphone and loudspeaker, so that both count the same frames. Allocates in its constructor only;
// sends no messages; wakes the codec worker through the capture ring.
import { CapturePart } from '../capture/capture_part.js';
import { CaptureWriter } from '../shared/capture_ring.js';
import { QUANTUM } from '../../units.js';
import { MappingWriter } from '../shared/mapping_reports.js';
import { PlanReader } from '../shared/plan.js';
import { PlaybackPart } from '../playback/playback_part.js';
import { ProbePart } from '../playback/probe_part.js';
import { PlaybackReader } from '../shared/playback_ring.js';
import { PlayedWriter } from '../shared/played_ring.js';
import type { WorkletOptions } from '../shared/shared_sound.js';
import { SoundState } from '../shared/sound_state.js';

class DuplexProcessor extends AudioWorkletProcessor {
  private readonly state: SoundState;
  private readonly capture: CapturePart;
  private readonly playback: PlaybackPart;
  private readonly probe: ProbePart;
  private readonly none: Float32Array[] = [];
  private readonly owner: number;
  /** Frame numbers go on where those of the context before ended. */
  private readonly ahead: number;
  private expected = -1;

  constructor(options: AudioWorkletNodeOptions) {
    super();
    const { shared, firstFrame, owner } = options.processorOptions as WorkletOptions;
    this.owner = owner;
    this.ahead = firstFrame - currentFrame;
    this.state = new SoundState(shared.state);
    this.capture = new CapturePart(new CaptureWriter(shared.capture), this.state);
    this.probe = new ProbePart(this.state);
    const rings = shared.playback.map((memory) => new PlaybackReader(memory));
    const played = new PlayedWriter(shared.played);
    this.playback = new PlaybackPart(rings, new PlanReader(shared.plan), played, this.state, new MappingWriter(shared.reports));
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    if (this.state.owner !== this.owner) return false;
    const frame = currentFrame + this.ahead;
    if (this.expected >= 0 && frame > this.expected) this.state.addSkipped(frame - this.expected);
    this.expected = frame + QUANTUM;
    const out = outputs[0] as Float32Array[];
    this.playback.process(frame, out[0] as Float32Array, out[1] as Float32Array);
    this.probe.process(frame, out[0] as Float32Array, out[1] as Float32Array);
    this.state.frame = frame + QUANTUM;
    this.capture.process(frame, inputs[0] ?? this.none);
    return true;
  }
}

registerProcessor('roundelay-duplex', DuplexProcessor);
