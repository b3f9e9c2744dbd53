import { describe, expect, it } from 'vitest';
import { keyIn, organiserLink } from '../../../src/features/order/organiser_link.js';
import { passwordProblem } from '../../../src/features/order/password_form.js';
import { cleanPart, fixedBuckets, partProblem } from '../../../src/features/order/parts.js';

describe('the organiser’s link', () => {
  it('holds the key where no server sees it, and gives it again', () => {
    const link = organiserLink('https://sing.example', 'a b', 'k+/=&y');
    expect(link).toBe('https://sing.example/r/a%20b#organise=k%2B%2F%3D%26y');
    expect(keyIn(new URL(link).hash)).toBe('k+/=&y');
  });

  it('is none without a key', () => {
    for (const hash of ['', '#', '#organise', '#organise=', '#other=x']) expect(keyIn(hash)).toBeNull();
  });
});

describe('a password', () => {
  it('is something that can be typed, and not too long', () => {
    expect(passwordProblem('forte')).toBeNull();
    for (const wrong of ['', '   ', 'ü'.repeat(65)]) expect(passwordProblem(wrong)).not.toBeNull();
    expect(passwordProblem('ü'.repeat(64))).toBeNull();
  });
});

describe('voice parts', () => {
  it('have a name of their own, of up to 24 characters', () => {
    expect(cleanPart('  Mezzo   soprano ')).toBe('Mezzo soprano');
    expect(partProblem('Mezzo', ['Alto'])).toBeNull();
    for (const wrong of ['', 'Alto', 'x'.repeat(25)]) expect(partProblem(wrong, ['Alto'])).not.toBeNull();
  });

  it('are fixed to a bucket, to another, and to none again', () => {
    expect(fixedBuckets({ Alto: 2 }, 'Bass', 4)).toEqual({ Alto: 2, Bass: 4 });
    expect(fixedBuckets({ Alto: 2 }, 'Alto', 3)).toEqual({ Alto: 3 });
    expect(fixedBuckets({ Alto: 2 }, 'Alto', 0)).toEqual({});
  });
});
