// The worklet's playback half: plays mix and backing from the rings as the plan says, frame by frame, fading wherever it would step.
import { QUANTUM } from './constants.js';
import { LevelMeter } from './level_meter.js';
import { PlanReader, noPlan, type Plan } from './plan.js';
import type { PlaybackReader } from './playback_ring.js';
import type { PlayedWriter } from './played_ring.js';
import type { SoundState } from './sound_state.js';

/** Frames of a fade. */
export const FADE_FRAMES = 256;
/** How far ahead a block must be there: seen once per quantum, a sound that is about to run out has faded when it does. */
export const LOOK_AHEAD = FADE_FRAMES + QUANTUM;
/** Keeps the output from being exactly silent, at which Chromium stops the clock (-120 dBFS: nobody hears it). */
const FLOOR = 1e-6;

export class PlaybackPart {
  private readonly current: Plan = noPlan();
  private readonly next: Plan = noPlan();
  private readonly mix = new Float32Array(QUANTUM);
  private readonly left = new Float32Array(QUANTUM);
  private readonly right = new Float32Array(QUANTUM);
  private readonly meter = new LevelMeter();
  private fade = 0;
  private backing = 1;
  private master = 1;

  constructor(
    private readonly rings: PlaybackReader[],
    private readonly plans: PlanReader,
    private readonly played: PlayedWriter,
    private readonly state: SoundState,
  ) {}

  /** Renders one quantum that begins at `frame`. */
  process(frame: number, outLeft: Float32Array, outRight: Float32Array): void {
    this.plans.poll(this.next);
    if (this.next.generation !== this.current.generation) {
      if (this.fade === 0 || !this.current.active) this.takeOver(frame);
    } else {
      this.current.audibleFrom = this.next.audibleFrom;
      this.current.end = this.next.end;
    }
    if (this.current.active) this.play(frame + this.current.offset);
    else this.silence();
    this.state.heardPosition = this.current.active ? frame + this.current.offset : NaN;
    this.played.write(frame, this.state.heardPosition, this.left, this.right);
    this.meter.add(this.left);
    this.state.setMixLevel(this.meter.peak, this.meter.rms);
    for (let i = 0; i < QUANTUM; i++) {
      outLeft[i] = (this.left[i] as number) + FLOOR;
      outRight[i] = (this.right[i] as number) + FLOOR;
    }
  }

  private takeOver(frame: number): void {
    const { current, next } = this;
    current.generation = next.generation;
    current.active = next.active;
    current.offset = next.offset;
    current.bank = next.bank;
    current.mixDelay = next.mixDelay;
    current.audibleFrom = next.audibleFrom;
    current.end = next.end;
    this.fade = 0;
    this.backing = this.state.backingVolume;
    this.master = this.state.masterVolume;
    this.state.adopt(current.generation, frame);
  }

  private play(position: number): void {
    const plan = this.current;
    const ring = this.rings[plan.bank] as PlaybackReader;
    const missingMix = ring.readMix(position + plan.mixDelay, this.mix);
    const missingBacking = ring.readBacking(position, this.left, this.right);
    if (position >= plan.audibleFrom && position + QUANTUM <= plan.end) {
      this.state.addMissing(Math.max(missingMix, missingBacking));
    }
    const ahead = position + LOOK_AHEAD;
    const audible =
      this.next.generation === plan.generation &&
      position >= plan.audibleFrom &&
      ahead < plan.end &&
      missingMix + missingBacking === 0 &&
      ring.hasMix(ahead + plan.mixDelay) &&
      ring.hasBacking(ahead);
    const target = audible ? 1 : 0;
    const step = Math.sign(target - this.fade) / FADE_FRAMES;
    const backing = this.state.backingVolume;
    const master = this.state.masterVolume;
    const backingStep = (backing - this.backing) / QUANTUM;
    const masterStep = (master - this.master) / QUANTUM;
    for (let i = 0; i < QUANTUM; i++) {
      this.fade += step;
      this.backing += backingStep;
      this.master += masterStep;
      const gain = (this.fade < 0 ? 0 : this.fade > 1 ? 1 : this.fade) * this.master;
      const mix = this.mix[i] as number;
      this.left[i] = (mix + (this.left[i] as number) * this.backing) * gain;
      this.right[i] = (mix + (this.right[i] as number) * this.backing) * gain;
    }
    this.fade = Math.min(1, Math.max(0, this.fade));
    this.backing = backing;
    this.master = master;
  }

  private silence(): void {
    this.left.fill(0);
    this.right.fill(0);
  }
}
