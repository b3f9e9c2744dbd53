import { describe, expect, it } from 'vitest';
import { under, withoutBase } from '../src/base_path.js';

describe('the base path', () => {
  it('stands in front of every path of the server', () => {
    expect(under('/r/abc', '/sing/')).toBe('/sing/r/abc');
    expect(under('/', '/sing/')).toBe('/sing/');
    expect(under('/r/abc')).toBe('/r/abc');
  });

  it('is taken from the address again', () => {
    expect(withoutBase('/sing/r/abc', '/sing/')).toBe('/r/abc');
    expect(withoutBase('/sing/', '/sing/')).toBe('/');
    expect(withoutBase('/sing', '/sing/')).toBe('/');
    expect(withoutBase('/singers', '/sing/')).toBe('/singers');
    expect(withoutBase('/r/abc', '/')).toBe('/r/abc');
  });
});
