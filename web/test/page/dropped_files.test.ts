import { describe, expect, it } from 'vitest';
import { filesIn, inOrder, isOfKind } from '../../src/page/parts/dropped_files.js';

const KINDS = 'audio/*,.mp3,.flac';

type Thing = string | { name: string; holds: Thing[] };

/** As a browser shows what was dropped: a reader gives two at a time. */
function entryOf(thing: Thing): FileSystemEntry {
  if (typeof thing === 'string')
    return { isDirectory: false, file: (got: (file: File) => void) => got(new File([], thing)) } as unknown as FileSystemEntry;
  const createReader = (): unknown => {
    const left = thing.holds.map(entryOf);
    return { readEntries: (got: (some: FileSystemEntry[]) => void) => got(left.splice(0, 2)) };
  };
  return { isDirectory: true, createReader } as unknown as FileSystemEntry;
}

function dropped(...things: Thing[]): DataTransfer {
  const items = things.map((thing) => ({ webkitGetAsEntry: () => entryOf(thing) }));
  return { items, files: things.map((thing) => new File([], typeof thing === 'string' ? thing : thing.name)) } as unknown as DataTransfer;
}

const names = async (...things: Thing[]): Promise<string[]> => (await filesIn(dropped(...things), KINDS)).map(({ name }) => name);

describe('what is dropped', () => {
  it('is taken as it is where it is files, in the order of their names', async () => {
    expect(await names('10 Kyrie.mp3', '2 Gloria.mp3', 'words.txt')).toEqual(['2 Gloria.mp3', '10 Kyrie.mp3', 'words.txt']);
  });

  it('is looked through where it is a folder, for the sounds in it', async () => {
    const folder = { name: 'Mass', holds: ['3.mp3', 'cover.jpg', '1.FLAC', { name: 'more', holds: ['2.mp3', 'notes.pdf'] }, 'words.txt'] };
    expect(await names(folder)).toEqual(['1.FLAC', '2.mp3', '3.mp3']);
    expect(await names({ name: 'Empty', holds: [] })).toEqual([]);
  });
});

describe('kinds of files', () => {
  it('are told by name and type', () => {
    expect(isOfKind({ name: 'a.MP3', type: '' }, KINDS)).toBe(true);
    expect(isOfKind({ name: 'a', type: 'audio/ogg' }, KINDS)).toBe(true);
    expect(isOfKind({ name: 'a.jpg', type: 'image/jpeg' }, KINDS)).toBe(false);
    expect(isOfKind({ name: 'a.png', type: 'image/png' }, 'image/png')).toBe(true);
  });

  it('stand in the order of numbers in their names', () => {
    expect(inOrder([{ name: 'b10' }, { name: 'b9' }, { name: 'a' }]).map(({ name }) => name)).toEqual(['a', 'b9', 'b10']);
  });
});
