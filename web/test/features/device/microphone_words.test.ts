import { describe, expect, it } from 'vitest';
import {
  mutedWords,
  openingFailure,
  openingWords,
  qualityWords,
  silentWords,
  type OpeningFailure,
  type Permission,
} from '../../../src/features/device/microphone_words.js';
import { AGENTS, deviceAs } from './agents.js';

/** But for browsers within programs, which have one way out (in_app.test.ts). */
const ALL = (Object.keys(AGENTS) as (keyof typeof AGENTS)[]).filter((agent) => deviceAs(agent).inApp === null);
const FAILURES: OpeningFailure[] = ['refused', 'unanswered', 'system', 'none', 'busy', 'rate', 'other'];

describe('a microphone that did not open', () => {
  it.each<[string, string, Permission, OpeningFailure]>([
    ['NotAllowedError', 'Permission denied', 'denied', 'refused'],
    ['NotAllowedError', 'The request is not allowed by the user agent', null, 'refused'],
    ['NotAllowedError', 'Permission dismissed', 'prompt', 'unanswered'],
    ['NotAllowedError', 'Permission denied', 'prompt', 'unanswered'],
    ['NotAllowedError', 'Permission denied by system', 'granted', 'system'],
    ['NotAllowedError', 'Permission denied by system', 'prompt', 'system'],
    ['NotAllowedError', 'The request is not allowed by the user agent', 'granted', 'system'],
    ['SecurityError', '', null, 'refused'],
    ['NotFoundError', '', null, 'none'],
    ['OverconstrainedError', '', null, 'none'],
    ['NotReadableError', 'Could not start audio source', 'granted', 'busy'],
    ['AbortError', '', null, 'busy'],
    ['NotSupportedError', 'different sample-rate', 'granted', 'rate'],
    ['TypeError', '', null, 'other'],
  ])('%s (%s), permission %s: %s', (name, message, permission, failure) => {
    expect(openingFailure(new DOMException(message, name), permission)).toBe(failure);
  });

  it('has words of its own for each failure on every device, each with something to do', () => {
    for (const agent of ALL) {
      const said = FAILURES.map((failure) => openingWords(failure, deviceAs(agent)));
      expect(new Set(said).size).toBe(FAILURES.length);
      for (const words of said) {
        expect(words).toMatch(/Try again|try again|anew|Then/);
        expect(words).not.toMatch(/undefined|null|\s{2}|\.\./);
        expect(words.length).toBeLessThan(420);
      }
    }
  });

  it.each<[keyof typeof AGENTS, RegExp]>([
    ['windows chrome', /sign left of the address/],
    ['windows edge', /lock left of the address/],
    ['windows firefox', /crossed-out microphone/],
    ['mac safari', /menu “Safari”/],
    ['android chrome', /“Permissions”/],
    ['android firefox', /lock or shield/],
    ['iphone safari', /“Website Settings”/],
    ['ipad safari', /“Website Settings”/],
    ['iphone chrome', /allow the microphone when you are asked/],
  ])('that was refused: %s is told where to undo it', (agent, way) => {
    expect(openingWords('refused', deviceAs(agent))).toMatch(way);
    expect(openingWords('unanswered', deviceAs(agent)).toLowerCase()).toMatch(new RegExp(way.source.toLowerCase()));
  });

  it.each<[keyof typeof AGENTS, RegExp]>([
    ['windows edge', /“Let desktop apps access your microphone”/],
    ['mac chrome', /switch Chrome on, then end Chrome/],
    ['mac firefox', /switch Firefox on/],
    ['android samsung', /“Apps”, Samsung Internet/],
    ['iphone safari', /“Apps”, then Safari/],
    ['iphone firefox', /“Apps”, then Firefox/],
    ['linux firefox', /Flatpak/],
  ])('that the system keeps back: %s is told where', (agent, way) => {
    expect(openingWords('system', deviceAs(agent))).toMatch(way);
  });

  it('that has another rate than the page: Firefox is told where to set it', () => {
    expect(openingWords('rate', deviceAs('windows firefox'))).toContain('48000 Hz for both');
    expect(openingWords('rate', deviceAs('mac firefox'))).toContain('“Audio MIDI Setup”');
    expect(openingWords('rate', deviceAs('iphone firefox'))).not.toContain('Chrome');
  });

  it('is looked for where this device may have hidden it, and a phone is not told to plug one in', () => {
    expect(openingWords('none', deviceAs('windows chrome'))).toContain('Plug one in. If it is plugged in: Windows');
    expect(openingWords('none', deviceAs('mac firefox'))).toContain('“Privacy & Security”');
    expect(openingWords('none', deviceAs('android chrome'))).not.toContain('Plug one in');
    expect(openingWords('busy', deviceAs('windows firefox'))).toContain('Windows may keep it back');
    expect(openingWords('busy', deviceAs('iphone safari'))).toContain('End calls');
  });
});

describe('a microphone from which nothing comes', () => {
  it.each<[keyof typeof AGENTS, RegExp]>([
    ['windows chrome', /F4/],
    ['mac safari', /System Settings/],
    ['android chrome', /“Mic access”/],
    ['iphone safari', /End a call/],
    ['chromebook', /quick settings/],
    ['linux chrome', /“Sound”, “Input”/],
  ])('is switched on: %s is told where', (agent, way) => {
    expect(mutedWords(deviceAs(agent))).toMatch(way);
    expect(silentWords(deviceAs(agent))).toMatch(way);
  });
});

describe('what spoils a voice', () => {
  const pc = deviceAs('windows chrome');

  it('is nothing with a microphone at full rate and without processing, or where nothing is told', () => {
    for (const rateHz of [32_000, 44_100, 48_000, 96_000, 0]) expect(qualityWords({ rateHz, stillOn: [] }, pc)).toBe(null);
  });

  it('is a Bluetooth headset’s telephone quality, below 32 kHz', () => {
    for (const rateHz of [8_000, 16_000, 24_000])
      expect(qualityWords({ rateHz, stillOn: ['noiseSuppression'] }, pc)).toContain(`${rateHz / 1000} kHz`);
    expect(qualityWords({ rateHz: 16_000, stillOn: [] }, pc)).toContain('Bluetooth');
    expect(qualityWords({ rateHz: 16_000, stillOn: [] }, deviceAs('iphone safari'))).toContain('the phone’s own');
  });

  it('is processing that stays on though it was switched off: named, with the way there', () => {
    const on = qualityWords({ rateHz: 48_000, stillOn: ['echoCancellation', 'noiseSuppression', 'autoGainControl'] }, pc);
    expect(on).toContain('(echo cancellation, noise suppression and automatic level)');
    expect(on).toContain('“Audio enhancements”');
    expect(qualityWords({ rateHz: 48_000, stillOn: ['echoCancellation'] }, deviceAs('iphone safari'))).toContain('(echo cancellation)');
    expect(qualityWords({ rateHz: 48_000, stillOn: ['echoCancellation'] }, deviceAs('ipad safari'))).toContain('“Mic Mode”');
    expect(qualityWords({ rateHz: 48_000, stillOn: ['echoCancellation'] }, deviceAs('linux firefox'))).toContain('Another microphone');
  });
});
