import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readControl } from '../../src/wire/control/control.js';

interface Vector {
  name: string;
  direction: 'to_client';
  json: string;
  error?: string;
}

const vectors = JSON.parse(readFileSync(new URL('../../../tests/golden/control.json', import.meta.url), 'utf8')) as Vector[];

describe('golden control messages', () => {
  it.each(vectors.filter((v) => v.error === undefined))('$name: is read', ({ json }) => {
    expect(readControl(json)).toEqual({ ok: true, value: JSON.parse(json) as unknown });
  });

  it.each(vectors.filter((v) => v.error !== undefined))('$name: is refused', ({ json }) => {
    expect(readControl(json).ok).toBe(false);
  });
});
