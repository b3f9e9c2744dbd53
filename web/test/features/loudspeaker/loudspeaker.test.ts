import { signal } from '@preact/signals';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/audio/shared/open_loudspeaker.js';
import { mayMoveNow, otherLoudspeakers, OwnLoudspeaker } from '../../../src/features/loudspeaker/loudspeaker.js';
import { enterRoom, nextRoom, type RoomState } from '../../../src/state/room.js';
import type { Command, Person, ServerMessage } from '../../../src/wire/control/control.js';
import { person, settings, song, welcome } from '../../samples.js';

const OPEN: Verdict = { kind: 'open', delayMs: 120, levelDb: -15 };
const CLOSED: Verdict = { kind: 'closed' };
const RIGHTS = ['bucket', 'loudspeaker'];

const room = signal<RoomState | null>(null);
let sent: Command[];
let own: OwnLoudspeaker;

function enter(you: Partial<Person> = {}, rights = RIGHTS): void {
  const ann = person({ id: 'a', bucket: 2, ...you });
  room.value = enterRoom(welcome({ you: ann, people: [ann, person({ id: 'b', name: 'Ben', bucket: 3 })], song: song({ number: 7 }), rights }));
}

function says(message: ServerMessage): void {
  room.value = nextRoom(room.value, message);
}

beforeEach(() => {
  sent = [];
  enter();
  own = new OwnLoudspeaker(room, (command) => sent.push(command));
});

describe('one’s own open loudspeaker', () => {
  it('is said, and told to the server once; what is uncertain changes nothing', () => {
    own.take({ kind: 'unsure' });
    expect([own.disturbs.value, sent]).toEqual([false, []]);
    own.take(OPEN);
    own.take(OPEN);
    own.take({ kind: 'unsure' });
    expect([own.disturbs.value, sent]).toEqual([true, [{ type: 'loudspeaker', open: true }]]);
    own.take(CLOSED);
    expect([own.disturbs.value, sent.at(-1)]).toEqual([false, { type: 'loudspeaker', open: false }]);
  });

  it('is not told where the server does not know of it', () => {
    enter({}, ['bucket']);
    own.take(OPEN);
    expect([own.disturbs.value, sent]).toEqual([true, []]);
  });

  it('is told again to a server that welcomes anew', () => {
    own.take(OPEN);
    own.welcomed();
    own.take(OPEN);
    expect(sent.length).toBe(2);
  });

  it('that one says is none is none for this song, for everybody, and may be found in the next one', () => {
    own.take(OPEN);
    own.deny();
    own.take(OPEN);
    expect([own.disturbs.value, sent.map((one) => 'open' in one && one.open)]).toEqual([false, [true, false]]);
    says({ type: 'song', song: song({ number: 8 }) });
    own.take(OPEN);
    expect([own.disturbs.value, sent.length]).toEqual([true, 3]);
  });

  it('of a song before is not shown in the next one, and told anew when it is found again', () => {
    own.take(OPEN);
    says({ type: 'song', song: song({ number: 7, state: 'none' }) });
    expect(own.disturbs.value).toBe(true);
    says({ type: 'song', song: song({ number: 8 }) });
    expect(own.disturbs.value).toBe(false);
    own.take(OPEN);
    expect([own.disturbs.value, sent]).toEqual([
      true,
      [
        { type: 'loudspeaker', open: true },
        { type: 'loudspeaker', open: true },
      ],
    ]);
  });

  it('disturbs nobody in the last bucket, from a microphone that is off, or of who listens', () => {
    own.take(OPEN);
    for (const change of [{ bucket: 4 }, { muted: true }, { role: 'listener' as const }]) {
      says({ type: 'person', person: person({ bucket: 2, ...change }) });
      expect(own.disturbs.value).toBe(false);
    }
    says({ type: 'person', person: person({ bucket: 2 }) });
    expect(own.disturbs.value).toBe(true);
  });

  it('of other devices says nothing', () => {
    own.take(OPEN);
    own.forget();
    expect([own.disturbs.value, sent.at(-1)]).toEqual([false, { type: 'loudspeaker', open: false }]);
  });
});

describe('the loudspeakers of others', () => {
  const named = (): string[] => otherLoudspeakers(room.value as RoomState).map(({ name }) => name);

  it('are shown by name, without oneself, those who are gone, and those who disturb nobody', () => {
    says({ type: 'loudspeakers', people: ['a', 'b', 'gone'] });
    expect(named()).toEqual(['Ben']);
    says({ type: 'person', person: person({ id: 'b', name: 'Ben', bucket: settings().buckets }) });
    expect(named()).toEqual([]);
  });

  it('may be moved by who has the right to, between songs', () => {
    const mayMove = (change: Partial<Person> = {}): boolean => mayMoveNow(room.value as RoomState, person({ id: 'b', ...change }));
    expect(mayMove()).toBe(false);
    says({ type: 'rights', rights: ['move_person'], organiser: true });
    expect(mayMove()).toBe(false);
    says({ type: 'song', song: song({ state: 'none' }) });
    expect([mayMove(), mayMove({ leader: true })]).toEqual([true, false]);
  });
});
