import { describe, expect, it } from 'vitest';
import { charactersOf, cleanName, nameProblem } from '../../../src/features/door/name.js';

const FAMILY = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}';

describe('a name', () => {
  it.each(['\u200F', '\u200E', '\uFEFF', '\u00AD', '\u200B', '\u3164', '\u202E', '\u2069', '\u061C', '\u0007'])('loses %j', (mark) => {
    expect(cleanName(`${mark}An${mark}na${mark}`)).toBe('Anna');
    expect(cleanName(` ${mark} `)).toBe('');
  });

  it('has single spaces and is composed', () => {
    expect(cleanName(' Anna \t\n Maria\u00A0')).toBe('Anna Maria');
    expect(cleanName('Zoe\u0308')).toBe('Zo\u00EB');
    expect(cleanName('\u2800')).toBe('');
  });

  it('keeps emoji whole, and is nothing where there is nothing to see', () => {
    expect(cleanName(FAMILY)).toBe(FAMILY);
    expect(cleanName('\u200D\uFE0F')).toBe('');
  });

  it('counts what a reader takes for one character', () => {
    expect(charactersOf(`${FAMILY}e\u0301`)).toBe(2);
    expect(nameProblem(FAMILY.repeat(40))).toBeNull();
    expect(nameProblem('x'.repeat(41))).toContain('40 characters');
    expect(nameProblem('')).toContain('your name');
  });
});
