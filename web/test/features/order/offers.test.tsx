// Every button that asks something of the server, walked against the rights: with the right it is there, without it is not.
import { describe, expect, it, vi, beforeEach, afterEach } from 'vitest';
import { signal } from '@preact/signals';
import type { ComponentChild, JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { LineOfBuckets } from '../../../src/features/line/line_of_buckets.js';
import { PersonMenu } from '../../../src/features/order/person_dialog.js';
import { bucketsFor, hasMenu, personActions } from '../../../src/features/order/person_actions.js';
import { RoomSections } from '../../../src/features/order/room_dialog.js';
import { ChatPanel } from '../../../src/features/chat/chat_panel.js';
import { HandsUp } from '../../../src/features/hand/hands_panel.js';
import { ProgramsSection } from '../../../src/features/programs/programs_section.js';
import { OwnChat } from '../../../src/features/chat/own_chat.js';
import { PlanPanel } from '../../../src/features/plan/plan_panel.js';
import { RecordingPolicySection } from '../../../src/features/recordings/policy_section.js';
import { RoomSettings } from '../../../src/features/settings/room_settings.js';
import { SongControls } from '../../../src/features/song/song_controls.js';
import { MicrophoneButton } from '../../../src/features/sound/voice_note.js';
import { Tracks } from '../../../src/features/tracks/tracks.js';
import type { Session } from '../../../src/session/session.js';
import { enterRoom, may, type RoomState } from '../../../src/state/room.js';
import type { Command, Person } from '../../../src/wire/control/control.js';
import { stubStorage } from '../../fake_storage.js';
import { person, song, welcome } from '../../samples.js';

beforeEach(() => {
  stubStorage();
  vi.stubGlobal('location', { origin: 'https://sing.example', pathname: '/r/abc' });
});
afterEach(() => vi.unstubAllGlobals());

const ALL: Command['type'][] = [
  ...([
    'lead',
    'give_lead',
    'keep_lead',
    'track',
    'start',
    'stop',
    'bucket',
    'mute',
    'role',
    'name',
    'settings',
    'plan',
    'delete_track',
    'part',
  ] as const),
  ...(['mute_person', 'move_person', 'remove_person', 'readmit', 'appoint', 'room', 'password', 'new_key', 'delete_room'] as const),
  ...(['say', 'announce', 'unsay', 'hand', 'lower_hands', 'away', 'program_token', 'revoke_token'] as const),
];
const ben = person({ id: 'b', name: 'Ben', bucket: 2, may_lead: true });
const track = { id: 't', name: 'song.mp3', seconds: 60, channels: 2, loudness: null };

/** Ann, with these rights, in a room with Ben, a track, and somebody removed. */
function room(rights: readonly string[], change: Partial<RoomState> = {}): RoomState {
  const you = person({ id: 'a', bucket: 3 });
  const removed = [{ id: 'x', name: 'Xaver' }];
  return { ...enterRoom(welcome({ you, people: [you, ben], tracks: [track], removed, rights: [...rights, 'leave'] })), ...change };
}

const session = {
  connected: { value: true },
  uploads: { value: [] },
  song: { sounding: { value: 0 }, ending: { value: false } },
  notices: { shown: { value: [] } },
  refusal: { value: null },
  organiserKey: { value: 'key' },
  programToken: { value: null },
  chat: new OwnChat(signal(null)),
  roomId: 'abc',
} as unknown as Session;

const said = { lines: [{ id: '1', person: 'b', name: 'Ben', text: 'Hello', at: 0, announcement: false }] };
const handUp = { people: [person({ id: 'a' }), { ...ben, hand: 5 }] };

/** The part of the page where the button stands, and what it looks like. */
const BUTTONS: Record<string, { shows: (room: RoomState) => ComponentChild; mark: RegExp; change?: Partial<RoomState> }> = {
  lead: { shows: (r) => <SongControls session={session} room={r} />, mark: />Lead a song</ },
  give_lead: { shows: (r) => <SongControls session={session} room={r} />, mark: />Give up the lead</, change: { leader: 'a' } },
  keep_lead: { shows: (r) => <SongControls session={session} room={r} />, mark: />Keep the lead</, change: { leader: 'a', leadAsked: 'b' } },
  start: { shows: (r) => <SongControls session={session} room={r} />, mark: />Start the song</, change: { leader: 'a' } },
  stop: { shows: (r) => <SongControls session={session} room={r} />, mark: />Halt for everybody</, change: { song: song() } },
  track: { shows: (r) => <Tracks session={session} room={r} />, mark: /<input type="radio" name="track"(?![^>]* disabled)/ },
  delete_track: { shows: (r) => <Tracks session={session} room={r} />, mark: /aria-label="Delete song.mp3"(?![^>]* disabled)/ },
  bucket: { shows: (r) => <LineOfBuckets session={session} room={r} onPerson={() => undefined} />, mark: /class="bucket-move"/ },
  settings: { shows: (r) => sections(r), mark: />Automatic level</ },
  plan: { shows: (r) => <PlanPanel session={session} room={r} />, mark: />A tempo</ },
  room: { shows: (r) => sections(r), mark: />Rename</ },
  password: { shows: (r) => sections(r), mark: /id="new-password"/ },
  new_key: { shows: (r) => sections(r), mark: />Make a new link/ },
  readmit: { shows: (r) => sections(r), mark: />Let back in/ },
  announce: { shows: (r) => <ChatPanel session={session} room={r} />, mark: /As an announcement/ },
  unsay: { shows: (r) => <ChatPanel session={session} room={r} />, mark: /aria-label="Take away what Ben said"/, change: said },
  lower_hands: { shows: (r) => <HandsUp session={session} room={r} />, mark: />Lower</, change: handUp },
  program_token: { shows: (r) => sections(r), mark: />Make a token</ },
  delete_room: { shows: (r) => sections(r), mark: />Delete the room \.\.\./ },
  mute_person: { shows: (r) => <PersonMenu session={session} room={r} person={ben} />, mark: />Mute firmly</ },
  move_person: { shows: (r) => <PersonMenu session={session} room={r} person={ben} />, mark: /aria-label="Move to group 3"/ },
  remove_person: { shows: (r) => <PersonMenu session={session} room={r} person={ben} />, mark: />Remove from the room</ },
  appoint: { shows: (r) => <PersonMenu session={session} room={r} person={ben} />, mark: />Make co-organiser</ },
  name: { shows: (r) => <PersonMenu session={session} room={r} person={r.people[0] as Person} />, mark: /id="own-name"/ },
  part: { shows: (r) => <PersonMenu session={session} room={r} person={r.people[0] as Person} />, mark: /id="own-part"/ },
  mute: { shows: (r) => microphone(r), mark: /class="mute"(?![^>]* disabled)/ },
};

function sections(r: RoomState): JSX.Element {
  return (
    <RoomSections
      session={session}
      room={r}
      settings={<RoomSettings session={session} room={r} />}
      recordings={<RecordingPolicySection session={session} room={r} />}
      programs={<ProgramsSection session={session} room={r} />}
    />
  );
}

function microphone(r: RoomState): JSX.Element {
  const voice = { sent: true, label: 'Microphone on', trouble: null, wanting: false };
  return <MicrophoneButton session={session} voice={voice} muted={false} fixed={!may(r, 'mute')} />;
}

describe('what the page offers', () => {
  it.each(Object.entries(BUTTONS))('%s: with the right alone, and never without it', (right, { shows, mark, change }) => {
    expect(renderToString(<>{shows(room([right], change))}</>)).toMatch(mark);
    expect(
      renderToString(
        <>
          {shows(
            room(
              ALL.filter((other) => other !== right),
              change,
            ),
          )}
        </>,
      ),
    ).not.toMatch(mark);
  });
});

describe('the menu of a person', () => {
  const all = room(ALL, { leader: 'a' });
  const labels = (r: RoomState, change: Partial<Person> = {}): string[] => personActions(r, { ...ben, ...change }).map((one) => one.label);

  it('is there where there is something in it: for oneself always, for others by rights', () => {
    expect(hasMenu(room(['name']), person())).toBe(true);
    expect(hasMenu(room(['name']), ben)).toBe(false);
    expect(hasMenu(room(['move_person']), ben)).toBe(true);
  });

  it('mutes so that she may undo it, or not; who was muted firmly is switched on again, and nobody who switched off herself', () => {
    const muting = (change: Partial<Person>): unknown[] => personActions(room(['mute_person']), { ...ben, ...change }).map((one) => one.command);
    const mute = { type: 'mute_person', person: 'b', muted: true };
    const on = { type: 'mute_person', person: 'b', muted: false };
    expect(muting({})).toEqual([
      { ...mute, may_undo: true },
      { ...mute, may_undo: false },
    ]);
    expect(muting({ muted: true, held: true })).toEqual([on]);
    expect(muting({ muted: true })).toEqual([{ ...mute, may_undo: false }]);
    expect(muting({ organiser: true })).toEqual([{ ...mute, may_undo: true }]);
    expect(muting({ role: 'listener' })).toEqual([]);
  });

  it('moves nobody in a song, not the leader, and nobody into the leader’s bucket', () => {
    expect(bucketsFor(all, ben)).toEqual([2, 3, 4]);
    expect(bucketsFor(all, { ...ben, leader: true })).toEqual([]);
    expect(bucketsFor({ ...all, song: song() }, ben)).toEqual([]);
    expect(bucketsFor(all, person())).toEqual([]);
  });

  it('gives the lead between songs, to a singer who is there', () => {
    expect(labels(all)).toContain('Give the lead');
    for (const change of [{ role: 'listener' }, { connected: false }, { robot: true }, { leader: true }] as const)
      expect(labels(all, change)).not.toContain('Give the lead');
    expect(labels({ ...all, song: song() })).not.toContain('Give the lead');
  });

  it('gives a robot no office, removes no organiser, and appoints leaders where they are appointed', () => {
    expect(labels(room(['appoint']), { robot: true })).toEqual([]);
    expect(labels(all, { organiser: true })).not.toContain('Remove from the room');
    expect(labels(all, { organiser: true })).toContain('Take the organiser’s office away');
    const appointed = { ...all, room: { ...all.room, leads: 'appointed' as const } };
    expect(labels(appointed, { may_lead: false })).toContain('Appoint as a leader');
    expect(labels(all, { may_lead: false })).not.toContain('Appoint as a leader');
    expect(labels(all)).toContain('No longer appoint as a leader');
  });

  it('lets an organiser give up her office only where there is another', () => {
    const own = person({ organiser: true });
    const offers = (r: RoomState): string[] => personActions(r, own).map((one) => one.label);
    expect(offers(all)).not.toContain('Give up being an organiser');
    expect(offers({ ...all, people: [own, { ...ben, organiser: true }] })).toContain('Give up being an organiser');
  });

  it('asks before what cannot be undone easily', () => {
    const sure = personActions(all, ben).filter((one) => one.sure !== null);
    expect(sure.map((one) => one.command.type)).toEqual(['appoint', 'remove_person']);
  });
});
