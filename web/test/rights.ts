// What the server tells whom in `rights`: its table of commands once more, for rooms that a test makes up.
import { personOf, yourself, type RoomState } from '../src/state/room.js';

const EVERYBODY = ['bucket', 'role', 'name', 'leave', 'part', 'loudspeaker', 'corrected', 'say', 'hand', 'away'];
const LEADER = ['start', 'give_lead', 'keep_lead'];
const OFFICE = ['mute_person', 'move_person'];
const LEADER_OR_OFFICE = ['announce'];
const ORGANISER = [
  'delete_track',
  'unsay',
  'remove_person',
  'readmit',
  'appoint',
  'room',
  'password',
  'new_key',
  'program_token',
  'revoke_token',
  'delete_room',
];

/** The room, with the rights that one has in it. */
export function withRights<R extends RoomState>(room: R): R {
  const you = yourself(room);
  const leader = personOf(room, room.leader);
  const leads = room.leader === room.you;
  const free = you.role === 'singer' && (leader === null || !leader.connected || leader.robot);
  const rights = [...EVERYBODY];
  if (!you.held) rights.push('mute');
  if (you.role === 'singer' && (room.room.leads === 'singers' || you.may_lead || room.organiser || leads)) rights.push('lead');
  if (leads) rights.push(...LEADER);
  if (leads || room.organiser) rights.push('track', 'settings', 'plan', 'lower_hands');
  if (leads || room.organiser || you.engineer) rights.push(...LEADER_OR_OFFICE);
  if (leads || room.organiser || free) rights.push('stop');
  if (room.organiser || you.engineer) rights.push(...OFFICE);
  if (room.organiser) rights.push(...ORGANISER);
  return { ...room, rights };
}
