import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readControl } from '../../src/wire/control/control.js';

interface Vector {
  name: string;
  direction: 'to_client' | 'to_server';
  json: string;
  /** The sentence with which it is refused. */
  error?: string;
}

const vectors = JSON.parse(readFileSync(new URL('../../../tests/golden/control.json', import.meta.url), 'utf8')) as Vector[];
const ofServers = vectors.filter((v) => v.direction === 'to_client');

/** The page asks for nothing by a number, so that nothing is answered by one. */
const isAnswer = ({ json }: Vector) => (JSON.parse(json) as { type: string }).type === 'done';
const UNUSED: Record<string, string[]> = { welcome: ['id'], error: ['id'], loop: ['dropped'] };
/** What stands for a field that was left out. */
const LEFT_OUT: Record<string, object> = { people: { gone: [] }, error: { about: null }, track_progress: { error: null } };

describe('golden control messages of the server', () => {
  it.each(ofServers.filter((v) => v.error === undefined && !isAnswer(v)))('$name: is read', ({ json }) => {
    const read = readControl(json);
    if (!read.ok) expect.fail(read.error);
    const message = JSON.parse(json) as { type: string };
    const used = Object.entries(message).filter(([field]) => !UNUSED[message.type]?.includes(field));
    expect(read.value).toEqual({ ...LEFT_OUT[message.type], ...Object.fromEntries(used) });
  });

  it.each(ofServers.filter(isAnswer))('$name: is passed over', ({ json }) => {
    expect(readControl(json)).toEqual({ ok: true, value: { type: 'unknown', name: 'done' } });
  });

  it.each(ofServers.filter((v) => v.error !== undefined))('$name: is refused', ({ json }) => {
    expect(readControl(json).ok).toBe(false);
  });
});
