import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/units.js';
import { deviceOf } from '../../../src/features/device/device.js';
import { inputOf, inputTrouble, voiceState, type VoiceFacts } from '../../../src/features/sound/voice_state.js';

const device = deviceOf({ userAgent: '', maxTouchPoints: 0, telegram: false });
const well: VoiceFacts = { device, muted: false, open: true, lost: null, mutedElsewhere: false, input: 'well', run: 'running' };

describe('what is shown of one’s own voice', () => {
  it('is “Microphone on” where it is sent, and nowhere else', () => {
    expect(voiceState(well)).toEqual({ sent: true, label: 'Microphone on', trouble: null, wanting: false });
    const changes: Partial<VoiceFacts>[] = [
      { muted: true },
      { open: false },
      { open: false, lost: 'USB' },
      { mutedElsewhere: true },
      { input: 'silent' },
      { run: 'held' },
      { run: 'interrupted' },
      { run: 'restarting' },
      { run: 'stopped' },
    ];
    for (const change of changes) {
      const voice = voiceState({ ...well, ...change });
      expect(voice.sent).toBe(false);
      expect(voice.label).not.toBe('Microphone on');
    }
  });

  it('says what is wrong and what to do, and names the microphone that is gone', () => {
    expect(voiceState({ ...well, open: false, lost: 'USB' }).trouble).toContain('“USB” is gone. Plug it in again');
    expect(voiceState({ ...well, open: false }).trouble).toContain('no microphone is open');
    expect(voiceState({ ...well, mutedElsewhere: true }).trouble).toContain('mute key');
    expect(voiceState({ ...well, input: 'silent' }).trouble).toContain('plugged in');
    expect(voiceState({ ...well, input: 'overdriven' })).toMatchObject({ sent: true, label: 'Microphone on' });
    expect(voiceState({ ...well, input: 'overdriven' }).trouble).toContain('step back');
    expect(voiceState({ ...well, muted: true }).trouble).toBe(null);
  });

  it('offers to open a microphone where there is none to be switched, muted or not', () => {
    for (const muted of [false, true]) expect(voiceState({ ...well, muted, open: false }).wanting).toBe(true);
    expect(voiceState({ ...well, muted: true }).wanting).toBe(false);
  });
});

describe('what a microphone gives', () => {
  it('is silent after three seconds of exact silence, and well again with the first sound', () => {
    expect(inputOf(2.9 * SAMPLE_RATE, 1e9)).toBe('well');
    expect(inputOf(3 * SAMPLE_RATE, 1e9)).toBe('silent');
    expect(inputOf(0, 1e9)).toBe('well');
  });

  it('is overdriven for two seconds after it clipped', () => {
    expect(inputOf(0, 0)).toBe('overdriven');
    expect(inputOf(0, 2 * SAMPLE_RATE)).toBe('well');
  });

  it('is told where one chooses a microphone too', () => {
    expect(inputTrouble(false, 'well', device)).toBe(null);
    expect(inputTrouble(false, 'silent', device)).toContain('Nothing comes from your microphone.');
    expect(inputTrouble(true, 'silent', device)).toContain('is muted outside of this page');
    expect(inputTrouble(false, 'overdriven', device)).toContain('too loud');
  });
});
