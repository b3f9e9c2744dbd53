import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../../../src/audio/engine/engine.js';
import { PLAYED_FRAMES } from '../../../src/audio/shared/played_ring.js';
import { FakeSound, notes, type FakeTrack } from '../../fake_sound.js';

let sound: FakeSound;
let told: string[];
let events: ReturnType<typeof notes>['events'];

beforeEach(() => {
  vi.useFakeTimers();
  sound = new FakeSound();
  ({ told, events } = notes());
});

afterEach(() => {
  vi.useRealTimers();
});

const start = (): Promise<Engine> => Engine.start(events, sound.parts);
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
/** Until everything that needs no time has been done. */
const settle = (): Promise<unknown> => pass(0);

async function startWithMicrophone(): Promise<{ engine: Engine; track: FakeTrack }> {
  const engine = await start();
  await engine.useMicrophone(null, false);
  return { engine, track: sound.devices.tracks[0] as FakeTrack };
}

describe('an engine that does not start', () => {
  const failures: [string, 'page' | 'sound', () => void][] = [
    ['the worklet’s script does not come', 'page', () => void (sound.worklet = 'fails')],
    ['the worklet’s script is another one', 'page', () => void (sound.worklet = 'unknown')],
    ['the worker’s script does not come', 'page', () => void (sound.workerLoads = false)],
    ['the browser makes no audio context', 'sound', () => void (sound.contextFails = true)],
  ];

  it.each(failures)('says whose fault it is and leaves nothing behind: %s', async (_, kind, fail) => {
    fail();
    await expect(start()).rejects.toMatchObject({ kind });
    await settle();
    expect(sound.open).toBe(0);
    expect(sound.worker.ended).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait for ever', async () => {
    sound.worklet = 'hangs';
    const started = expect(start()).rejects.toMatchObject({ kind: 'page' });
    await pass(15_000);
    await started;
    expect(sound.open).toBe(0);
  });

  it('can be started again', async () => {
    sound.worklet = 'fails';
    await expect(start()).rejects.toMatchObject({ kind: 'page' });
    sound.worklet = 'loads';
    await start();
    expect(told.at(-1)).toBe('running');
  });
});

describe('the microphone', () => {
  it('is live only as long as it is used', async () => {
    const { engine } = await startWithMicrophone();
    await engine.useMicrophone({ id: 'usb', label: 'USB' }, true);
    expect(sound.devices.live).toEqual(['usb']);
    expect(sound.context.connected.length).toBe(1);
    engine.closeMicrophone();
    expect(sound.devices.live).toEqual([]);
    expect(sound.worker.microphone).toBe(false);
  });

  it('that the context cannot take is closed, and the one before stays', async () => {
    const { engine } = await startWithMicrophone();
    sound.context.sourceFails = true;
    await expect(engine.useMicrophone({ id: 'usb', label: 'USB' }, true)).rejects.toMatchObject({ name: 'NotSupportedError' });
    expect(sound.devices.live).toEqual(['built-in']);
    expect(sound.worker.microphone).toBe(true);
    expect(sound.context.connected.length).toBe(1);
  });

  it.each([
    ['one leaves', (engine: Engine) => engine.leave()],
    ['the page closes', (engine: Engine) => engine.close()],
    ['one listens', (engine: Engine) => engine.closeMicrophone()],
  ])('that comes when %s is closed at once', async (_, meanwhile) => {
    const engine = await start();
    let give = (): void => undefined;
    sound.devices.wait = () => new Promise((resolve) => (give = resolve));
    const opening = engine.useMicrophone(null, false);
    await settle();
    void meanwhile(engine);
    give();
    expect(await opening).toBe(null);
    expect(sound.devices.live).toEqual([]);
  });

  it('pressed for twice is opened once', async () => {
    const engine = await start();
    const both = await Promise.all([engine.useMicrophone(null, false), engine.useMicrophone({ id: 'usb', label: 'USB' }, false)]);
    expect(both[0]).toBe(null);
    expect(sound.devices.live).toEqual(['usb']);
  });

  it('that goes is told, and nothing is said to be sung', async () => {
    const { track } = await startWithMicrophone();
    track.end();
    expect(told.at(-1)).toBe('microphone lost');
    expect(sound.worker.microphone).toBe(false);
    expect(sound.context.connected.length).toBe(0);
  });

  it('that the system mutes counts as none until it is heard again', async () => {
    const { track } = await startWithMicrophone();
    track.mute(true);
    expect([told.at(-1), sound.worker.microphone]).toEqual(['microphone muted', false]);
    track.mute(false);
    expect([told.at(-1), sound.worker.microphone]).toEqual(['microphone not muted', true]);
  });
});

