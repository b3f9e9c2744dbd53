// One's own part louder: the server is asked while it is wanted and there is a part, once for each connection.
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OwnPart } from '../../../src/features/sound/own_part.js';
import { nextRoom, type RoomState } from '../../../src/state/room.js';
import type { Command, Person, ServerMessage } from '../../../src/wire/control/control.js';
import { stubStorage } from '../../fake_storage.js';
import { person, welcome } from '../../samples.js';

const room = signal<RoomState | null>(null);
let part: OwnPart;
let sent: Command[];

function says(message: ServerMessage): void {
  room.value = nextRoom(room.value, message);
  if (message.type === 'welcome') part.begin();
  part.look();
}
function enter(you: Partial<Person>, rights: Command['type'][] = ['hear_part']): void {
  const self = person({ id: 'a', ...you });
  says(welcome({ you: self, people: [self], rights }));
}
const sings = (name: string): void => says({ type: 'person', person: person({ id: 'a', part: name }) });

beforeEach(() => {
  stubStorage();
  room.value = null;
  sent = [];
  part = new OwnPart(room, (command) => sent.push(command));
});
afterEach(() => vi.unstubAllGlobals());

describe('one’s own part louder', () => {
  it('is asked for when it is pressed, added twice as high, and remembered', () => {
    enter({ part: 'Alto' });
    expect([part.name, part.factor, sent]).toEqual(['Alto', 0, []]);
    part.setLouder(true);
    expect([part.factor, sent]).toEqual([1, [{ type: 'hear_part', on: true }]]);
    part.setLouder(false);
    expect(sent[1]).toEqual({ type: 'hear_part', on: false });
    part.setLouder(true);
    expect(new OwnPart(room, () => undefined).louder.value).toBe(true);
  });

  it('is asked for again with each connection, and not where one sings no part or the server knows nothing of it', () => {
    part.setLouder(true);
    expect(sent).toEqual([]);
    enter({ part: '' });
    expect([part.name, sent]).toEqual([null, []]);
    sings('Tenor');
    expect(sent).toEqual([{ type: 'hear_part', on: true }]);
    sings('Bass');
    expect(sent).toHaveLength(1);
    enter({ part: 'Bass' });
    expect(sent).toHaveLength(2);
    sings('');
    expect(sent[2]).toEqual({ type: 'hear_part', on: false });
    enter({ part: 'Bass' }, []);
    expect([part.name, sent.length]).toEqual([null, 3]);
  });
});
