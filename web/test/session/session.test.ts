// A visit: what the worker tells becomes what the page shows, and what the browser remembers; a real engine on a browser's sound without a browser.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backingGainOf } from '../../src/audio/shared/balance.js';
import type { FromWorker } from '../../src/audio/engine/worker_messages.js';
import { Session } from '../../src/session/session.js';
import { remembered } from '../../src/state/storage.js';
import type { ServerMessage } from '../../src/wire/control/control.js';
import { FakeSound } from '../fake_sound.js';
import { stubStorage } from '../fake_storage.js';
import { person, song, welcome } from '../samples.js';

const parts = vi.hoisted(() => ({ now: null as unknown }));
vi.mock('../../src/audio/engine/engine_parts.js', () => ({ browserParts: () => parts.now }));

let sound: FakeSound;
let session: Session;
let page: EventTarget & { visibilityState: string };

const tell = (message: FromWorker): void => sound.worker.onmessage?.({ data: message });
const says = (message: ServerMessage): void => tell({ kind: 'message', message });
const isOpen = (): void => tell({ kind: 'connection', connection: { state: 'open' } });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'Date'] });
  vi.stubGlobal('performance', { timeOrigin: 0, now: () => Date.now() });
  sound = new FakeSound();
  parts.now = sound.parts;
  const { long, short } = stubStorage();
  vi.stubGlobal('window', Object.assign(new EventTarget(), { localStorage: long, sessionStorage: short }));
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { mediaDevices: sound.devices });
  session = new Session('abc');
});
afterEach(() => {
  session.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a visit', () => {
  it('knows the room from the welcome on, and keeps its place', async () => {
    await session.sound();
    expect(session.connected.value).toBe(false);
    isOpen();
    remembered.addUpload('abc', 'a', 't1');
    says(welcome({ token: 'mine' }));
    expect(session.connected.value).toBe(true);
    expect(session.room.value?.room.name).toBe('Monday choir');
    expect(session.uploads.value).toEqual(['t1']);
    expect(remembered.rooms).toEqual([{ room: 'abc', name: 'Monday choir', lastMs: Date.now(), organiser: false }]);
    expect([remembered.token('abc'), remembered.visit('abc')]).toEqual(['mine', 'singer']);
    says({ type: 'person', person: person({ id: 'b', name: 'Ben' }) });
    expect(session.room.value?.people.map(({ name }) => name)).toEqual(['Ann', 'Ben']);
  });

  it('plays each track by the gain of its loudness, and sings by the gain of her devices', async () => {
    const engine = await session.sound();
    isOpen();
    says(welcome());
    expect(engine.state.backingVolume).toBeCloseTo(0.192, 6);
    const track = { id: 't', name: 'Tallis', seconds: 9, channels: 2, loudness: -23 };
    says({ type: 'tracks', tracks: [track], track: 't' });
    expect(engine.state.backingVolume).toBeCloseTo(backingGainOf(-23), 6);
    says({ type: 'song', song: song({ state: 'playing', track: { ...track, loudness: null } }) });
    expect(engine.state.backingVolume).toBeCloseTo(0.192, 6);
    expect(engine.state.inputGain).toBe(1);
    session.microphone.gain.set(20, 'hand');
    expect(engine.state.inputGain).toBeCloseTo(10, 6);
  });

  it('that begins with the microphone off, because many are there, says so until it is switched on', async () => {
    await session.sound();
    isOpen();
    says(welcome());
    expect(session.startedMuted.value).toBe(false);
    says({ ...welcome({ you: person({ muted: true }), people: [person({ muted: true })] }), started_muted: true });
    expect(session.startedMuted.value).toBe(true);
    says({ type: 'person', person: person({ muted: false }) });
    says({ type: 'person', person: person({ muted: true }) });
    expect(session.startedMuted.value, 'it is her own wish now').toBe(false);
  });

  it('that is refused is at the door again; one that is lost for a while is not', async () => {
    await session.sound();
    isOpen();
    says(welcome());
    tell({ kind: 'connection', connection: { state: 'waiting', attempt: 1, untilMs: 0, why: 'lost' } });
    expect(session.room.value).not.toBeNull();
    expect(session.connected.value).toBe(false);
    const error = { type: 'error', code: 'bad_name', message: 'Another name, please.' };
    tell({ kind: 'connection', connection: { state: 'refused', error } } as FromWorker);
    expect(session.room.value).toBeNull();
  });

  it('shows errors inside, and leaves those of the door to the door', async () => {
    await session.sound();
    const error = { type: 'error', code: 'not_allowed', message: 'Only the leader may.' } as ServerMessage;
    says(error);
    expect(session.notices.shown.value).toEqual([]);
    isOpen();
    says(error);
    expect(session.notices.shown.value.map(({ text }) => text)).toEqual(['Only the leader may.']);
  });

  it('keeps a new organiser’s key, and takes a deleted room off the list', async () => {
    await session.sound();
    isOpen();
    says(welcome());
    expect(session.organiserKey.value).toBeNull();
    says({ type: 'done', id: 1, about: 'new_key', key: 'new', token: null });
    expect([session.organiserKey.value, remembered.key('abc')]).toEqual(['new', 'new']);
    says({ type: 'done', id: 2, about: 'start', key: null, token: null });
    expect(session.organiserKey.value).toBe('new');
    says({ type: 'room', room: { ...welcome().room, name: 'Tuesday choir' } });
    expect(remembered.rooms.map(({ name }) => name)).toEqual(['Tuesday choir']);
    tell({ kind: 'connection', connection: { state: 'ended', ending: 'deleted', error: null } });
    expect(remembered.rooms).toEqual([]);
  });

  it('says what one wishes to the server, and nothing before there is an engine', async () => {
    session.send({ type: 'mute', muted: true });
    await session.sound();
    session.send({ type: 'mute', muted: false });
    expect(sound.worker.told.filter(({ kind }) => kind === 'command')).toEqual([{ kind: 'command', command: { type: 'mute', muted: false } }]);
  });
});

