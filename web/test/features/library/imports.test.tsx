import { describe, expect, it } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import { TableImports } from '../../../src/features/library/imports.js';
import { ImportsPart, ImportsView } from '../../../src/features/library/imports_part.js';
import { Library } from '../../../src/features/library/library.js';
import type { LibraryImport } from '../../../src/net/library_imports.js';

const HALF: LibraryImport = {
  id: 1,
  name: 'songs.csv',
  state: 'running',
  bytes: 400,
  bytes_done: 100,
  rows: 10,
  added: 9,
  changed: 0,
  unchanged: 0,
  bad: 1,
};

describe('songs from a table', () => {
  const view = (imports: TableImports): string => renderToString(<ImportsView imports={imports} />);
  const nothing = (): void => undefined;

  it('are for curators', () => {
    const library = new Library();
    const part = (): string => renderToString(<ImportsPart library={library} />);
    expect(part()).toBe('');
    library.account.value = { id: 1, username: 'Ann', role: 'member' };
    expect(part()).toBe('');
    library.account.value = { id: 1, username: 'Ann', role: 'curator' };
    expect(part()).toContain('Songs from a table');
  });

  it('tell how far they are, and can be stopped', () => {
    const imports = new TableImports(nothing);
    imports.newest.value = HALF;
    const html = view(imports);
    expect(html).toContain('“songs.csv” is being taken in ... 25 %');
    expect(html).toContain('1 line was not taken.');
    expect(html).toContain('Stop here');
    expect(html).toMatch(/<input[^>]*disabled/);
  });

  it('tell what came of them, and why lines were not taken', () => {
    const imports = new TableImports(nothing);
    imports.newest.value = { ...HALF, state: 'done', bytes_done: 400, bad: 2 };
    imports.faults.value = [{ line: 7, why: 'What stands in the column year is no number.' }];
    const html = view(imports);
    expect(html).toContain('“songs.csv”: new 9, changed 0, as before 0.');
    expect(html).toContain('Line 7: What stands in the column year is no number.');
    expect(html).not.toContain('Stop here');
  });
});
