// The player's sound, with songs of an album joined to the sample: the browser's audio element plays, and near the end of a song that another
// one follows both are decoded, so that the second begins at the very sample behind the last of the first.
import type { Sound } from './player.js';

/** The next song is fetched so long before the end of this one. */
const AHEAD_S = 20;
/** Longer ones would take too much memory when they are decoded: they follow one another as the element can. */
const LONGEST_S = 12 * 60;
/** From the element to the same sound out of memory. */
const HAND_OVER_S = 0.05;
const FADE_S = 0.02;
const TICK_MS = 200;

const EVENTS = ['play', 'pause', 'timeupdate', 'durationchange', 'ended', 'error'] as const;

interface Decoded {
  address: string;
  buffer: AudioBuffer;
}

/** A decoded song under way. `origin`: the frame of the context's clock at which its first sample is (or would have been) heard. */
interface Running extends Decoded {
  node: AudioBufferSourceNode;
  origin: number;
}

export class SeamlessSound implements Sound {
  private context: AudioContext | null = null;
  private address = '';
  private next: string | null = null;
  /** Null: the element plays. */
  private running: Running | null = null;
  /** Begins by itself when what runs is over. */
  private joined: Running | null = null;
  private preparing: string | null = null;
  private ticker: ReturnType<typeof setInterval> | null = null;
  private readonly calls = new Map<string, (() => void)[]>();

  constructor(private readonly element: HTMLAudioElement) {
    for (const name of EVENTS)
      element.addEventListener(name, () => {
        if (this.running) return;
        this.tell(name);
        if (name === 'timeupdate') this.look();
      });
  }

  addEventListener(name: string, call: () => void): void {
    this.calls.set(name, [...(this.calls.get(name) ?? []), call]);
  }

  /** The address of the song that follows without a gap; null: none does. */
  set following(address: string | null) {
    if (address === this.next) return;
    this.next = address;
    this.preparing = null;
    this.joined?.node.stop();
    this.joined = null;
  }

  get src(): string {
    return this.address;
  }

  set src(address: string) {
    this.address = address;
    if (this.joined?.address === address) {
      this.goOn(this.joined);
      return;
    }
    this.letGo();
    this.element.src = address;
  }

  get currentTime(): number {
    return this.running ? (this.frame() - this.running.origin) / this.running.buffer.sampleRate : this.element.currentTime;
  }

  set currentTime(atS: number) {
    if (this.running) {
      this.backToElement(atS);
      void this.element.play().catch(() => undefined);
    } else this.element.currentTime = atS;
  }

  get duration(): number {
    return this.running ? this.running.buffer.duration : this.element.duration;
  }

  get paused(): boolean {
    return this.running === null && this.element.paused;
  }

  play(): Promise<void> {
    return this.running ? Promise.resolve() : this.element.play();
  }

  pause(): void {
    if (this.running) {
      this.backToElement(this.currentTime);
      this.tell('pause');
    } else this.element.pause();
  }

  load(): void {
    this.element.load();
  }

  removeAttribute(name: string): void {
    this.letGo();
    this.element.removeAttribute(name);
  }

  private tell(name: string): void {
    for (const call of this.calls.get(name) ?? []) call();
  }

  private frame(): number {
    return this.context === null ? 0 : this.context.currentTime * this.context.sampleRate;
  }

  /** Is it time for the next song? */
  private look(): void {
    const { next, duration } = this;
    const left = duration - this.currentTime;
    if (next === null || this.preparing === next || this.joined || this.paused) return;
    if (!Number.isFinite(duration) || duration > LONGEST_S || left > AHEAD_S) return;
    this.preparing = next;
    void this.prepare(this.address, next);
  }

  private async prepare(address: string, next: string): Promise<void> {
    this.context ??= new AudioContext();
    const [own, other] = await Promise.all([this.running ?? this.decoded(address), this.decoded(next)]);
    const wanted = this.address === address && this.next === next && !this.paused && other !== null;
    if (!wanted || other.buffer.duration > LONGEST_S) return;
    if (this.running === null && own !== null && !this.handOver(own)) return;
    const { running } = this;
    if (running === null || running.origin + running.buffer.length <= this.frame()) return;
    this.joined = this.started(other, running.origin + running.buffer.length, 0);
  }

  private async decoded(address: string): Promise<Decoded | null> {
    try {
      const answer = await fetch(address);
      if (!answer.ok || this.context === null) return null;
      return { address, buffer: await this.context.decodeAudioData(await answer.arrayBuffer()) };
    } catch {
      return null;
    }
  }

  /** The element fades out where the same sound fades in. False: it is too late. */
  private handOver(own: Decoded): boolean {
    const at = Math.round((this.element.currentTime + HAND_OVER_S) * own.buffer.sampleRate);
    if (this.context?.state !== 'running' || at + FADE_S * own.buffer.sampleRate >= own.buffer.length) return false;
    this.running = this.started(own, Math.round(this.frame() + HAND_OVER_S * own.buffer.sampleRate), at);
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    setTimeout(() => this.element.pause(), 1000 * (HAND_OVER_S + FADE_S));
    return true;
  }

  /** From the sample `from` on, which is heard at the frame `when`. */
  private started(song: Decoded, when: number, from: number): Running {
    const context = this.context as AudioContext;
    const node = context.createBufferSource();
    node.buffer = song.buffer;
    const start = when / context.sampleRate;
    if (from > 0) {
      const gain = context.createGain();
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(1, start + FADE_S);
      node.connect(gain).connect(context.destination);
    } else node.connect(context.destination);
    node.start(start, from / context.sampleRate);
    return { ...song, node, origin: when - from };
  }

  private tick(): void {
    const { running } = this;
    if (running === null) return;
    if (this.frame() < running.origin + running.buffer.length) {
      this.tell('timeupdate');
      this.look();
      return;
    }
    // Whoever hears this sets the next address: where it is the joined one, it has begun already.
    this.tell('ended');
    if (this.running === running) this.backToElement(running.buffer.duration);
  }

  private goOn(joined: Running): void {
    this.running = joined;
    this.joined = null;
    this.preparing = null;
    this.tell('durationchange');
  }

  private letGo(): void {
    for (const one of [this.running, this.joined]) one?.node.stop();
    this.running = this.joined = this.preparing = null;
    if (this.ticker !== null) clearInterval(this.ticker);
    this.ticker = null;
  }

  /** It stands there, until it is played. */
  private backToElement(atS: number): void {
    this.letGo();
    this.element.pause();
    if (!this.element.src.endsWith(this.address)) this.element.src = this.address;
    this.element.currentTime = atS;
  }
}
