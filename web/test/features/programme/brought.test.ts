import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { broughtSentences, fileNameOf, roomsToCopyFrom } from '../../../src/features/programme/brought.js';
import { broughtIn } from '../../../src/net/programme.js';
import { remembered } from '../../../src/state/storage.js';
import { stubStorage } from '../../fake_storage.js';

describe('a programme that was brought', () => {
  it('is told with what could not be taken, in one’s own language where that is known', () => {
    const body = {
      songs: 1,
      problems: [
        { code: 'track_unreadable', name: 'Psalm.wav', message: 'x' },
        { code: 'from_the_future', name: 'Y', message: 'As the server says.' },
      ],
    };
    const brought = broughtIn(body);
    expect(brought.ok && broughtSentences(brought.value)).toEqual([
      '1 song has come into the programme.',
      'The track “Psalm.wav” could not be read: please upload it again.',
      'As the server says.',
    ]);
    expect(broughtIn({ songs: -1 }).ok).toBe(false);
  });
});

describe('the rooms from which one can be copied', () => {
  beforeEach(() => void stubStorage());
  afterEach(() => vi.unstubAllGlobals());

  it('are those whose organiser’s key this browser has, but for this one', () => {
    remembered.rooms = ['here', 'mine', 'visited', 'nameless'].map((room, i) => ({
      room,
      name: room === 'nameless' ? '' : room.toUpperCase(),
      lastMs: i,
      organiser: room !== 'visited',
    }));
    for (const room of ['here', 'mine', 'nameless']) remembered.setKey(room, `key of ${room}`);
    expect(roomsToCopyFrom('here')).toEqual([
      { room: 'mine', name: 'MINE', key: 'key of mine' },
      { room: 'nameless', name: 'nameless', key: 'key of nameless' },
    ]);
  });
});

describe('the name of the file', () => {
  it('is the room’s, without what systems do not take', () => {
    expect(fileNameOf('Monday: choir / 1')).toBe('Monday choir 1.zip');
    expect(fileNameOf('???')).toBe('Roundelay.zip');
  });
});