describe('its sound', () => {
  it('is started once, however often it is asked for', async () => {
    const [one, two] = await Promise.all([session.sound(), session.sound()]);
    expect(one).toBe(two);
    expect(session.soundNow).toBe(one);
    expect(sound.workers.length).toBe(1);
  });

  it('that does not start says why, and can be asked for again', async () => {
    sound.worklet = 'fails';
    await expect(session.sound()).rejects.toThrow();
    expect(session.soundFault.value).toBe('page');
    expect(session.soundNow).toBeNull();
    sound.worklet = 'loads';
    await session.sound();
    expect(session.soundFault.value).toBeNull();
    expect(session.soundNow).not.toBeNull();
  });

  it('that starts only when the visit is over ends at once', async () => {
    const starting = session.sound();
    session.close();
    await starting;
    await vi.waitFor(() => expect(sound.open).toBe(0));
    expect(sound.worker.ended).toBe(true);
  });

  it('is asked for again when a phone shows the page again', async () => {
    await session.sound();
    sound.context.stubborn = true;
    sound.context.change('suspended');
    await vi.waitFor(() => expect(session.soundRun.value).toBe('held'));
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    sound.context.stubborn = false;
    expect(sound.context.state).toBe('suspended');
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(sound.context.state).toBe('running');
  });

  it('that breaks is said', async () => {
    await session.sound();
    tell({ kind: 'failed', message: 'RangeError' });
    expect(session.crash.value).toContain('RangeError');
  });
});

describe('time', () => {
  it('goes on between the server’s messages', async () => {
    await session.sound();
    tell({ kind: 'clock', position: 96_000, atMs: Date.now() });
    expect(session.now.value).toBeCloseTo(96_000, 3);
    vi.advanceTimersByTime(1_000);
    expect(session.now.value).toBeCloseTo(144_000, 3);
  });

  it('stands still once the visit is over', async () => {
    await session.sound();
    tell({ kind: 'clock', position: 96_000, atMs: Date.now() });
    session.close();
    vi.advanceTimersByTime(1_000);
    expect(session.now.value).toBeCloseTo(96_000, 3);
  });
});

describe('the microphone', () => {
  it('of who has become a singer is opened once the server has said so', async () => {
    await session.sound();
    isOpen();
    const listener = person({ role: 'listener' });
    says(welcome({ you: listener, people: [listener], song: song() }));
    session.microphone.openWhenSinger = true;
    expect(sound.devices.asked).toEqual([]);
    says({ type: 'person', person: person({ role: 'singer' }) });
    await vi.waitFor(() => expect(sound.devices.live).toEqual(['built-in']));
  });

  it('is off when the visit has ended, whoever ended it', async () => {
    await session.sound();
    isOpen();
    says(welcome());
    await session.microphone.open();
    expect(sound.devices.live).toEqual(['built-in']);
    tell({ kind: 'connection', connection: { state: 'ended', ending: 'too_many_errors', error: null } });
    expect(sound.devices.live).toEqual([]);
    expect(remembered.token('abc')).toBeNull();
  });
});
