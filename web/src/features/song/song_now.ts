// Where the song is now, kept up to date for the page. What changes seldom is computed here, so that few parts draw at each tick.
import { computed, type ReadonlySignal } from '@preact/signals';
import type { SoundRun } from '../../audio/engine/engine.js';
import type { ConnectionState } from '../../net/connection.js';
import type { RoomState } from '../../state/room.js';
import type { ConsoleBoard } from '../console/board.js';
import { soundingBuckets } from '../line/placement.js';
import { flowOf, type Flow } from '../line/stream.js';
import type { OwnVolumes } from '../sound/own_volumes.js';
import type { VoiceState } from '../sound/voice_state.js';
import { progressText, songProgress, type SongProgress } from './song_progress.js';
import { connectionStatus, NO_SOUND, sameStatus, SILENCED, songStatus, type Status } from './status.js';

export interface SongFacts {
  room: ReadonlySignal<RoomState | null>;
  connection: ReadonlySignal<ConnectionState | null>;
  soundRun: ReadonlySignal<SoundRun>;
  voice: ReadonlySignal<VoiceState | null>;
  /** The server's now, and the position that is heard (null: none). */
  now: ReadonlySignal<number>;
  heard: ReadonlySignal<number | null>;
  console: Pick<ConsoleBoard, 'listening'>;
  volumes: Pick<OwnVolumes, 'silent'>;
}

export class SongNow {
  /** The same status stays the same object, so that the page is drawn anew only when a word changes. */
  readonly status: ReadonlySignal<Status | null>;
  /** The buckets in which the song is: bit b stands for bucket b. */
  readonly sounding: ReadonlySignal<number>;
  /** The end of the song is set and has passed the server's now. */
  readonly ending: ReadonlySignal<boolean>;
  /** Of the song, as one hears it; null between songs. */
  readonly progress: ReadonlySignal<SongProgress | null>;
  /** The same in words, which change once a second. */
  readonly time: ReadonlySignal<string | null>;
  /** How far the song has come along the line; null between songs. The same one as long as nothing moves. */
  readonly flow: ReadonlySignal<Flow | null>;

  constructor(facts: SongFacts) {
    const { room, now, heard } = facts;
    let last: Status | null = null;
    this.status = computed(() => {
      const status = statusOf(facts);
      last = last && status && sameStatus(last, status) ? last : status;
      return last;
    });
    this.sounding = computed(() => (room.value ? soundingBuckets(room.value, now.value) : 0));
    this.ending = computed(() => now.value > (room.value?.song.end ?? Infinity));
    this.progress = computed(() => room.value && songProgress(room.value, now.value, heard.value, soloBlocksOf(facts)));
    this.time = computed(() => this.progress.value && progressText(this.progress.value));
    let flow: Flow | null = null;
    this.flow = computed(() => {
      const next = room.value && flowOf(room.value, now.value);
      if (flow?.from !== next?.from || flow?.to !== next?.to) flow = next;
      return flow;
    });
  }
}

function soloBlocksOf({ console }: SongFacts): number | null {
  const { solo, offsetBlocks } = console.listening.value;
  return solo ? offsetBlocks : null;
}

function statusOf(facts: SongFacts): Status | null {
  const { room, connection, soundRun, voice, volumes, now, heard } = facts;
  const trouble = connection.value && connectionStatus(connection.value);
  if (trouble) return trouble;
  if (soundRun.value !== 'running' && room.value?.song.state === 'playing') return NO_SOUND();
  if (volumes.silent.value && room.value?.song.state === 'playing') return SILENCED();
  return room.value && songStatus(room.value, now.value, { heard: heard.value, soloBlocks: soloBlocksOf(facts), sent: voice.value?.sent ?? true });
}
