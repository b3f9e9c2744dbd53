// One visit to a room: what the page shows (signals) and what it can do. Owns the engine; holds no markup.
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { FRAMES_PER_MS } from '../audio/constants.js';
import { Engine } from '../audio/engine.js';
import { microphoneSentence } from '../audio/microphone.js';
import { volumeFactor } from '../audio/volume.js';
import type { ConnectionState } from '../net/connection.js';
import type { Command, ServerMessage } from '../wire/control.js';
import { newsOf, PROTOCOL_VERSION } from '../wire/control.js';
import type { Role } from '../wire/model.js';
import { soundingBuckets } from './placement.js';
import { nextRoom, type RoomState } from './room.js';
import { connectionStatus, sameStatus, songStatus, type Status } from './status.js';
import { remembered } from './storage.js';

export interface Notice {
  id: number;
  kind: 'news' | 'error';
  text: string;
}

const MOST_NOTICES = 4;
const NEWS_MS = 6_000;
const ERROR_MS = 15_000;
const TICK_MS = 200;

export class Session {
  readonly room: Signal<RoomState | null> = signal(null);
  readonly connection: Signal<ConnectionState | null> = signal(null);
  readonly notices: Signal<Notice[]> = signal([]);
  /** The browser keeps the sound back until somebody clicks. */
  readonly soundHeldBack = signal(false);
  readonly microphoneOpen = signal(false);
  /** What was wrong when a microphone was last asked for; null: nothing. */
  readonly microphoneProblem: Signal<string | null> = signal(null);
  readonly backingVolume = signal(remembered.backingVolume);
  readonly masterVolume = signal(remembered.masterVolume);
  /** The ids of the tracks that one uploaded. */
  readonly uploads: Signal<readonly string[]> = signal([]);
  readonly crash: Signal<string | null> = signal(null);
  /** The server's now, and the position that is heard (null: none); renewed several times a second. */
  readonly now = signal(0);
  readonly heard: Signal<number | null> = signal(null);
  readonly status: ReadonlySignal<Status | null>;
  /** What one wishes reaches the server; otherwise it would be lost without a word. */
  readonly connected = computed(() => this.connection.value?.state === 'open');
  /** The buckets in which the song is: bit b stands for bucket b. What changes seldom is computed here, so that few parts draw at each tick. */
  readonly sounding = computed(() => (this.room.value ? soundingBuckets(this.room.value, this.now.value) : 0));
  /** The end of the song is set and has passed the server's now. */
  readonly ending = computed(() => this.now.value > (this.room.value?.song.end ?? Infinity));
  private engine: Engine | null = null;
  private starting: Promise<Engine> | null = null;
  private clock: { position: number; atMs: number } | null = null;
  private noticeId = 0;
  private readonly ticker: ReturnType<typeof setInterval>;
  private readonly online = (): void => this.hurry();

  constructor(readonly roomId: string) {
    // The same status stays the same object, so that the page is drawn anew only when a word changes.
    let last: Status | null = null;
    this.status = computed(() => {
      const status = this.statusNow();
      last = last && status && sameStatus(last, status) ? last : status;
      return last;
    });
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    window.addEventListener('online', this.online);
  }

  /** The engine, started when it is first asked for: best from a click. */
  sound(): Promise<Engine> {
    this.starting ??= Engine.start({
      connection: (connection) => this.takeConnection(connection),
      message: (message) => this.takeMessage(message),
      clock: (position, atMs) => {
        this.clock = { position, atMs };
        this.tick();
      },
      microphoneLost: () => {
        this.microphoneOpen.value = false;
        this.notify('error', 'The microphone was unplugged. Plug it in again and choose it in the sound settings.');
      },
      running: (running) => {
        this.soundHeldBack.value = !running;
      },
      failed: (message) => {
        this.crash.value = message;
      },
    }).then((engine) => {
      this.engine = engine;
      engine.setCorrection(remembered.correctionMs);
      this.applyVolumes();
      return engine;
    });
    return this.starting;
  }

  /** The engine, where it has been started. */
  get soundNow(): Engine | null {
    return this.engine;
  }

  /** Opens a microphone. False: microphoneProblem says what is wrong. */
  async useMicrophone(deviceId: string | null): Promise<boolean> {
    this.microphoneProblem.value = null;
    let engine: Engine | null = null;
    try {
      engine = await this.sound();
      engine.resume();
      const microphone = await engine.useMicrophone(deviceId);
      remembered.microphone = microphone.deviceId;
      this.microphoneOpen.value = true;
      return true;
    } catch (error) {
      this.microphoneOpen.value = engine?.hasMicrophone ?? false;
      this.microphoneProblem.value = microphoneSentence(error instanceof DOMException ? error.name : '');
      return false;
    }
  }

