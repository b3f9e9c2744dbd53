// What one may do with a person in the line: by one's rights, what she is, and the moment. Pure.
import { bucketAt, type BucketNumber } from '../../units.js';
import { may, type RoomState } from '../../state/room.js';
import type { Command, Person } from '../../wire/control/control.js';
import { t } from '../../i18n/words.js';

export interface PersonAction {
  label: string;
  /** What comes of it, where the label does not say all. */
  hint: string;
  command: Command;
  /** To be pressed twice: the second time it says so. */
  sure: string | null;
}

function action(label: string, hint: string, command: Command, sure: string | null = null): PersonAction {
  return { label, hint, command, sure };
}

export function personActions(room: RoomState, person: Person): PersonAction[] {
  const other = person.id !== room.you;
  return [
    ...(other ? microphoneActions(room, person) : []),
    ...(other ? leadActions(room, person) : []),
    ...officeActions(room, person, other),
    ...(other ? removal(room, person) : []),
  ];
}

function microphoneActions(room: RoomState, { id, role, muted, held, organiser }: Person): PersonAction[] {
  if (!may(room, 'mute_person') || role !== 'singer') return [];
  const mute = (may_undo: boolean): Command => ({ type: 'mute_person', person: id, muted: true, may_undo });
  const actions: PersonAction[] = [];
  // What its owner switched off, she alone switches on.
  if (held) actions.push(action(t.order.switchTheMicrophoneOn, t.order.theOthersHearThisVoice, { type: 'mute_person', person: id, muted: false }));
  else if (!muted) actions.push(action(t.order.switchTheMicrophoneOff, t.order.theSingerCanSwitchIt, mute(true)));
  if (!held && !organiser) actions.push(action(t.order.muteFirmly, t.order.itStaysOffUntilAn, mute(false)));
  return actions;
}

function leadActions(room: RoomState, person: Person): PersonAction[] {
  const fits = person.role === 'singer' && person.connected && !person.robot && !person.leader;
  if (!may(room, 'give_lead') || !fits || room.song.state === 'playing') return [];
  return [action(t.order.giveTheLead, t.order.youStandBehindThen, { type: 'give_lead', to: person.id })];
}

function officeActions(room: RoomState, person: Person, other: boolean): PersonAction[] {
  if (!may(room, 'appoint') || person.robot) return [];
  const { id, engineer, organiser, may_lead } = person;
  const actions: PersonAction[] = [];
  if (engineer) actions.push(action(t.order.takeTheEngineersOfficeAway, '', { type: 'appoint', person: id, engineer: false }));
  else actions.push(action(t.order.makeEngineer, t.order.maySwitchMicrophonesAndMove, { type: 'appoint', person: id, engineer: true }));
  if (may_lead) actions.push(action(t.order.noLongerAppointAsA, '', { type: 'appoint', person: id, may_lead: false }));
  else if (room.room.leads === 'appointed')
    actions.push(action(t.order.appointAsALeader, t.order.mayLeadInThisRoom, { type: 'appoint', person: id, may_lead: true }));
  if (!organiser) {
    const hint = t.order.mayDoAllThatYou;
    actions.push(action(t.order.makeCoOrganiser, hint, { type: 'appoint', person: id, organiser: true }, t.order.yesMakeCoOrganiser));
  } else if (other || room.people.some((one) => one.organiser && one.id !== id)) {
    const label = other ? t.order.takeTheOrganisersOfficeAway : t.order.giveUpBeingAnOrganiser;
    actions.push(
      action(
        label,
        '',
        { type: 'appoint', person: id, organiser: false },
        other ? t.order.yesTakeTheOrganisersOffice : t.order.yesGiveUpBeingAnOrganiser,
      ),
    );
  }
  return actions;
}

function removal(room: RoomState, { id, name, organiser }: Person): PersonAction[] {
  if (!may(room, 'remove_person') || organiser) return [];
  const hint = t.order.outAtOnceAndCannot;
  return [action(t.order.removeFromTheRoom, hint, { type: 'remove_person', person: id }, t.order.yesRemove({ name }))];
}

/** Where a person may be moved to; empty: nowhere now. */
export function bucketsFor(room: RoomState, person: Person): BucketNumber[] {
  if (!may(room, 'move_person') || person.id === room.you || person.leader || room.song.state === 'playing') return [];
  const all = Array.from({ length: room.settings.buckets }, (_, i) => bucketAt(i));
  // The first one is the leader's.
  return all.filter((bucket) => bucket > 1);
}

/** There is anything to open on this person. */
export function hasMenu(room: RoomState, person: Person): boolean {
  if (person.id === room.you && (may(room, 'name') || may(room, 'part'))) return true;
  return personActions(room, person).length > 0 || bucketsFor(room, person).length > 0;
}
