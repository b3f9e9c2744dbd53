import { signal } from '@preact/signals';
import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PersonMenu } from '../../../src/features/order/person_dialog.js';
import { Correction } from '../../../src/features/sound/correction.js';
import { OwnTiming, timingWords } from '../../../src/features/timing/timing.js';
import { TimingNote } from '../../../src/features/timing/timing_note.js';
import type { Session } from '../../../src/session/session.js';
import { enterRoom, nextRoom, personOf, type RoomState } from '../../../src/state/room.js';
import type { Command, Person, ServerMessage } from '../../../src/wire/control/control.js';
import { stubStorage } from '../../fake_storage.js';
import { person, song, welcome } from '../../samples.js';

const HEADSET = { microphone: 'Headset', loudspeaker: 'Headset' };
const room = signal<RoomState | null>(null);
let sent: Command[];
let correction: Correction;
let own: OwnTiming;

function says(message: ServerMessage): void {
  room.value = nextRoom(room.value, message);
}
const late = (ms: number, number = 7): void => says({ type: 'timing', song: number, people: [{ id: 'a', late_ms: ms }] });
const over = (number = 7): void => says({ type: 'song', song: song({ number, state: 'none' }) });
const shown = (): string => renderToString(<TimingNote session={{ timing: own } as unknown as Session} room={room.value as RoomState} />);

beforeEach(() => {
  stubStorage();
  sent = [];
  const you = person({ id: 'a' });
  room.value = enterRoom(welcome({ you, people: [you, person({ id: 'b', name: 'Ben' })], song: song({ number: 7 }), rights: ['corrected'] }));
  correction = new Correction();
  correction.use(HEADSET);
  own = new OwnTiming(room, correction, (command) => sent.push(command));
});
afterEach(() => vi.unstubAllGlobals());

describe('one’s own timing', () => {
  it('is not said while the song lasts, but after it', () => {
    late(62);
    expect(shown()).toBe('');
    over();
    expect(shown()).toContain('You sang about 60 ms late in the last song, steadily.');
    says({ type: 'song', song: song({ number: 8 }) });
    expect(shown()).toBe('');
  });

  it('is put right by one press, for this pair of devices, and the server is told; taken back by another', () => {
    correction.set(100, 'measured');
    late(62);
    over();
    sent = [];
    own.apply();
    expect([correction.ms.value, correction.source.value, sent]).toEqual([162, 'measured', [{ type: 'corrected' }]]);
    expect(shown()).toContain('Done: your voice comes 62 ms earlier from now on.');
    own.takeBack();
    expect([correction.ms.value, correction.source.value, shown()]).toEqual([100, 'measured', '']);
    correction = new Correction();
    correction.use(HEADSET);
    expect(correction.ms.value).toBe(100);
  });

  it('of a pair without a correction leaves none behind when it is taken back', () => {
    late(-40);
    over();
    own.apply();
    expect([correction.ms.value, correction.source.value]).toEqual([-40, 'hand']);
    expect(shown()).toContain('40 ms later');
    own.takeBack();
    expect([correction.ms.value, correction.source.value]).toEqual([0, null]);
  });

  it('within what nobody hears is not worth a word', () => {
    late(20);
    over();
    expect(shown()).toBe('');
  });

  it('of a song that another followed at once is said after that one, unless more is known by then', () => {
    over();
    says({ type: 'song', song: song({ number: 8 }) });
    late(62, 7);
    expect(shown()).toBe('');
    over(8);
    expect(shown()).toContain('You sang about 60 ms late in the song before the last one, steadily.');
    late(40, 8);
    expect(shown()).toContain('about 40 ms late in the last song');
    says({ type: 'song', song: song({ number: 9 }) });
    over(9);
    expect(shown()).toBe('');
  });

  it('that was put away is offered again after another song only', () => {
    late(62);
    over();
    own.putAway();
    expect(shown()).toBe('');
    late(50, 8);
    over(8);
    expect(shown()).toContain('50 ms late');
  });

  it('counts no more when the correction is set by hand', () => {
    correction.set(30);
    expect(sent).toEqual([{ type: 'corrected' }]);
  });

  it('is not told where the server does not know of it', () => {
    room.value = { ...(room.value as RoomState), rights: [] };
    correction.set(30);
    expect(sent).toEqual([]);
  });
});

describe('others’ timing', () => {
  it('stands in the menu of a person', () => {
    says({ type: 'timing', song: 7, people: [{ id: 'b', late_ms: -58 }] });
    over();
    const value = room.value as RoomState;
    expect(timingWords(value, 'b')).toBe('In the last song, about 60 ms early');
    const session = { connected: signal(true), notices: { shown: signal([]) } } as unknown as Session;
    const menu = renderToString(<PersonMenu session={session} room={value} person={personOf(value, 'b') as Person} />);
    expect(menu).toContain('about 60 ms early');
  });
});
