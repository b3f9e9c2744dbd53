// The song, who leads it, and how the connections keep up with it. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage, SlowSinger, Song, Welcome } from '../../wire/control/control.js';

export interface Loop {
  loopMs: number;
  latePercent: number;
}

export interface Loops {
  /** The interval that the singers' connections ask for. */
  intervalMs: number;
  /** Who makes it so long; during a song, who is too late. The worst first. */
  slow: SlowSinger[];
}

export interface SongPart {
  song: Song;
  leader: string | null;
  /** Who would like to lead, and waits for the leader's answer. */
  leadAsked: string | null;
  /** One's own loop time, and how much was too late in this song; null where nothing was measured yet. */
  loop: Loop | null;
  /** What leader and organisers are told of the singers' connections; null for others. */
  loops: Loops | null;
}

export function enterSong({ song, leader, lead_asked }: Welcome): SongPart {
  return { song, leader, leadAsked: lead_asked, loop: null, loops: null };
}

export function nextSong<S extends SongPart>(state: S, message: ServerMessage): S {
  switch (message.type) {
    case 'song':
      return { ...state, song: message.song, ...(message.song.number === state.song.number ? {} : { loop: onTime(state.loop), loops: null }) };
    case 'leader':
      return { ...state, leader: message.leader, loops: null };
    case 'lead_asked':
      return { ...state, leadAsked: message.by };
    case 'loop':
      return { ...state, loop: { loopMs: message.loop_ms, latePercent: message.late_percent } };
    case 'loops':
      return { ...state, loops: { intervalMs: message.interval_ms, slow: message.slow } };
    default:
      return state;
  }
}

/** A loop time is told when it changes only: it stays, while lateness belongs to a song. */
function onTime(loop: Loop | null): Loop | null {
  return loop && { ...loop, latePercent: 0 };
}
