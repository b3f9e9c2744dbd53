import { afterEach, describe, expect, it, vi } from 'vitest';
import { putWords } from '../../../src/features/library/into_playlist.js';
import { Lists, type PutOnList } from '../../../src/features/library/lists.js';
import type { LibraryResult } from '../../../src/net/library.js';
import { songNamed } from './samples.js';

const MASS = { id: 5, name: 'Mass', comment: '', owner_id: 3, owner: 'Ann', private: true, rule: null };

afterEach(() => vi.unstubAllGlobals());

/** A server with one playlist. Gives back the songs on it, as they are at any time. */
function serverWith(on: number[]): number[] {
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    const { add = [] } = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as { add?: number[] };
    on.push(...add);
    const data = url.includes('/songs') ? { songs: on.map((id) => songNamed(`Song ${id}`, { id })), total: on.length } : { playlist: MASS };
    return Promise.resolve(new Response(JSON.stringify({ data })));
  });
  return on;
}

function listsWithMass(): Lists {
  const lists = new Lists();
  lists.playlists.value = [MASS];
  return lists;
}

const said = (answer: LibraryResult<PutOnList>): string => (answer.ok ? putWords(answer.value) : answer.error);

describe('a song that is put on a playlist', () => {
  it('comes behind the others', async () => {
    const on = serverWith([1]);
    expect(said(await listsWithMass().put(5, [2]))).toBe('It is on “Mass” now.');
    expect(on).toEqual([1, 2]);
  });

  it('is not added once more where it is already, but on purpose', async () => {
    const on = serverWith([1, 2]);
    const lists = listsWithMass();
    expect(said(await lists.put(5, [2]))).toBe('It is on “Mass” already, and was not added again.');
    expect(on).toEqual([1, 2]);
    expect(said(await lists.putAnyway(5, [2]))).toBe('It is on “Mass” now.');
    expect(on).toEqual([1, 2, 2]);
  });

  it('comes once where the list is chosen twice in a moment', async () => {
    const on = serverWith([1]);
    const lists = listsWithMass();
    const answers = await Promise.all([lists.put(5, [2]), lists.put(5, [2])]);
    expect(answers.map(said)).toEqual(['It is on “Mass” now.', 'It is on “Mass” already, and was not added again.']);
    expect(on).toEqual([1, 2]);
  });

  it('stays off it where nobody knows what is on it', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    expect((await listsWithMass().put(5, [2])).ok).toBe(false);
  });
});

describe('several songs that are put on a playlist', () => {
  it('come without those that are on it, and how many these were is said', async () => {
    const on = serverWith([1, 2]);
    const lists = listsWithMass();
    expect(said(await lists.put(5, [2, 3, 4]))).toBe('They are on “Mass” now. 1 of them was there already.');
    expect(on).toEqual([1, 2, 3, 4]);
    expect(said(await lists.put(5, [2, 3]))).toBe('All of them are on “Mass” already.');
    expect(said(await lists.put(5, [6, 7]))).toBe('They are on “Mass” now.');
    expect(on).toEqual([1, 2, 3, 4, 6, 7]);
  });
});
