import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LAYERS, layerOf, violations, WITHOUT_PAGE, type SourceFile } from './layers.js';

const root = fileURLToPath(new URL('../src', import.meta.url));
const sources: SourceFile[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

describe('the order of the folders', () => {
  it('is kept by every file', () => {
    expect(violations(sources)).toEqual([]);
  });

  it('speaks of files that exist', () => {
    expect(LAYERS.filter((layer) => !sources.some((file) => layerOf(file.path) === layer)).map((layer) => layer.name)).toEqual([]);
    expect(WITHOUT_PAGE.filter((path) => !sources.some((file) => file.path === path))).toEqual([]);
  });
});

describe('the check of the order', () => {
  /** The sources with one more file, or with more text in one of them. */
  const withFile = (path: string, text: string): string[] => violations([...sources.filter((file) => file.path !== path), { path, text }]);
  const withMore = (path: string, text: string): string[] => withFile(path, `${sources.find((file) => file.path === path)?.text ?? ''}\n${text}\n`);

  it.each([
    ['a floor that uses one above it', 'wire/made_up.ts', "import { uploadTrack } from '../net/upload.js';"],
    ['capture that uses playback', 'audio/capture/made_up.ts', "import { Playout } from '../playback/playout.js';"],
    ['a type of a layer above', 'audio/shared/made_up.ts', "import type { Cut } from '../capture/block_cutter.js';"],
    ['an import over several lines', 'net/made_up.ts', "import {\n  Engine,\n} from '../audio/engine/engine.js';"],
    ['what is handed on', 'units.ts', "export { readHeader } from './wire/header.js';"],
    ['an import at run time', 'wire/made_up.ts', "export const later = () => import('../net/api.js');"],
    ['a model that uses the session', 'features/song/made_up.ts', "import { Session } from '../../session/session.js';"],
    ['a model that uses a view', 'features/song/made_up.ts', "import { Tracks } from '../tracks/tracks.js';"],
    ['a command that uses a view', 'features/line/commands.ts', "import { LineOfBuckets } from './line_of_buckets.js';"],
    ['a view that uses the shell', 'features/song/made_up.tsx', "import { Dock } from '../../page/dock.js';"],
    ['a small part that uses a feature', 'page/parts/made_up.tsx', "import { Tracks } from '../../features/tracks/tracks.js';"],
    ['a file in no layer', 'elsewhere/made_up.ts', ''],
  ])('finds %s', (_, path, text) => {
    expect(withFile(path, text)).toHaveLength(1);
  });

  it('finds a view that uses the view of another feature, and no other', () => {
    expect(withFile('features/song/made_up.tsx', "import { Tracks } from '../tracks/tracks.js';")).toEqual([
      'features/song/made_up.tsx imports the view of another feature: features/tracks/tracks.tsx',
    ]);
    expect(withFile('features/tracks/made_up.tsx', "import { Tracks } from './tracks.js';")).toEqual([]);
  });

  it('finds the page in what runs without one, however far away', () => {
    const [found, ...more] = withMore('audio/shared/interpolation.ts', 'export const title = () => document.title;');
    expect(found).toContain('duplex_worklet.ts runs without a page, and audio/shared/interpolation.ts speaks of document.');
    expect(more.every((sentence) => sentence.includes('speaks of document.'))).toBe(true);
  });

  it('lets the codec worker wait, and the worklet not', () => {
    expect(withMore('audio/playback/playback_part.ts', 'setTimeout(() => undefined, 1);')).toHaveLength(1);
    expect(withMore('audio/capture/sender.ts', 'setTimeout(() => undefined, 1);')).toEqual([]);
  });

  it('takes no offence at words in comments, nor at types in a worker', () => {
    expect(withMore('audio/shared/interpolation.ts', '// The window of a document.\n/* window */')).toEqual([]);
    expect(withMore('audio/shared/interpolation.ts', "import type { SoundState } from './sound_state.js';")).toEqual([]);
  });
});
