// Plays a recording's tracks together, each with its fader and balance, as it would be mixed: decoded in pieces just before they are heard.
import { signal, type Signal } from '@preact/signals';
import { t } from '../../i18n/words.js';
import { SAMPLE_RATE } from '../../units.js';
import { readOpusFile, type OpusFile } from '../../audio/playback/ogg_packets.js';
import type { TrackMix } from '../../wire/control/control.js';
import { gainOf, heardTracks } from './strips.js';
import { browserDecoder, TrackFeed, type Piece } from './track_feed.js';

const AHEAD_S = 2;
const TURN_MS = 250;
const START_S = 0.3;
const RAMP_S = 0.02;
/** A panner takes 3 dB of a voice in the middle; the server’s mix does not. */
const FULL_IN_THE_MIDDLE = Math.SQRT2;

/** The backing track, which is no singer's. */
export const BACKING = 'backing';

interface Channel {
  feed: TrackFeed;
  gain: GainNode;
  panner: StereoPannerNode;
  playing: Set<AudioBufferSourceNode>;
}

export class MixPlayer {
  readonly on: Signal<boolean> = signal(false);
  /** Samples from the song's start. */
  readonly at: Signal<number> = signal(0);
  readonly loading: Signal<boolean> = signal(false);
  readonly problem: Signal<string | null> = signal(null);
  private context: AudioContext | null = null;
  private readonly files = new Map<string, Promise<OpusFile | null>>();
  private readonly channels = new Map<string, Channel>();
  private strips: readonly TrackMix[] = [];
  /** Of the backing track, as an amplitude. */
  private backing = 1;
  private startedAt = 0;
  private startedS = 0;
  private timer: ReturnType<typeof setInterval> | null = null;
  private closed = false;

  /** `address`: of a track's file. */
  constructor(
    private readonly samples: number,
    private readonly address: (track: string) => string,
  ) {}

  /** Heard at once. */
  set(strips: readonly TrackMix[], backingDb: number): void {
    this.strips = strips;
    this.backing = 10 ** (backingDb / 20);
    for (const strip of strips) {
      const channel = this.channels.get(strip.track);
      if (!channel || !this.context) continue;
      channel.gain.gain.setTargetAtTime(gainOf(strip) * FULL_IN_THE_MIDDLE, this.context.currentTime, RAMP_S);
      channel.panner.pan.setTargetAtTime(strip.balance, this.context.currentTime, RAMP_S);
    }
    if (this.on.value) void this.bring();
  }

  /** From a press: only then the browser lets a page sound. */
  async play(): Promise<void> {
    if (this.on.value || this.loading.value) return;
    this.problem.value = null;
    this.context ??= new AudioContext({ sampleRate: SAMPLE_RATE });
    void this.context.resume();
    this.loading.value = true;
    await this.bring();
    this.loading.value = false;
    if (this.closed) return;
    // All muted: nothing is to be loaded, and silence is what was asked for.
    if (this.channels.size === 0 && heardTracks(this.strips).length > 0) {
      this.problem.value = t.recordings.tracksNotLoaded;
      return;
    }
    this.begin(this.at.value >= this.samples ? 0 : this.at.value);
  }

  pause(): void {
    this.look();
    this.halt();
  }

  seek(to: number): void {
    const on = this.on.value;
    if (on) this.halt();
    this.at.value = Math.min(this.samples, Math.max(0, to));
    if (on) this.begin(this.at.value);
  }

  close(): void {
    this.closed = true;
    this.halt();
    void this.context?.close();
  }

  /** Loads what is to be heard and is not here yet. */
  private async bring(): Promise<void> {
    const wanted = [BACKING, ...heardTracks(this.strips)];
    await Promise.all(wanted.map((track) => this.open(track)));
  }

  private async open(track: string): Promise<void> {
    const known = this.files.has(track);
    if (!known) this.files.set(track, load(this.address(track)));
    const file = await this.files.get(track);
    // What could not be loaded is tried again at the next press.
    if (!file) this.files.delete(track);
    if (!file || !this.context || this.closed || this.channels.has(track)) return;
    const gain = this.context.createGain();
    const panner = this.context.createStereoPanner();
    const strip = this.strips.find((one) => one.track === track);
    gain.gain.value = strip ? gainOf(strip) * FULL_IN_THE_MIDDLE : this.backing;
    panner.pan.value = strip?.balance ?? 0;
    gain.connect(panner).connect(this.context.destination);
    const channel: Channel = {
      gain,
      panner,
      playing: new Set(),
      feed: new TrackFeed(file, browserDecoder, (piece) => this.schedule(channel, piece)),
    };
    this.channels.set(track, channel);
    if (!this.on.value) return;
    this.look();
    channel.feed.seek(this.at.value);
  }

  private begin(from: number): void {
    if (!this.context) return;
    this.startedAt = from;
    this.startedS = this.context.currentTime + START_S;
    this.on.value = true;
    for (const { feed } of this.channels.values()) feed.seek(from);
    this.turn();
    this.timer = setInterval(() => this.turn(), TURN_MS);
  }

  private halt(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.on.value = false;
    for (const { feed, playing } of this.channels.values()) {
      feed.stop();
      playing.forEach((source) => source.stop());
      playing.clear();
    }
  }

  private turn(): void {
    this.look();
    if (this.at.value >= this.samples) return this.halt();
    const heard = new Set([BACKING, ...heardTracks(this.strips)]);
    for (const [track, { feed }] of this.channels) {
      if (heard.has(track)) feed.pump(this.at.value + AHEAD_S * SAMPLE_RATE);
    }
  }

  private look(): void {
    if (!this.on.value || !this.context) return;
    const elapsed = Math.max(0, this.context.currentTime - this.startedS);
    this.at.value = Math.min(this.samples, this.startedAt + Math.round(elapsed * SAMPLE_RATE));
  }

  private schedule(channel: Channel, { at, planes }: Piece): void {
    if (!this.context || !this.on.value || !planes[0]) return;
    const buffer = this.context.createBuffer(planes.length, planes[0].length, SAMPLE_RATE);
    planes.forEach((plane, i) => buffer.copyToChannel(plane, i));
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(channel.gain);
    source.onended = () => channel.playing.delete(source);
    channel.playing.add(source);
    // On a whole sample: pieces join without a seam.
    const start = Math.round(this.startedS * SAMPLE_RATE) + at - this.startedAt;
    const late = Math.max(0, Math.ceil(this.context.currentTime * SAMPLE_RATE) - start);
    if (late < planes[0].length) source.start((start + late) / SAMPLE_RATE, late / SAMPLE_RATE);
  }
}

async function load(address: string): Promise<OpusFile | null> {
  try {
    const answer = await fetch(address);
    return answer.ok ? readOpusFile(new Uint8Array(await answer.arrayBuffer())) : null;
  } catch {
    return null;
  }
}
