import { beforeEach, describe, expect, it } from 'vitest';
import { openMicrophone, type Devices, type Opened } from '../../../src/audio/capture/microphone.js';
import { FakeDevices } from '../../fake_sound.js';

let devices: FakeDevices;

beforeEach(() => {
  devices = new FakeDevices();
});

const USB = { id: 'usb', label: 'USB' };
const GONE = { id: 'gone', label: 'Gone' };

function open(wish: { id: string; label: string } | null, strict = false): Promise<Opened> {
  return openMicrophone(devices as unknown as Devices, wish, strict);
}

describe('opening a microphone', () => {
  it('takes what the browser proposes where nothing was chosen', async () => {
    expect((await open(null)).microphone).toMatchObject({ id: 'built-in', label: 'Built-in' });
    expect(devices.asked).toEqual([null]);
  });

  it('takes the chosen one', async () => {
    const { microphone, instead } = await open(USB);
    expect([microphone.id, microphone.label, instead]).toEqual(['usb', 'USB', null]);
    expect(devices.live).toEqual(['usb']);
  });

  it('takes another one, and says why, where the chosen one is away or does not answer', async () => {
    expect(await open(GONE)).toMatchObject({ microphone: { id: 'built-in' }, instead: 'absent' });
    devices.busy.add('usb');
    expect(await open(USB)).toMatchObject({ microphone: { id: 'built-in' }, instead: 'busy' });
  });

  it('knows the chosen one again under another id', async () => {
    expect(await open({ id: 'yesterday', label: 'Headset' })).toMatchObject({ microphone: { id: 'headset' }, instead: null });
  });

  it('takes no other where the person has just chosen this one', async () => {
    devices.busy.add('usb');
    await expect(open(USB, true)).rejects.toMatchObject({ name: 'NotReadableError' });
    await expect(open(GONE, true)).rejects.toMatchObject({ name: 'OverconstrainedError' });
    expect(devices.live).toEqual([]);
  });

  it('does not ask twice a browser that refuses', async () => {
    devices.refused = true;
    await expect(open(USB)).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(devices.asked).toEqual(['usb']);
  });

  it('says that there is none where there is none', async () => {
    devices.plug();
    await expect(open(USB)).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
