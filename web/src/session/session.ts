// One visit to a room: what its features have in common. Owns the engine; what a person can do stands with the features; holds no markup.
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { Engine, type SoundRun } from '../audio/engine/engine.js';
import { SoundFault } from '../audio/engine/sound_graph.js';
import { amplitudeOf } from '../audio/shared/decibels.js';
import type { SoundState } from '../audio/shared/sound_state.js';
import { Calibration } from '../features/calibration/calibration.js';
import { OwnChat } from '../features/chat/own_chat.js';
import { ConsoleBoard } from '../features/console/board.js';
import { forgetPlace, keepPlace, placeIn } from '../features/door/place.js';
import { LoudnessCalibration } from '../features/loudness/loudness_calibration.js';
import { OwnLoudspeaker } from '../features/loudspeaker/loudspeaker.js';
import { ownRooms } from '../features/rooms/own_rooms.js';
import { recordings } from '../features/recording/recordings.js';
import { SongNow } from '../features/song/song_now.js';
import { HeardMarks } from '../features/marks/heard_marks.js';
import { SongWords } from '../features/words/song_words.js';
import { SongScore } from '../features/scores/song_score.js';
import { MicrophoneMode } from '../features/sound/microphone_mode.js';
import { OwnMicrophone } from '../features/sound/own_microphone.js';
import { OwnPart } from '../features/sound/own_part.js';
import { ownVoice } from '../features/sound/own_voice.js';
import { OwnVolumes, roomBackingGain } from '../features/sound/own_volumes.js';
import { OwnTiming } from '../features/timing/timing.js';
import { browserTabs } from '../features/tabs/browser_tabs.js';
import { OtherTabs } from '../features/tabs/other_tabs.js';
import type { VoiceState } from '../features/sound/voice_state.js';
import type { ConnectionState } from '../net/connection.js';
import { nextRoom, yourself, type RoomState } from '../state/room.js';
import { remembered } from '../state/storage.js';
import { FRAMES_PER_MS } from '../units.js';
import type { Command, ServerMessage, Welcome } from '../wire/control/control.js';
import { Notices, refusalOf, type Refusal } from './notices.js';
import { t } from '../i18n/words.js';

const TICK_MS = 200;
const HERE = () => t.session.youAreInTheRoom;

export class Session {
  readonly room: Signal<RoomState | null> = signal(null);
  readonly connection: Signal<ConnectionState | null> = signal(null);
  readonly notices = new Notices();
  /** The last one: what was typed and sent by then is not in force. */
  readonly refusal: Signal<Refusal | null> = signal(null);
  readonly soundRun: Signal<SoundRun> = signal('running');
  /** Why there is no sound at all: the engine did not start; null: it did, or was not asked for. */
  readonly soundFault: Signal<SoundFault['kind'] | null> = signal(null);
  readonly microphone = new OwnMicrophone(navigator.mediaDevices ?? null, () => this.sound());
  readonly microphoneMode = new MicrophoneMode(this.room, (command) => this.send(command));
  readonly calibration = new Calibration(this.microphone, () => this.sound());
  readonly loudness = new LoudnessCalibration(this.microphone, () => this.sound());
  readonly loudspeaker = new OwnLoudspeaker(this.room, (command) => this.send(command));
  readonly timing = new OwnTiming(this.room, this.microphone.correction, (command) => this.send(command));
  /** One came in muted, because many are here, and has not switched the microphone on yet. */
  readonly startedMuted: Signal<boolean> = signal(false);
  readonly volumes = new OwnVolumes();
  readonly part = new OwnPart(this.room, (command) => this.send(command));
  readonly chat = new OwnChat(this.room);
  readonly console = new ConsoleBoard();
  /** The ids of the tracks that one uploaded. */
  readonly uploads: Signal<readonly string[]> = signal([]);
  readonly crash: Signal<string | null> = signal(null);
  /** The server's now, and the position that is heard (null: none); renewed several times a second. */
  readonly now = signal(0);
  readonly heard: Signal<number | null> = signal(null);
  /** What one wishes reaches the server; otherwise it would be lost without a word. */
  readonly connected = computed(() => this.connection.value?.state === 'open');
  /** Whether one's own voice is sent; null outside of a room, and for who listens. */
  readonly voice: ReadonlySignal<VoiceState | null> = computed(() =>
    ownVoice(this.room.value, this.microphone, this.microphoneMode, this.soundRun.value),
  );
  readonly song = new SongNow(this);
  readonly words: SongWords;
  readonly score: SongScore;
  readonly tabs: OtherTabs;
  /** For the organiser's link; null: this browser does not know it. */
  readonly organiserKey: Signal<string | null>;
  /** Made for another program a moment ago; shown once, kept nowhere. */
  readonly programToken: Signal<string | null> = signal(null);
  private readonly marks = new HeardMarks();
  private engine: Engine | null = null;
  private starting: Promise<Engine> | null = null;
  private clock: { position: number; atMs: number } | null = null;
  private closed = false;
  private readonly ticker: ReturnType<typeof setInterval>;
  private readonly online = (): void => this.hurry();
  /** Phones stop the sound of a page that is out of sight. */
  private readonly shown = (): void => {
    const { value } = this.soundRun;
    if (document.visibilityState === 'visible' && (value === 'held' || value === 'interrupted')) this.engine?.resume();
  };

