import { describe, expect, it } from 'vitest';
import { missingForAll, missingForSinging, type Needs } from '../../../src/features/door/support.js';
import { AGENTS, deviceAs } from '../device/agents.js';

const chrome = deviceAs('windows chrome');

describe('what a browser lacks', () => {
  const all: Needs = {
    secure: true,
    isolated: true,
    sharedMemory: true,
    worklet: true,
    decoder: true,
    encoder: true,
    microphone: true,
  };

  it('is nothing in a current one', () => {
    expect(missingForAll(all, chrome)).toEqual([]);
    expect(missingForSinging(all, chrome)).toEqual([]);
  });

  it('is named, with what to do', () => {
    const missing = missingForAll({ ...all, sharedMemory: false, decoder: false }, chrome);
    expect(missing.map((one) => one.technical)).toEqual(['SharedArrayBuffer', 'WebCodecs AudioDecoder with Opus']);
    expect(missing.every((one) => one.todo.length > 20)).toBe(true);
  });

  it('is only the address where that is not safe: the rest follows from it', () => {
    const missing = missingForAll({ ...all, secure: false, isolated: false, worklet: false, decoder: false }, chrome);
    expect(missing.map((one) => one.technical)).toEqual(['secure context']);
    expect(missing[0]?.todo).toContain('https://');
  });

  it('still lets one listen who cannot send a voice', () => {
    const needs = { ...all, encoder: false, microphone: false };
    expect(missingForAll(needs, chrome)).toEqual([]);
    expect(missingForSinging(needs, chrome)).toHaveLength(2);
  });

  it('sends nobody to another browser that is the same inside, nor to the one that she has', () => {
    const none: Needs = { ...all, decoder: false, encoder: false, microphone: false };
    const todo = (agent: keyof typeof AGENTS): string =>
      [...missingForAll(none, deviceAs(agent)), ...missingForSinging(none, deviceAs(agent))].map((one) => one.todo).join(' ');
    for (const agent of ['iphone safari', 'iphone chrome', 'iphone firefox', 'iphone edge', 'ipad safari'] as const) {
      expect(todo(agent)).toContain('does not help');
      expect(todo(agent)).toContain('iOS 26');
      expect(todo(agent)).not.toMatch(/use a current Chrome/i);
    }
    expect(todo('mac safari')).toContain('Update macOS');
    expect(todo('android firefox')).toContain('Chrome or Edge on this phone');
    expect(todo('android chrome')).toContain('Update this browser');
    expect(todo('windows firefox')).toContain('on this computer');
  });
});
