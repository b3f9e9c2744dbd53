// What one may do with the song and the lead now: by one's rights, and the moment. Pure.
import type { Command } from '../../wire/control/control.js';
import { may, personOf, type RoomState } from '../../state/room.js';

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
  const leading = room.leader === room.you;
  const actions: SongAction[] = [];
  const mayStop = may(room, 'stop');
  // One button for each: whoever leads ends the song where she hears it, and all others hear it out; what cannot wait, is halted.
  if (mayStop && leading && !ending) actions.push(action('Stop the song', 'primary', { type: 'stop' }, 'stop', 'All others hear it to this point'));
  if (mayStop && (!leading || ending)) actions.push(action('Halt for everybody', 'secondary', { type: 'stop', now: true }, 'stop'));
  if (may(room, 'lead') && !leading && !leaderDecides(room) && room.leadAsked === null)
    actions.push(action('Lead the next song', 'secondary', { type: 'lead' }, null, 'The lead is yours when this song is over'));
  return actions;
}

function betweenSongs(room: RoomState): SongAction[] {
  if (room.leader === room.you) return leadersActions(room);
  if (!may(room, 'lead') || room.leadAsked !== null) return [];
  if (room.leader === null) return [action('Lead a song', 'primary', { type: 'lead' })];
  if (leaderDecides(room)) return [action('Ask for the lead', 'secondary', { type: 'lead' })];
  return [action('Take the lead', 'secondary', { type: 'lead' })];
}

function leadersActions(room: RoomState): SongAction[] {
  const asker = personOf(room, room.leadAsked);
  const actions: SongAction[] = [];
  if (may(room, 'start')) actions.push(action('Start the song', 'primary', { type: 'start' }, 'play', startWords(room)));
  if (may(room, 'give_lead') && asker === null) actions.push(action('Give up the lead', 'quiet', { type: 'give_lead' }));
  if (may(room, 'give_lead') && asker !== null) actions.push(action(`Let ${asker.name} lead`, 'secondary', { type: 'give_lead', to: asker.id }));
  if (may(room, 'keep_lead') && asker !== null) actions.push(action('Keep the lead', 'secondary', { type: 'keep_lead' }));
  return actions;
}

/** What Start starts. */
export function startWords(room: RoomState): string {
  const track = room.tracks.find((one) => one.id === room.track);
  return track ? `It plays “${track.name}”.` : 'It has no backing track.';
}
