// The worklet's capture half: the microphone's channels become one and go into the ring at their frame.
import { QUANTUM } from './constants.js';
import type { CaptureWriter } from './capture_ring.js';
import { LevelMeter } from './level_meter.js';
import type { SoundState } from './sound_state.js';

export class CapturePart {
  private readonly mono = new Float32Array(QUANTUM);
  private readonly meter = new LevelMeter();

  constructor(
    private readonly ring: CaptureWriter,
    private readonly state: SoundState,
  ) {}

  /** One quantum that begins at `frame`; no channels where no microphone is connected. */
  process(frame: number, channels: Float32Array[]): void {
    this.mono.fill(0);
    const share = 1 / channels.length;
    for (let c = 0; c < channels.length; c++) {
      const channel = channels[c] as Float32Array;
      for (let i = 0; i < QUANTUM; i++) this.mono[i] = (this.mono[i] as number) + (channel[i] as number) * share;
    }
    this.meter.add(this.mono);
    this.state.setOwnLevel(this.meter.peak, this.meter.rms);
    this.ring.write(frame, this.mono);
  }
}
