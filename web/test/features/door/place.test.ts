import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetPlace, keepPlace } from '../../../src/features/door/place.js';
import type { ConnectionState } from '../../../src/net/connection.js';
import { remembered } from '../../../src/state/storage.js';
import { stubStorage } from '../../fake_storage.js';
import { person, welcome } from '../../samples.js';

const ROOM = 'abc';
const kept = (): (string | null)[] => [remembered.token(ROOM), remembered.visit(ROOM), remembered.key(ROOM)];
const ended = (ending: 'elsewhere' | 'too_large'): ConnectionState => ({ state: 'ended', ending, error: null });
const refused = (code: string): ConnectionState => ({ state: 'refused', error: { type: 'error', code, message: 'No.' } }) as ConnectionState;

beforeEach(() => {
  stubStorage();
  remembered.setKey(ROOM, 'key');
  keepPlace(ROOM, welcome({ token: 'token', you: person({ role: 'listener' }) }), null);
});
afterEach(() => vi.unstubAllGlobals());

describe('a place', () => {
  it('is kept from the welcome on, and follows one’s role', () => {
    expect(kept()).toEqual(['token', 'listener', 'key']);
    keepPlace(ROOM, { type: 'person', person: person({ id: 'a', role: 'singer' }) }, 'a');
    expect(remembered.visit(ROOM)).toBe('singer');
    keepPlace(ROOM, { type: 'people', people: [person({ id: 'b' }), person({ id: 'a', role: 'listener' })], gone: [] }, 'a');
    expect(remembered.visit(ROOM)).toBe('listener');
  });

  it('does not follow what others do', () => {
    keepPlace(ROOM, { type: 'person', person: person({ id: 'b', role: 'singer' }) }, 'a');
    keepPlace(ROOM, { type: 'person', person: person({ id: 'a', role: 'singer' }) }, null);
    expect(remembered.visit(ROOM)).toBe('listener');
  });

  it('is gone when it was taken away, but not when it is used elsewhere', () => {
    forgetPlace(ROOM, ended('elsewhere'));
    expect(kept()).toEqual(['token', null, 'key']);
    forgetPlace(ROOM, ended('too_large'));
    expect(kept()).toEqual([null, null, 'key']);
  });

  it('is not entered again by itself after a refusal; a key that is not taken is forgotten', () => {
    forgetPlace(ROOM, refused('room_full'));
    expect(kept()).toEqual(['token', null, 'key']);
    forgetPlace(ROOM, refused('not_allowed'));
    expect(kept()).toEqual(['token', null, null]);
  });

  it('is kept while the line is bad', () => {
    for (const state of ['connecting', 'open', 'given_up']) forgetPlace(ROOM, { state } as ConnectionState);
    expect(kept()).toEqual(['token', 'listener', 'key']);
  });
});
