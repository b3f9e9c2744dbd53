// Small shared numbers between worklet, worker and page: what the worklet does (frame, samples missed, levels) and what
// the page wants (volumes). Each number has one writer, named below; readers take them as they are.

const INTS = 16;
const FLOATS = 16;

export function createSoundState(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(INTS * 4 + 8 + FLOATS * 4);
  const state = new SoundState(memory);
  state.inputGain = 1;
  state.metronomeVolume = 1;
  return memory;
}

const FRAME = 0;
const MISSING = 1;
const SKIPPED = 2;
const SILENT = 3;
const UNCLIPPED = 4;
const OWNER = 5;
const PROBING = 6;
const PROBE_START = 7;

const OWN_PEAK = 0;
const OWN_RMS = 1;
const MIX_PEAK = 2;
const MIX_RMS = 3;
const BACKING_VOLUME = 4;
const MASTER_VOLUME = 5;
const INPUT_GAIN = 6;
const METRONOME_VOLUME = 7;
const PART_VOLUME = 8;

export class SoundState {
  private readonly ints: Int32Array;
  private readonly heard: Float64Array;
  private readonly floats: Float32Array;

  constructor(memory: SharedArrayBuffer) {
    this.ints = new Int32Array(memory, 0, INTS);
    this.heard = new Float64Array(memory, INTS * 4, 1);
    this.floats = new Float32Array(memory, INTS * 4 + 8, FLOATS);
  }

  /** The frame after the last one rendered, wrapped to 32 bits. Writer: worklet. */
  get frame(): number {
    return Atomics.load(this.ints, FRAME);
  }
  set frame(frame: number) {
    Atomics.store(this.ints, FRAME, frame | 0);
  }

  /** Samples that should have been heard but were not there in time. Writer: worklet. */
  get missingFrames(): number {
    return Atomics.load(this.ints, MISSING);
  }
  addMissing(frames: number): void {
    Atomics.add(this.ints, MISSING, frames);
  }

  /** Frames that the audio context left out. Writer: worklet. */
  get skippedFrames(): number {
    return Atomics.load(this.ints, SKIPPED);
  }
  addSkipped(frames: number): void {
    Atomics.add(this.ints, SKIPPED, frames);
  }

  /** Frames since the microphone gave anything else than exact silence, and since it last clipped; 0 and many without one. Writer: worklet. */
  setInput(silentFrames: number, unclippedFrames: number): void {
    Atomics.store(this.ints, SILENT, silentFrames);
    Atomics.store(this.ints, UNCLIPPED, unclippedFrames);
  }
  get silentFrames(): number {
    return Atomics.load(this.ints, SILENT);
  }
  get unclippedFrames(): number {
    return Atomics.load(this.ints, UNCLIPPED);
  }

  /** Number of the worklet that may work on the memory: an older one ends. Writer: page. */
  get owner(): number {
    return Atomics.load(this.ints, OWNER);
  }
  set owner(owner: number) {
    Atomics.store(this.ints, OWNER, owner);
  }

  /** The probe of this number (probes.ts) is to be played from `frame` on; 0: none. Writer: page. */
  startProbe(number: number, frame: number): void {
    Atomics.store(this.ints, PROBE_START, frame | 0);
    Atomics.store(this.ints, PROBING, number);
  }
  stopProbe(): void {
    Atomics.store(this.ints, PROBING, 0);
  }
  get probing(): number {
    return Atomics.load(this.ints, PROBING);
  }
  get probeStart(): number {
    return Atomics.load(this.ints, PROBE_START);
  }

  /** Position of the frame rendered last, NaN where nothing plays. Writer: worklet. */
  get heardPosition(): number {
    return this.heard[0] as number;
  }
  set heardPosition(position: number) {
    this.heard[0] = position;
  }

  /** Levels, as amplitudes; one's own with the gain. Writer: worklet. */
  setOwnLevel(peak: number, rms: number): void {
    this.floats[OWN_PEAK] = peak;
    this.floats[OWN_RMS] = rms;
  }
  get ownPeak(): number {
    return this.floats[OWN_PEAK] as number;
  }
  get ownRms(): number {
    return this.floats[OWN_RMS] as number;
  }
  setMixLevel(peak: number, rms: number): void {
    this.floats[MIX_PEAK] = peak;
    this.floats[MIX_RMS] = rms;
  }
  get mixPeak(): number {
    return this.floats[MIX_PEAK] as number;
  }
  get mixRms(): number {
    return this.floats[MIX_RMS] as number;
  }

  /** The factor for one's own voice. Writer: page. */
  get inputGain(): number {
    return this.floats[INPUT_GAIN] as number;
  }
  set inputGain(factor: number) {
    this.floats[INPUT_GAIN] = factor;
  }

  /** The factor for the metronome. Writer: page. */
  get metronomeVolume(): number {
    return this.floats[METRONOME_VOLUME] as number;
  }
  set metronomeVolume(factor: number) {
    this.floats[METRONOME_VOLUME] = factor;
  }

  /** The factor by which one's own part is added to the mix once more; 0: not at all. Writer: page. */
  get partVolume(): number {
    return this.floats[PART_VOLUME] as number;
  }
  set partVolume(factor: number) {
    this.floats[PART_VOLUME] = factor;
  }

  /** Factors for the backing (the room's factor times one's own) and for everything. Writer: page. */
  setVolumes(backing: number, master: number): void {
    this.floats[BACKING_VOLUME] = backing;
    this.floats[MASTER_VOLUME] = master;
  }
  get backingVolume(): number {
    return this.floats[BACKING_VOLUME] as number;
  }
  get masterVolume(): number {
    return this.floats[MASTER_VOLUME] as number;
  }
}
