import { describe, expect, it } from 'vitest';
import { handsUp } from '../../../src/features/hand/hands.js';
import { enterRoom, nextRoom, type RoomState } from '../../../src/state/room.js';
import { person, welcome } from '../../samples.js';

describe('hands', () => {
  it('stand in the order in which they were raised', () => {
    const people = [person({ id: 'a', hand: 30 }), person({ id: 'b' }), person({ id: 'c', hand: 10 }), person({ id: 'd', hand: 20 })];
    expect(handsUp(people).map((one) => one.id)).toEqual(['c', 'd', 'a']);
  });
});

describe('whose voice sounds', () => {
  it('follows what the server tells, and is nobody’s after a welcome', () => {
    const first = nextRoom(enterRoom(welcome()), { type: 'sounding', on: ['a', 'b'], off: [] }) as RoomState;
    const second = nextRoom(first, { type: 'sounding', on: ['c'], off: ['a'] }) as RoomState;
    expect([...second.sounding].sort()).toEqual(['b', 'c']);
    expect(nextRoom(second, welcome())?.sounding.size).toBe(0);
  });
});