  closeMicrophone(): void {
    this.engine?.closeMicrophone();
    this.microphoneOpen.value = false;
  }

  async enter(name: string, role: Role): Promise<void> {
    const engine = await this.sound();
    engine.resume();
    if (role === 'listener') this.closeMicrophone();
    const token = remembered.token(this.roomId);
    const key = remembered.key(this.roomId);
    engine.enter({
      type: 'hello',
      version: PROTOCOL_VERSION,
      room: this.roomId,
      name,
      role,
      ...(token === null ? {} : { token }),
      ...(key === null ? {} : { key }),
    });
  }

  send(command: Command): void {
    this.engine?.command(command);
  }

  /** Does not wait for the next try to reach the server. */
  hurry(): void {
    this.engine?.hurry();
  }

  leave(): void {
    remembered.setToken(this.roomId, null);
    remembered.setVisit(this.roomId, null);
    this.engine?.leave();
  }

  /** A track is there that one uploaded as the person `you`. */
  keepUpload(track: string, you: string): void {
    remembered.addUpload(this.roomId, you, track);
    if (this.room.value?.you === you) this.uploads.value = [...this.uploads.value, track];
  }

  setBackingVolume(volume: number): void {
    this.backingVolume.value = volume;
    remembered.backingVolume = volume;
    this.applyVolumes();
  }

  setMasterVolume(volume: number): void {
    this.masterVolume.value = volume;
    remembered.masterVolume = volume;
    this.applyVolumes();
  }

  setCorrection(ms: number): void {
    remembered.correctionMs = ms;
    this.engine?.setCorrection(ms);
  }

  notify(kind: Notice['kind'], text: string): void {
    const notice: Notice = { id: ++this.noticeId, kind, text };
    // News that comes again takes the place of the old.
    const others = this.notices.value.filter((other) => other.text !== text);
    this.notices.value = [...others, notice].slice(-MOST_NOTICES);
    setTimeout(() => this.dismiss(notice.id), kind === 'news' ? NEWS_MS : ERROR_MS);
  }

  dismiss(id: number): void {
    this.notices.value = this.notices.value.filter((notice) => notice.id !== id);
  }

  close(): void {
    clearInterval(this.ticker);
    window.removeEventListener('online', this.online);
    void this.engine?.close();
  }

  private takeConnection(connection: ConnectionState): void {
    batch(() => {
      this.connection.value = connection;
      // At the door again.
      if (connection.state === 'refused' || connection.state === 'given_up') this.room.value = null;
    });
    if (connection.state === 'refused' && connection.error.code === 'not_allowed') remembered.setKey(this.roomId, null);
    if (connection.state === 'refused' || connection.state === 'ended') remembered.setVisit(this.roomId, null);
    // Whoever comes back from elsewhere takes her own place again; otherwise it is gone.
    if (connection.state === 'ended' && connection.ending !== 'elsewhere') remembered.setToken(this.roomId, null);
  }

  private takeMessage(message: ServerMessage): void {
    batch(() => {
      this.room.value = nextRoom(this.room.value, message);
      if (message.type === 'welcome') {
        this.uploads.value = remembered.uploads(this.roomId, message.you.id);
        remembered.setToken(this.roomId, message.token);
        this.applyVolumes();
      } else if (message.type === 'notice') {
        this.notify('news', message.message);
      } else if (message.type === 'error' && this.connection.value?.state === 'open') {
        this.notify('error', message.message);
      }
    });
    const you = this.room.value && newsOf(message, this.room.value.you);
    if (message.type === 'welcome') remembered.setVisit(this.roomId, message.you.role);
    else if (you) remembered.setVisit(this.roomId, you.role);
  }

  private applyVolumes(): void {
    const gain = this.room.value?.backingGain ?? 1;
    this.engine?.setVolumes(gain * volumeFactor(this.backingVolume.value), volumeFactor(this.masterVolume.value));
  }

  private tick(): void {
    if (!this.clock) return;
    const elapsedMs = performance.timeOrigin + performance.now() - this.clock.atMs;
    const heard = this.engine?.state.heardPosition ?? NaN;
    batch(() => {
      this.now.value = (this.clock as { position: number }).position + elapsedMs * FRAMES_PER_MS;
      this.heard.value = Number.isNaN(heard) ? null : heard;
    });
  }

  private statusNow(): Status | null {
    const trouble = this.connection.value && connectionStatus(this.connection.value);
    if (trouble) return trouble;
    return this.room.value && songStatus(this.room.value, this.now.value, this.heard.value);
  }
}
