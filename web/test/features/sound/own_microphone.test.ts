import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../../../src/audio/engine/engine.js';
import { putAway } from '../../../src/features/sound/commands.js';
import type { Session } from '../../../src/session/session.js';
import { OwnMicrophone, type DeviceNews } from '../../../src/features/sound/own_microphone.js';
import { remembered } from '../../../src/state/storage.js';
import { deviceAs } from '../device/agents.js';
import { FakeSound, notes, type FakeTrack } from '../../fake_sound.js';

const USB = { id: 'usb', label: 'USB' };
const BUILT_IN = { id: 'built-in', label: 'Built-in' };

let sound: FakeSound;
let engine: Engine;
let own: OwnMicrophone;

/** As after a reload: only what the browser keeps is known. */
async function visit(): Promise<void> {
  own?.dispose();
  const { events } = notes();
  engine = await Engine.start(
    { ...events, microphoneLost: () => own.gone(), microphoneMuted: (muted) => (own.mutedElsewhere.value = muted) },
    sound.parts,
  );
  own = new OwnMicrophone(sound.devices as unknown as DeviceNews, () => Promise.resolve(engine));
}

/** Until the list of devices has been read. */
const listed = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(async () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  };
  vi.stubGlobal('window', { localStorage: storage, sessionStorage: storage });
  sound = new FakeSound();
  await visit();
});

afterEach(async () => {
  await engine.close();
  own.dispose();
  vi.unstubAllGlobals();
});

describe('the microphone that one chose', () => {
  it('is used at once, and at the next visit', async () => {
    await own.open();
    expect(own.used.value).toEqual(BUILT_IN);
    expect(remembered.microphone).toBe(null);
    await own.choose(USB);
    expect(own.used.value).toEqual(USB);
    await engine.close();
    await visit();
    expect(await own.open()).toBe(true);
    expect(own.used.value).toEqual(USB);
    expect(own.insteadText.value).toBe(null);
    expect(sound.devices.live).toEqual(['usb']);
  });

  it('is still wished for while it is away: another one is used and named, and it is offered when it is back', async () => {
    remembered.microphone = USB;
    sound.devices.plug(['built-in', 'Built-in']);
    await visit();
    await own.open();
    expect(own.used.value).toEqual(BUILT_IN);
    expect(own.insteadText.value).toBe('“USB” is not there, so “Built-in” is used. You are asked when it is back.');
    expect(own.offer.value).toBe(null);
    expect(remembered.microphone).toEqual(USB);

    sound.devices.plug(['built-in', 'Built-in'], ['usb', 'USB']);
    await listed();
    expect(own.offer.value).toEqual(USB);
    expect(sound.devices.live).toEqual(['built-in']);
    await own.choose(USB);
    expect([own.offer.value, own.insteadText.value]).toEqual([null, null]);
    expect(sound.devices.live).toEqual(['usb']);
  });

  it('is not forgotten where it does not answer', async () => {
    remembered.microphone = USB;
    sound.devices.busy.add('usb');
    await visit();
    await own.open();
    expect(own.insteadText.value).toContain('“USB” does not answer');
    expect(own.offer.value).toEqual(USB);
    expect(remembered.microphone).toEqual(USB);
  });

  it('that does not open leaves the one before in use, and says so', async () => {
    await own.choose(USB);
    sound.devices.busy.add('headset');
    expect(await own.choose({ id: 'headset', label: 'Headset' })).toBe(false);
    expect(own.used.value).toEqual(USB);
    expect(own.problem.value).toContain('“Headset” could not be opened; the one before stays.');
    expect(remembered.microphone).toEqual(USB);
    expect(sound.devices.live).toEqual(['usb']);
  });
});

describe('the loudspeaker', () => {
  it('is remembered with the microphone: another one than last time is named, with what to do', async () => {
    sound.devices.loudspeaker = 'Headphones';
    await own.choose(USB);
    expect(own.loudspeakerText.value).toBe(null);
    await engine.close();
    sound.devices.loudspeaker = 'Screen';
    await visit();
    await own.open();
    expect(own.loudspeakerText.value).toContain('by “Headphones”, now by “Screen”');
    // Of another microphone, nothing is known.
    await own.choose(BUILT_IN);
    expect(own.loudspeakerText.value).toBe(null);
    await own.choose(USB);
    sound.devices.loudspeaker = '';
    sound.devices.plug(['usb', 'USB']);
    await listed();
    expect(own.loudspeakerText.value).toBe(null);
  });

  it('is named until the right one is plugged in', async () => {
    remembered.setLoudspeaker('USB', 'Headphones');
    sound.devices.loudspeaker = 'Screen';
    await own.choose(USB);
    expect(own.loudspeakerText.value).not.toBe(null);
    sound.devices.loudspeaker = 'Headphones';
    sound.devices.plug(['usb', 'USB']);
    await listed();
    expect(own.loudspeakerText.value).toBe(null);
  });
});

