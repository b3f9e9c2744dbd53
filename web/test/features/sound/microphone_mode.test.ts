import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/audio/engine/engine.js';
import { MicrophoneMode } from '../../../src/features/sound/microphone_mode.js';
import { OwnVolumes } from '../../../src/features/sound/own_volumes.js';
import { HELD_MS, SpaceToTalk } from '../../../src/features/sound/space_to_talk.js';
import { nextRoom, type RoomState } from '../../../src/state/room.js';
import { remembered } from '../../../src/state/storage.js';
import type { Command, Person, ServerMessage } from '../../../src/wire/control/control.js';
import { stubStorage } from '../../fake_storage.js';
import { person, song, welcome } from '../../samples.js';

const room = signal<RoomState | null>(null);
let mode: MicrophoneMode;
let sent: Command[];

function says(message: ServerMessage): void {
  room.value = nextRoom(room.value, message);
  mode.look();
}
/** The server does what was asked. */
function send(command: Command): void {
  sent.push(command);
  if (command.type === 'mute') room.value = nextRoom(room.value, { type: 'person', person: person({ id: 'a', muted: command.muted }) });
}
function enter(you: Partial<Person> = {}, playing = false, rights: Command['type'][] = ['mute']): void {
  const self = person({ id: 'a', ...you });
  says(welcome({ you: self, people: [self], rights, song: song({ number: 3, state: playing ? 'playing' : 'none' }) }));
}
const begins = (number: number): void => says({ type: 'song', song: song({ number }) });
const ends = (number: number): void => says({ type: 'song', song: song({ number, state: 'none' }) });

beforeEach(() => {
  stubStorage();
  room.value = null;
  sent = [];
  mode = new MicrophoneMode(room, send);
});
afterEach(() => vi.unstubAllGlobals());

describe('one’s own microphone', () => {
  it('stays off where one came in muted, until the next song begins', () => {
    remembered.microphoneForSongs = true;
    mode = new MicrophoneMode(room, send);
    const self = person({ id: 'a', muted: true });
    const message = welcome({ you: self, people: [self], rights: ['mute'], song: song({ number: 3, state: 'playing' }) });
    room.value = nextRoom(null, message);
    mode.look(true);
    expect(sent).toEqual([]);
    ends(3);
    begins(4);
    expect(sent).toEqual([{ type: 'mute', muted: false }]);
  });

  it('on for songs goes on when one begins and off when it is over, and so at the next visit', () => {
    enter();
    expect(mode.mode.value).toBe('on');
    mode.choose('songs');
    expect(sent).toEqual([{ type: 'mute', muted: true }]);
    begins(4);
    ends(4);
    expect(sent.slice(1)).toEqual([
      { type: 'mute', muted: false },
      { type: 'mute', muted: true },
    ]);
    sent = [];
    room.value = null;
    mode = new MicrophoneMode(room, send);
    enter({}, true);
    expect([mode.mode.value, sent]).toEqual(['songs', []]);
    ends(3);
    expect(sent).toEqual([{ type: 'mute', muted: true }]);
  });

  it('switched by hand stays so until a song begins or ends', () => {
    enter();
    mode.choose('songs');
    begins(4);
    sent = [];
    says({ type: 'person', person: person({ id: 'a', muted: true }) });
    says({ type: 'song', song: song({ number: 4, end: 960_000 }) });
    expect(sent).toEqual([]);
    ends(4);
    begins(5);
    expect(sent).toEqual([{ type: 'mute', muted: false }]);
  });

  it('off and on are what it is now, and no song changes them', () => {
    enter();
    mode.choose('off');
    expect(mode.mode.value).toBe('off');
    begins(4);
    ends(4);
    mode.choose('on');
    expect([mode.mode.value, sent]).toEqual([
      'on',
      [
        { type: 'mute', muted: true },
        { type: 'mute', muted: false },
      ],
    ]);
  });

  it('is left alone where somebody else has muted her, and where she listens', () => {
    enter({ muted: true }, false, []);
    mode.choose('songs');
    begins(4);
    expect(sent).toEqual([]);
    enter({ role: 'listener' }, false, []);
    begins(5);
    expect(sent).toEqual([]);
  });
});

describe('the space bar', () => {
  it('switches the microphone when it is pressed', () => {
    const space = new SpaceToTalk();
    expect([space.down(true, 0), space.up(HELD_MS - 1)]).toEqual([false, false]);
    expect([space.down(false, 1_000), space.up(9_000)]).toEqual([true, false]);
  });

  it('held down while the microphone is off, has it on for so long', () => {
    const space = new SpaceToTalk();
    expect([space.down(true, 0), space.up(HELD_MS), space.up(9_000)]).toEqual([false, true, false]);
  });
});

describe('the loudspeaker', () => {
  it('switched off lets nothing through, and on again as loud as it was', () => {
    const volumes = new OwnVolumes();
    const heard: number[] = [];
    const engine = { setMetronomeVolume: () => undefined, setVolumes: (_backing: number, master: number) => heard.push(master) } as unknown as Engine;
    for (const silent of [false, true, false]) {
      volumes.silent.value = silent;
      volumes.apply(engine, 1);
    }
    expect(heard).toEqual([1, 0, 1]);
  });
});
