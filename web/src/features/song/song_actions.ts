// What one may do with the song and the lead now: by one's rights, and the moment. Pure.
import type { Command } from '../../wire/control/control.js';
import { may, personOf, type RoomState } from '../../state/room.js';
import { t } from '../../i18n/words.js';

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
  if (mayStop && leading && !ending) actions.push(action(t.song.stopTheSong, 'primary', { type: 'stop' }, 'stop', t.song.allOthersHearItTo));
  if (mayStop && (!leading || ending)) actions.push(action(t.song.haltForEverybody, 'secondary', { type: 'stop', now: true }, 'stop'));
  if (may(room, 'lead') && !leading && !leaderDecides(room) && room.leadAsked === null)
    actions.push(action(t.song.leadTheNextSong, 'secondary', { type: 'lead' }, null, t.song.theLeadIsYoursWhen));
  return actions;
}

function betweenSongs(room: RoomState): SongAction[] {
  if (room.leader === room.you) return leadersActions(room);
  if (!may(room, 'lead') || room.leadAsked !== null) return [];
  if (room.leader === null) return [action(t.song.leadASong, 'primary', { type: 'lead' })];
  if (leaderDecides(room)) return [action(t.song.askForTheLead, 'secondary', { type: 'lead' })];
  return [action(t.song.takeTheLead, 'secondary', { type: 'lead' })];
}

function leadersActions(room: RoomState): SongAction[] {
  const asker = personOf(room, room.leadAsked);
  const actions: SongAction[] = [];
  if (may(room, 'start')) actions.push(action(t.song.startTheSong, 'primary', { type: 'start' }, 'play', startWords(room)));
  if (may(room, 'give_lead') && asker === null) actions.push(action(t.song.giveUpTheLead, 'quiet', { type: 'give_lead' }));
  if (may(room, 'give_lead') && asker !== null)
    actions.push(action(t.song.letLead({ name: asker.name }), 'secondary', { type: 'give_lead', to: asker.id }));
  if (may(room, 'keep_lead') && asker !== null) actions.push(action(t.song.keepTheLead, 'secondary', { type: 'keep_lead' }));
  return actions;
}

/** What Start starts. */
export function startWords(room: RoomState): string {
  const track = room.tracks.find((one) => one.id === room.track);
  return track ? t.song.itPlays({ name: track.name }) : t.song.itHasNoBackingTrack;
}
