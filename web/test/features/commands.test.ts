// What people press, as it is said to the server.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signal } from '@preact/signals';
import type { Engine } from '../../src/audio/engine/engine.js';
import { enterRoomAs } from '../../src/features/door/commands.js';
import { leaveRoom } from '../../src/features/leaving/commands.js';
import { moveTo } from '../../src/features/line/commands.js';
import { changeSettings } from '../../src/features/settings/commands.js';
import { act } from '../../src/features/song/commands.js';
import { mute, setBackingVolume, setMasterVolume, setRole } from '../../src/features/sound/commands.js';
import { OwnVolumes } from '../../src/features/sound/own_volumes.js';
import { chooseTrack, deleteTrack, endUpload, keepUpload } from '../../src/features/tracks/commands.js';
import type { Session } from '../../src/session/session.js';
import { enterRoom, type RoomState } from '../../src/state/room.js';
import { remembered } from '../../src/state/storage.js';
import type { BucketNumber } from '../../src/units.js';
import type { Command, Hello } from '../../src/wire/control/control.js';
import { stubStorage } from '../fake_storage.js';
import { welcome } from '../samples.js';

/** A visit whose engine and microphone keep what they are told. */
class Visit {
  readonly roomId = 'abc';
  readonly sent: Command[] = [];
  readonly done: string[] = [];
  hello: Hello | null = null;
  readonly room = signal<RoomState | null>(enterRoom(welcome()));
  readonly uploads = signal<readonly string[]>([]);
  readonly volumes = new OwnVolumes();
  readonly engine = {
    resume: () => this.done.push('resume'),
    enter: (hello: Hello) => {
      this.hello = hello;
    },
    leave: () => this.done.push('leave'),
  };
  readonly microphone = { openWhenSinger: false, close: () => this.done.push('close microphone') };
  readonly soundNow = this.engine as unknown as Engine;
  sound = (): Promise<Engine> => Promise.resolve(this.soundNow);
  send(command: Command): void {
    this.sent.push(command);
  }
  applyVolumes(): void {
    this.done.push('apply volumes');
  }
}

let visit: Visit;
let session: Session;

beforeEach(() => {
  stubStorage();
  visit = new Visit();
  session = visit as unknown as Session;
});
afterEach(() => vi.unstubAllGlobals());

describe('going in', () => {
  it('says the voice part and the password, where there are any', async () => {
    await enterRoomAs(session, 'Ann', 'singer', { part: 'Alto', password: 'snow' });
    expect(visit.hello).toMatchObject({ part: 'Alto', password: 'snow' });
    await enterRoomAs(session, 'Ann', 'singer', { part: '', password: '' });
    expect(Object.keys(visit.hello ?? {})).not.toEqual(expect.arrayContaining(['part']));
    expect(Object.keys(visit.hello ?? {})).not.toEqual(expect.arrayContaining(['password']));
  });

  it('says who one is, with the place and the key that one has', async () => {
    await enterRoomAs(session, 'Ann', 'singer');
    expect(visit.hello).toEqual({ type: 'hello', version: 1, room: 'abc', name: 'Ann', role: 'singer' });
    expect(visit.done).toEqual(['resume']);
    remembered.setToken('abc', 'token');
    remembered.setKey('abc', 'key');
    await enterRoomAs(session, 'Ann', 'singer');
    expect(visit.hello).toMatchObject({ token: 'token', key: 'key' });
  });

  it('as a listener closes the microphone', async () => {
    await enterRoomAs(session, 'Ann', 'listener');
    expect(visit.hello?.role).toBe('listener');
    expect(visit.done).toContain('close microphone');
  });
});

it('leaving gives the place up, and the microphone', () => {
  remembered.setToken('abc', 'token');
  remembered.setVisit('abc', 'singer');
  leaveRoom(session);
  expect([remembered.token('abc'), remembered.visit('abc')]).toEqual([null, null]);
  expect(visit.done).toEqual(['leave', 'close microphone']);
});

describe('in the room', () => {
  it('wishes are commands', () => {
    moveTo(session, 3 as BucketNumber);
    mute(session, true);
    changeSettings(session, { buckets: 4 });
    chooseTrack(session, 't1');
    chooseTrack(session, null);
    deleteTrack(session, 't1');
    act(session, { command: { type: 'lead' } } as unknown as Parameters<typeof act>[1]);
    expect(visit.sent).toEqual([
      { type: 'bucket', bucket: 3 },
      { type: 'mute', muted: true },
      { type: 'settings', buckets: 4 },
      { type: 'track', track: 't1' },
      { type: 'track', track: null },
      { type: 'delete_track', track: 't1' },
      { type: 'lead' },
    ]);
  });

  it('a singer’s microphone opens once the server has agreed, a listener’s closes at once', () => {
    setRole(session, 'singer');
    expect(visit.microphone.openWhenSinger).toBe(true);
    expect(visit.done).toEqual([]);
    setRole(session, 'listener');
    expect(visit.microphone.openWhenSinger).toBe(false);
    expect(visit.done).toEqual(['close microphone']);
    expect(visit.sent).toEqual([
      { type: 'role', role: 'singer' },
      { type: 'role', role: 'listener' },
    ]);
  });

  it('volumes are heard and remembered', () => {
    setBackingVolume(session, 0.5);
    setMasterVolume(session, 0.25);
    expect([remembered.backingVolume, remembered.masterVolume]).toEqual([0.5, 0.25]);
    expect(visit.done).toEqual(['apply volumes', 'apply volumes']);
  });
});

describe('uploads', () => {
  it('that have ended are no longer prepared', () => {
    visit.room.value = { ...enterRoom(welcome()), preparing: { 'a.mp3': 0.5, 'b.mp3': 0.1 } };
    endUpload(session, 'a.mp3');
    expect(visit.room.value.preparing).toEqual({ 'b.mp3': 0.1 });
    visit.room.value = null;
    endUpload(session, 'b.mp3');
    expect(visit.room.value).toBeNull();
  });

  it('are one’s own, also after a reload, and not those of who one was before', () => {
    keepUpload(session, 't1', 'a');
    keepUpload(session, 't2', 'someone before');
    expect(visit.uploads.value).toEqual(['t1']);
    expect(remembered.uploads('abc', 'a')).toEqual(['t1']);
    expect(remembered.uploads('abc', 'someone before')).toEqual(['t2']);
  });
});