  constructor(readonly roomId: string) {
    this.microphone.correction.ms.subscribe((ms) => this.engine?.setCorrection(ms));
    this.organiserKey = signal(remembered.key(roomId));
    this.words = new SongWords(this);
    this.score = new SongScore(this);
    this.microphone.gain.db.subscribe((db) => this.engine?.setInputGain(amplitudeOf(db)));
    this.tabs = new OtherTabs(roomId, browserTabs(), { place: () => placeIn(roomId), shown: () => this.notices.notify('news', HERE) });
    this.microphone.used.subscribe(() => {
      this.loudspeaker.forget();
      this.timing.forget();
    });
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
      loudspeaker: (verdict) => {
        this.loudspeaker.take(verdict);
        this.calibration.overhear(verdict, this.engine?.roundTrip().totalMs ?? 0);
      },
      failed: (message) => {
        this.crash.value = message;
      },
    }).then(
      (engine) => {
        this.engine = engine;
        engine.setCorrection(this.microphone.correction.ms.value);
        engine.setInputGain(amplitudeOf(this.microphone.gain.db.value));
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

  /** The position that is heard at this moment; null: none. */
  heardNow(): number | null {
    const heard = this.runningSound()?.heardPosition ?? NaN;
    return Number.isNaN(heard) ? null : heard;
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

  send(command: Command): void {
    this.engine?.command(command);
  }

  /** Does not wait for the next try to reach the server. */
  hurry(): void {
    this.engine?.hurry();
  }

  applyVolumes(): void {
    this.engine?.setPartVolume(this.part.factor);
    this.volumes.apply(this.engine, this.room.value ? roomBackingGain(this.room.value) : 1);
  }

  close(): void {
    clearInterval(this.ticker);
    window.removeEventListener('online', this.online);
    document.removeEventListener('visibilitychange', this.shown);
    this.closed = true;
    this.tabs.close();
    this.words.close();
    this.score.close();
    this.calibration.stop();
    this.loudness.stop();
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
    forgetPlace(this.roomId, connection);
    if (connection.state === 'ended' && connection.ending === 'deleted') ownRooms.remove(this.roomId);
    if (connection.state === 'open') this.tabs.enter();
    else if (connection.state !== 'waiting' && connection.state !== 'connecting') this.tabs.leave();
    // Nothing of the microphone may stay on where nobody can hear it.
    if (connection.state === 'ended') this.microphone.close(this.engine);
  }

  private takeMessage(message: ServerMessage): void {
    batch(() => {
      this.room.value = nextRoom(this.room.value, message);
      this.console.take(message, performance.now());
      if (message.type === 'welcome') {
        this.uploads.value = remembered.uploads(this.roomId, message.you.id);
        ownRooms.visited({ room: this.roomId, name: message.room.name, lastMs: Date.now(), organiser: message.organiser });
      }
      // Each track has a gain of its own.
      if (message.type === 'welcome' || message.type === 'song' || message.type === 'tracks' || message.type === 'settings') this.applyVolumes();
      if (message.type === 'room') ownRooms.renamed(this.roomId, message.room.name);
      if (message.type === 'done' && message.key !== null) this.takeKey(message.key);
      if (message.type === 'done' && message.token !== null) this.programToken.value = message.token;
      if (message.type === 'error' || message.type === 'welcome') this.refusal.value = refusalOf(message);
      const leader = this.room.value?.leader ?? null;
      this.notices.take(message, this.connected.value, leader !== null && leader === this.room.value?.you);
    });
    keepPlace(this.roomId, message, this.room.value?.you ?? null);
    if (message.type === 'welcome') this.repeatWishes(message);
    if (message.type === 'welcome') this.part.begin();
    this.part.look();
    const room = this.room.value;
    if (message.type === 'welcome') this.startedMuted.value = message.started_muted === true;
    if (room !== null && !yourself(room).muted) this.startedMuted.value = false;
    this.microphoneMode.look(message.type === 'welcome' && message.started_muted === true);
    const song = this.room.value?.song.state === 'playing';
    this.calibration.songLasts(song);
    this.loudness.songLasts(song);
    if (this.room.value) this.microphone.openForSinging(yourself(this.room.value).role);
  }

  /** What was said at the door, or at an earlier visit. */
  private repeatWishes({ you, rights }: Welcome): void {
    if (you.role === 'singer' && !you.left_out && remembered.leftOut(this.roomId) && rights.includes('leave_out'))
      this.send({ type: 'leave_out', out: true });
  }

  /** The new one that one has asked for. */
  private takeKey(key: string): void {
    remembered.setKey(this.roomId, key);
    this.organiserKey.value = key;
  }

  /** What the worklet tells; where it stands still, that is of the past. */
  private runningSound(): SoundState | null {
    return this.soundRun.value === 'running' ? (this.engine?.state ?? null) : null;
  }

  /** Each mark once, where it is heard: as an event of the window, for whoever listens. */
  private fireMarks(): void {
    const room = this.room.value;
    if (!room || room.song.state !== 'playing') return;
    for (const mark of this.marks.take(room.song.number, room.marks, this.heard.value))
      window.dispatchEvent(new CustomEvent('roundelay-mark', { detail: mark }));
  }

  private tick(): void {
    this.microphone.look(this.engine);
    if (!this.clock) return;
    const { position, atMs } = this.clock;
    const elapsedMs = performance.timeOrigin + performance.now() - atMs;
    batch(() => {
      this.now.value = position + elapsedMs * FRAMES_PER_MS;
      this.heard.value = this.heardNow();
    });
    this.fireMarks();
  }
}
