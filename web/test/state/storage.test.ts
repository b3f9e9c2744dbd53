import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MOST_CORRECTION_MS, remembered } from '../../src/state/storage.js';
import { stubStorage, type FakeStorage } from '../fake_storage.js';

let long: FakeStorage;
let short: FakeStorage;

beforeEach(() => {
  ({ long, short } = stubStorage());
});
afterEach(() => vi.unstubAllGlobals());

describe('what the browser remembers', () => {
  it('is what was set, and nothing before', () => {
    expect(remembered.name).toBe('');
    expect(remembered.microphone).toBeNull();
    expect(remembered.listens).toBe(false);
    remembered.name = 'Ann';
    remembered.microphone = { id: 'usb', label: 'USB' };
    remembered.listens = true;
    expect(remembered.name).toBe('Ann');
    expect(remembered.microphone).toEqual({ id: 'usb', label: 'USB' });
    expect(remembered.listens).toBe(true);
    remembered.microphone = null;
    expect(remembered.microphone).toBeNull();
  });

  it('keeps volumes within their sliders, and forgets what is no number', () => {
    expect([remembered.backingVolume, remembered.masterVolume]).toEqual([1, 1]);
    remembered.backingVolume = 0.25;
    expect(remembered.backingVolume).toBe(0.25);
    for (const [text, backing, master] of [
      ['7', 1.5, 1],
      ['-1', 0, 0],
      ['loud', 1, 1],
      ['', 0, 0],
    ] as const) {
      long.setItem('roundelay.backing_volume', text);
      long.setItem('roundelay.master_volume', text);
      expect([remembered.backingVolume, remembered.masterVolume]).toEqual([backing, master]);
    }
  });

  it('keeps keys for ever and places for the life of the tab, each of its room', () => {
    remembered.setKey('abc', 'key');
    remembered.setToken('abc', 'token');
    remembered.setVisit('abc', 'listener');
    expect([remembered.key('abc'), remembered.token('abc'), remembered.visit('abc')]).toEqual(['key', 'token', 'listener']);
    expect([remembered.key('xyz'), remembered.token('xyz'), remembered.visit('xyz')]).toEqual([null, null, null]);
    expect(long.getItem('roundelay.key.abc')).toBe('key');
    expect(short.getItem('roundelay.token.abc')).toBe('token');
    remembered.setToken('abc', null);
    expect(remembered.token('abc')).toBeNull();
    short.setItem('roundelay.visit.abc', 'conductor');
    expect(remembered.visit('abc')).toBeNull();
  });

  it('keeps uploads by room and person, in their order', () => {
    expect(remembered.uploads('abc', '1')).toEqual([]);
    remembered.addUpload('abc', '1', 't1');
    remembered.addUpload('abc', '1', 't2');
    remembered.addUpload('abc', '2', 't3');
    expect(remembered.uploads('abc', '1')).toEqual(['t1', 't2']);
    expect(remembered.uploads('abc', '2')).toEqual(['t3']);
  });
});

describe('the rooms that one knows', () => {
  it('are what was kept, without what makes no sense', () => {
    expect(remembered.rooms).toEqual([]);
    const room = { room: 'abc', name: 'Choir', lastMs: 5, organiser: true };
    remembered.rooms = [room];
    expect(remembered.rooms).toEqual([room]);
    long.setItem('roundelay.rooms', JSON.stringify([null, 7, { ...room, lastMs: 'x' }, { ...room, organiser: undefined }, room]));
    expect(remembered.rooms).toEqual([room]);
    for (const nonsense of ['{', '7', 'null']) {
      long.setItem('roundelay.rooms', nonsense);
      expect(remembered.rooms).toEqual([]);
    }
  });
});

describe('corrections of the sound card', () => {
  it('are kept by pair of devices, the last one first', () => {
    expect(remembered.correction('usb')).toBeNull();
    remembered.setCorrection('usb', 40);
    remembered.setCorrection('built-in', -5);
    remembered.setCorrection('usb', 45);
    expect(remembered.correction('usb')).toBe(45);
    expect(remembered.correction('built-in')).toBe(-5);
    expect(remembered.lastCorrection).toEqual({ key: 'usb', ms: 45 });
  });

  it('are taken back without the gain of one’s voice that stands beside them', () => {
    remembered.setCorrection('headset', 78, 'measured');
    remembered.setInputGain('headset', 6, 'measured');
    remembered.forgetCorrection('headset');
    expect([remembered.correction('headset'), remembered.correctionSource('headset')]).toEqual([null, null]);
    expect(remembered.inputGain('headset')).toEqual({ db: 6, source: 'measured' });
  });

  it('are forgotten when there are too many, the oldest first', () => {
    for (let i = 0; i < 25; i++) remembered.setCorrection(`pair ${i}`, i);
    expect(remembered.correction('pair 4')).toBeNull();
    expect(remembered.correction('pair 5')).toBe(5);
  });

  it('of the time before pairs is the last one', () => {
    long.setItem('roundelay.correction_ms', '33');
    expect(remembered.lastCorrection).toEqual({ key: '', ms: 33 });
  });

  it('that make no sense are left out', () => {
    const kept = [{ key: 'good', ms: 1 }, null, { key: 2, ms: 3 }, { key: 'far', ms: MOST_CORRECTION_MS + 1 }, { key: 'text', ms: '4' }];
    long.setItem('roundelay.corrections', JSON.stringify(kept));
    expect(remembered.lastCorrection).toEqual({ key: 'good', ms: 1 });
    for (const key of ['far', 'text']) expect(remembered.correction(key)).toBeNull();
    for (const nonsense of ['{', '7', 'null']) {
      long.setItem('roundelay.corrections', nonsense);
      expect(remembered.lastCorrection).toBeNull();
    }
  });
});

it('a browser that forbids remembering forgets, and nothing breaks', () => {
  long.forbidden = true;
  short.forbidden = true;
  remembered.name = 'Ann';
  remembered.setToken('abc', 'token');
  remembered.setCorrection('usb', 40);
  expect(remembered.name).toBe('');
  expect(remembered.token('abc')).toBeNull();
  expect(remembered.lastCorrection).toEqual({ key: '', ms: 0 });
  expect(remembered.backingVolume).toBe(1);
});