describe('a sound that ends', () => {
  const ends: [string, () => void][] = [
    ['is closed', () => void sound.context.close()],
    ['has an error of its device', () => sound.context.dispatchEvent(new Event('error'))],
    ['has a worklet that broke', () => sound.node.onprocessorerror?.()],
  ];

  it.each(ends)('comes back for the same worker with the same microphone: the context %s', async (_, end) => {
    const { track } = await startWithMicrophone();
    sound.worker.told.length = 0;
    end();
    await settle();
    expect(told).toEqual(['running', 'restarting', 'running']);
    expect(sound.contexts.length).toBe(2);
    expect(sound.open).toBe(1);
    expect(sound.workers.length).toBe(1);
    expect(sound.context.connected.map((stream) => stream.getAudioTracks()[0])).toEqual([track]);
    expect(sound.devices.asked.length).toBe(1);
    // The worker plans nothing between the two, and no hello is said again.
    expect(sound.worker.told.map((message) => message.kind)).toEqual(['sound', 'sound']);
    expect(sound.worker.running).toBe(true);
  });

  it('goes on with frames behind the ones before, and the worklet before ends', async () => {
    const engine = await start();
    expect(sound.node.options).toMatchObject({ firstFrame: 0, owner: 1 });
    engine.state.frame = 480_000;
    await sound.context.close();
    await settle();
    expect(sound.node.options).toMatchObject({ firstFrame: 480_000 + PLAYED_FRAMES, owner: 2 });
    expect(engine.state.owner).toBe(2);
    expect(sound.worker.told.findLast((message) => message.kind === 'sound')).toMatchObject({ running: true, frame: 480_000 + PLAYED_FRAMES });
  });

  it('is noticed where the context only stands still', async () => {
    const engine = await start();
    for (let s = 1; s < 20; s++) {
      engine.state.frame = s * 48_000;
      await pass(1_000);
    }
    expect(sound.contexts.length).toBe(1);
    await pass(6_000);
    expect(sound.contexts.length).toBe(2);
    await engine.close();
  });

  it('says that the microphone is lost where it went with the sound', async () => {
    const { track } = await startWithMicrophone();
    sound.worklet = 'hangs';
    await sound.context.close();
    await settle();
    track.end();
    expect(told.at(-1)).toBe('microphone lost');
    sound.worklet = 'loads';
    await pass(20_000);
    expect(told.at(-1)).toBe('running');
    expect(sound.context.connected.length).toBe(0);
  });

  it('is tried for again, and then waits for a press', async () => {
    const engine = await start();
    sound.contextFails = true;
    await sound.context.close();
    await pass(10_000);
    expect(told.at(-1)).toBe('stopped');
    engine.resume();
    await pass(10_000);
    expect(told.at(-1)).toBe('stopped');
    sound.contextFails = false;
    engine.resume();
    await settle();
    expect(told.at(-1)).toBe('running');
  });

  it('is not made anew for ever', async () => {
    const engine = await start();
    for (let i = 0; i < 20 && told.at(-1) === 'running'; i++) {
      await sound.context.close();
      await settle();
    }
    expect(told.at(-1)).toBe('stopped');
    expect(sound.contexts.length).toBeLessThan(10);
    engine.resume();
    await settle();
    expect(told.at(-1)).toBe('running');
  });

  it('stays ended where the page ended it', async () => {
    const engine = await start();
    await engine.close();
    await pass(60_000);
    expect(sound.contexts.length).toBe(1);
    expect(told).toEqual(['running']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a sound that is held back', () => {
  it('at the beginning waits for a press, and so does the worker', async () => {
    sound.firstState = 'suspended';
    const engine = await start();
    expect([told.at(-1), sound.worker.running]).toEqual(['held', false]);
    engine.resume();
    expect([told.at(-1), sound.worker.running]).toEqual(['running', true]);
  });

  it('by a call on a phone comes back by itself or by a press', async () => {
    const { engine } = await startWithMicrophone();
    sound.context.stubborn = true;
    sound.context.change('interrupted');
    expect([told.at(-1), sound.worker.running]).toEqual(['interrupted', false]);
    sound.context.change('running');
    expect([told.at(-1), sound.worker.running]).toEqual(['running', true]);
    // Some browsers let it run again only when they are asked.
    sound.context.change('interrupted');
    sound.context.stubborn = false;
    sound.context.change('suspended');
    sound.context.stubborn = true;
    expect([told.at(-1), sound.worker.running]).toEqual(['running', true]);
    sound.context.change('suspended');
    sound.context.stubborn = false;
    engine.resume();
    expect(told.at(-1)).toBe('running');
    expect(sound.contexts.length).toBe(1);
  });

  it('for good is made anew after a press', async () => {
    const { engine, track } = await startWithMicrophone();
    sound.context.stubborn = true;
    sound.context.change('suspended');
    engine.resume();
    await pass(5_100);
    expect(told.at(-1)).toBe('running');
    expect(sound.contexts.length).toBe(2);
    expect(sound.context.connected.map((stream) => stream.getAudioTracks()[0])).toEqual([track]);
    await engine.close();
  });
});
