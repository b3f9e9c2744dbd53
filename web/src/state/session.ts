// One visit to a room: what the page shows (signals) and what it can do. Owns the engine; holds no markup.
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { FRAMES_PER_MS } from '../units.js';
import { Engine, type SoundRun } from '../audio/engine/engine.js';
import { SoundFault } from '../audio/engine/sound_graph.js';
import type { SoundState } from '../audio/shared/sound_state.js';
import { volumeFactor } from '../audio/shared/volume.js';
import type { ConnectionState } from '../net/connection.js';
import type { Command, ServerMessage } from '../wire/control.js';
import { isForPeople, newsOf, PROTOCOL_VERSION } from '../wire/control.js';
import type { Role } from '../wire/model.js';
import { OwnMicrophone } from './own_microphone.js';
import { soundingBuckets } from './placement.js';
import { nextRoom, yourself, type RoomState } from './room.js';
import { recordings } from './recordings.js';
import { connectionStatus, NO_SOUND, sameStatus, songStatus, type Status } from './status.js';
import { remembered } from './storage.js';
import { voiceState, type VoiceState } from './voice_state.js';

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
  readonly soundRun: Signal<SoundRun> = signal('running');
  /** Why there is no sound at all: the engine did not start; null: it did, or was not asked for. */
  readonly soundFault: Signal<SoundFault['kind'] | null> = signal(null);
  readonly microphone = new OwnMicrophone(navigator.mediaDevices ?? null, () => this.sound());
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
  /** Whether one's own voice is sent; null outside of a room, and for who listens. */
  readonly voice: ReadonlySignal<VoiceState | null> = computed(() => this.voiceNow());
  private engine: Engine | null = null;
  private starting: Promise<Engine> | null = null;
  private clock: { position: number; atMs: number } | null = null;
  private noticeId = 0;
  private openWhenSinger = false;
  private closed = false;
  private readonly ticker: ReturnType<typeof setInterval>;
  private readonly online = (): void => this.hurry();
  /** Phones stop the sound of a page that is out of sight. */
  private readonly shown = (): void => {
    if (document.visibilityState === 'visible' && this.soundRun.value === 'held') this.engine?.resume();
  };

  constructor(readonly roomId: string) {
    // The same status stays the same object, so that the page is drawn anew only when a word changes.
    let last: Status | null = null;
    this.status = computed(() => {
      const status = this.statusNow();
      last = last && status && sameStatus(last, status) ? last : status;
      return last;
    });
    this.microphone.correction.ms.subscribe((ms) => this.engine?.setCorrection(ms));
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    window.addEventListener('online', this.online);
    document.addEventListener('visibilitychange', this.shown);
  }

  /** The engine, started when it is asked for: best from a click. Where it does not start, soundFault says so, and it may be asked for again. */
  sound(): Promise<Engine> {
    this.soundFault.value = null;
    this.starting ??= Engine.start({
      connection: (connection) => this.takeConnection(connection),
      message: (message) => this.takeMessage(message),
      clock: (position, atMs) => {
        this.clock = { position, atMs };
        this.tick();
      },
      microphoneLost: () => this.microphone.gone(),
      microphoneMuted: (muted) => {
        this.microphone.mutedElsewhere.value = muted;
      },
      sound: (run) => {
        this.soundRun.value = run;
      },
      failed: (message) => {
        this.crash.value = message;
      },
    }).then(
      (engine) => {
        this.engine = engine;
        engine.setCorrection(this.microphone.correction.ms.value);
        this.applyVolumes();
        if (this.closed) void engine.close();
        return engine;
      },
      (error: unknown) => {
        this.starting = null;
        this.soundFault.value = error instanceof SoundFault ? error.kind : 'sound';
        throw error;
      },
    );
    return this.starting;
  }

  /** The engine, where it has been started. */
  get soundNow(): Engine | null {
    return this.engine;
  }

  /** How loud one's own microphone is, as amplitudes. */
  ownLevel(): { peak: number; rms: number } {
    const state = this.runningSound();
    return { peak: state?.ownPeak ?? 0, rms: state?.ownRms ?? 0 };
  }

  /** How loud it is what one hears. */
  mixLevel(): { peak: number; rms: number } {
    const state = this.runningSound();
    return { peak: state?.mixPeak ?? 0, rms: state?.mixRms ?? 0 };
  }

  async enter(name: string, role: Role): Promise<void> {
    const engine = await this.sound();
    engine.resume();
    if (role === 'listener') this.microphone.close(engine);
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

  /** Becomes a singer, with a microphone once the server has said yes, or a listener without one. */
  setRole(role: Role): void {
    this.openWhenSinger = role === 'singer';
    if (role === 'listener') this.microphone.close(this.engine);
    this.send({ type: 'role', role });
  }

  leave(): void {
    remembered.setToken(this.roomId, null);
    remembered.setVisit(this.roomId, null);
    void recordings.stop();
    this.engine?.leave();
    this.microphone.close(this.engine);
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
    document.removeEventListener('visibilitychange', this.shown);
    this.closed = true;
    this.microphone.dispose();
    void recordings.stop();
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
    // Nothing of the microphone may stay on where nobody can hear it.
    if (connection.state === 'ended') this.microphone.close(this.engine);
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
      } else if (message.type === 'error' && message.code === 'no_song' && message.about === 'stop') {
        // Somebody else was quicker.
      } else if (message.type === 'error' && isForPeople(message) && this.connection.value?.state === 'open') {
        this.notify('error', message.message);
      }
    });
    const you = this.room.value && newsOf(message, this.room.value.you);
    if (message.type === 'welcome') remembered.setVisit(this.roomId, message.you.role);
    else if (you) remembered.setVisit(this.roomId, you.role);
    this.openForSinging();
  }

  /** Who listened and now sings needs a microphone. */
  private openForSinging(): void {
    const room = this.room.value;
    if (!this.openWhenSinger || !room || yourself(room).role !== 'singer') return;
    this.openWhenSinger = false;
    if (!this.microphone.isOpen.value) void this.microphone.open().catch(() => undefined);
  }

  private voiceNow(): VoiceState | null {
    const room = this.room.value;
    if (!room) return null;
    const { role, muted } = yourself(room);
    const { isOpen, lost, mutedElsewhere, input } = this.microphone;
    const lostName = lost.value?.label ?? null;
    if (role !== 'singer') return null;
    return voiceState({ muted, open: isOpen.value, lost: lostName, mutedElsewhere: mutedElsewhere.value, input: input.value, run: this.soundRun.value });
  }

  /** What the worklet tells; where it stands still, that is of the past. */
  private runningSound(): SoundState | null {
    return this.soundRun.value === 'running' ? (this.engine?.state ?? null) : null;
  }

  private applyVolumes(): void {
    const gain = this.room.value?.backingGain ?? 1;
    this.engine?.setVolumes(gain * volumeFactor(this.backingVolume.value), volumeFactor(this.masterVolume.value));
  }

  private tick(): void {
    this.microphone.look(this.engine);
    if (!this.clock) return;
    const elapsedMs = performance.timeOrigin + performance.now() - this.clock.atMs;
    const heard = this.runningSound()?.heardPosition ?? NaN;
    batch(() => {
      this.now.value = (this.clock as { position: number }).position + elapsedMs * FRAMES_PER_MS;
      this.heard.value = Number.isNaN(heard) ? null : heard;
    });
  }

  private statusNow(): Status | null {
    const trouble = this.connection.value && connectionStatus(this.connection.value);
    if (trouble) return trouble;
    if (this.soundRun.value !== 'running' && this.room.value?.song.state === 'playing') return NO_SOUND;
    return this.room.value && songStatus(this.room.value, this.now.value, this.heard.value, this.voice.value?.sent ?? true);
  }
}