describe('a microphone that goes away', () => {
  const pull = (): void => (sound.devices.tracks.at(-1) as FakeTrack).end();

  it('is named; nothing is exchanged by itself; another one is offered, and the same one when it is back', async () => {
    await own.choose(USB);
    pull();
    sound.devices.plug(['built-in', 'Built-in']);
    await listed();
    expect(own.isOpen.value).toBe(false);
    expect(own.lost.value).toEqual(USB);
    expect(own.offer.value).toEqual(BUILT_IN);
    expect(sound.devices.live).toEqual([]);
    sound.devices.plug(['built-in', 'Built-in'], ['usb', 'USB']);
    await listed();
    expect(own.offer.value).toEqual(USB);
    expect(sound.devices.live).toEqual([]);
    await own.choose(USB);
    expect([own.lost.value, own.offer.value, own.isOpen.value]).toEqual([null, null, true]);
  });

  it('is not called missing any more once it is back', async () => {
    sound.devices.plug(['built-in', 'Built-in']);
    await own.open();
    sound.devices.plug();
    own.gone();
    await listed();
    expect(await own.open()).toBe(false);
    expect(own.problem.value).toContain('No microphone was found.');
    sound.devices.plug(['built-in', 'Built-in']);
    await listed();
    expect([own.problem.value, own.offer.value]).toEqual([null, BUILT_IN]);
  });

  it('leaves nothing to offer where it was the only one', async () => {
    await own.open();
    pull();
    sound.devices.plug();
    await listed();
    expect([own.lost.value, own.offer.value]).toEqual([BUILT_IN, null]);
  });
});

describe('what is wrong with it', () => {
  it('is said in words, and gone with the next try', async () => {
    sound.devices.refused = true;
    expect(await own.open()).toBe(false);
    expect(own.problem.value).toContain('does not let this page use the microphone');
    sound.devices.refused = false;
    expect(await own.open()).toBe(true);
    expect(own.problem.value).toBe(null);
  });

  it('is told by what the browser says of the permission too', async () => {
    sound.devices.refused = true;
    const mac = deviceAs('mac chrome');
    const asked = new OwnMicrophone(
      sound.devices as unknown as DeviceNews,
      () => Promise.resolve(engine),
      mac,
      () => Promise.resolve('granted'),
    );
    expect(await asked.open()).toBe(false);
    expect(asked.problem.value).toContain('Your device does not let this browser use the microphone.');
    expect(asked.problem.value).toContain('switch Chrome on');
    asked.dispose();
  });

  it('is a telephone’s quality or processing that stays on, as long as that microphone is used', async () => {
    sound.devices.settings.set('headset', { sampleRate: 16_000 });
    sound.devices.settings.set('built-in', { sampleRate: 48_000, noiseSuppression: true, echoCancellation: false });
    await own.choose({ id: 'headset', label: 'Headset' });
    expect(own.qualityText.value).toContain('16 kHz');
    await own.choose(BUILT_IN);
    expect(own.qualityText.value).toContain('(noise suppression)');
    await own.choose(USB);
    expect(own.qualityText.value).toBe(null);
    await own.choose(BUILT_IN);
    own.close(engine);
    expect(own.qualityText.value).toBe(null);
  });

  it('is hinted at, one thing after the other as they are put away, and again with another microphone', async () => {
    remembered.microphone = { id: 'gone', label: 'Gone' };
    remembered.setLoudspeaker('Built-in', 'Headphones');
    sound.devices.loudspeaker = 'Screen';
    sound.devices.settings.set('built-in', { sampleRate: 16_000 });
    await engine.close();
    await visit();
    await own.open();
    const seen: (string | null)[] = [];
    for (let i = 0; i < 4; i++) {
      const hint = own.hint.value;
      seen.push(hint);
      if (hint !== null) putAway({ microphone: own } as unknown as Session, hint);
    }
    expect(seen[0]).toContain('“Gone” is not there');
    expect(seen[1]).toContain('16 kHz');
    expect(seen[2]).toContain('now by “Screen”');
    expect(seen[3]).toBe(null);
    await own.choose(BUILT_IN);
    expect(own.hint.value).toContain('16 kHz');
  });

  it('follows the system’s mute and what the worklet counts', async () => {
    await own.open();
    (sound.devices.tracks[0] as FakeTrack).mute(true);
    expect(own.mutedElsewhere.value).toBe(true);
    engine.state.setInput(200_000, 0);
    own.look(engine);
    expect(own.input.value).toBe('silent');
    engine.state.setInput(0, 0);
    own.look(engine);
    expect(own.input.value).toBe('overdriven');
    own.close(engine);
    own.look(engine);
    expect([own.input.value, own.mutedElsewhere.value, own.isOpen.value]).toEqual(['well', false, false]);
  });
});
