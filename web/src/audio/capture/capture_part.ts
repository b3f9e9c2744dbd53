// The worklet's capture half: the microphone's channels become one voice, which goes into the ring at its frame, as the microphone gives it: its gain
// comes later (voice_gain.ts), but what is told of its level is with it.
import { QUANTUM } from '../../units.js';
import type { CaptureWriter } from '../shared/capture_ring.js';
import { Downmix } from './downmix.js';
import { InputWatch } from './input_watch.js';
import { LevelMeter } from '../shared/level_meter.js';
import type { SoundState } from '../shared/sound_state.js';

export class CapturePart {
  private readonly mono = new Float32Array(QUANTUM);
  private readonly downmix = new Downmix();
  private readonly meter = new LevelMeter();
  private readonly watch = new InputWatch();

  constructor(
    private readonly ring: CaptureWriter,
    private readonly state: SoundState,
  ) {}

  /** One quantum that begins at `frame`; no channels where no microphone is connected. */
  process(frame: number, channels: Float32Array[]): void {
    this.downmix.process(channels, this.mono);
    this.watch.add(channels);
    this.meter.add(this.mono);
    const gain = this.state.inputGain;
    this.state.setOwnLevel(Math.min(1, this.meter.peak * gain), Math.min(1, this.meter.rms * gain));
    this.state.setInput(this.watch.silentFrames, this.watch.unclippedFrames);
    this.ring.write(frame, this.mono);
  }
}
