// What one may do with the song and the lead now, as the server rules it (PROTOCOL.md 3.1). Pure.
import type { Command } from '../../wire/control/control.js';
import { personOf, yourself, type RoomState } from '../../state/room.js';

export interface SongAction {
  label: string;
  /** What it does, where the label does not say all. */
  title: string;
  sign: 'play' | 'stop' | null;
  weight: 'primary' | 'secondary' | 'quiet';
  command: Command;
}

/** A leader who is there, and no robot, is asked and decides; otherwise any singer may take the lead, or stop the song. */
export function leaderDecides(room: RoomState): boolean {
  const leader = personOf(room, room.leader);
  return leader !== null && leader.connected && !leader.robot;
}

/** `ending`: the end of the song lies behind already for whoever is at its head. */
export function songActions(room: RoomState, ending: boolean): SongAction[] {
  return room.song.state === 'playing' ? duringSong(room, ending) : betweenSongs(room);
}

function action(label: string, weight: SongAction['weight'], command: Command, sign: SongAction['sign'] = null, title = ''): SongAction {
  return { label, title, sign, weight, command };
}

function duringSong(room: RoomState, ending: boolean): SongAction[] {
  const you = yourself(room);
  const leading = room.leader === you.id;
  const actions: SongAction[] = [];
  if (leading && !ending) actions.push(action('Stop: that was the end', 'primary', { type: 'stop' }, 'stop', 'The others still hear the end'));
  const free = you.role === 'singer' && !leading && !leaderDecides(room);
  if (room.organiser || free) actions.push(action('Stop for all at once', 'secondary', { type: 'stop', now: true }, 'stop'));
  if (free && room.leadAsked === null)
    actions.push(action('Lead the next song', 'secondary', { type: 'lead' }, null, 'The lead is yours when this song is over'));
  return actions;
}

function betweenSongs(room: RoomState): SongAction[] {
  const you = yourself(room);
  if (room.leader === you.id) {
    const start = action('Start the song', 'primary', { type: 'start' }, 'play', startWords(room));
    const asker = personOf(room, room.leadAsked);
    if (asker === null) return [start, action('Give up the lead', 'quiet', { type: 'give_lead' })];
    return [
      start,
      action(`Let ${asker.name} lead`, 'secondary', { type: 'give_lead', to: asker.id }),
      action('Keep the lead', 'secondary', { type: 'keep_lead' }),
    ];
  }
  if (you.role !== 'singer' || room.leadAsked !== null) return [];
  if (room.leader === null) return [action('Lead a song', 'primary', { type: 'lead' })];
  if (leaderDecides(room)) return [action('Ask for the lead', 'secondary', { type: 'lead' })];
  return [action('Take the lead', 'secondary', { type: 'lead' })];
}

/** What Start starts. */
export function startWords(room: RoomState): string {
  const track = room.tracks.find((one) => one.id === room.track);
  return track ? `It plays “${track.name}”.` : 'It has no backing track.';
}
