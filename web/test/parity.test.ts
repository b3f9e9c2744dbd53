// PARITY.md names tests, and where things are: each is there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(__dirname, '../..');
const list = (folder: string): string[] => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });

/** Files of tests without their endings, and folders of them: "server/room/room_song_test", "features/song", "e2e/door". */
const paths = [
  ...list('tests').map((file) => file.replace(/\.cpp$/, '')),
  ...list('web/test').map((file) => file.replace(/\.test\.tsx?$/, '')),
  ...list('web/e2e').map((file) => file.replace(/(\.long)?\.test\.ts$/, '')),
];
/** Targets of several files: score_worker_tests. */
const targets = list('tests')
  .filter((file) => file.endsWith('CMakeLists.txt'))
  .flatMap((file) => [...readFileSync(join(ROOT, 'tests', file), 'utf8').matchAll(/\b(\w+_tests|fuzz_\w+)\b/g)].map(([name]) => name));
const cases = new Set(
  list('tests')
    .filter((file) => file.endsWith('_test.cpp'))
    .flatMap((file) => [...readFileSync(join(ROOT, 'tests', file), 'utf8').matchAll(/^TEST(?:_F|_P)?\((\w+), (\w+)\)/gm)])
    .map(([, suite, name]) => `${suite}.${name}`),
);

const isThere = (name: string): boolean => {
  const plain = name.replace(/\.long$/, '').replace(/^e2e\//, '');
  return cases.has(name) || targets.includes(name) || paths.some((path) => path === plain || path.endsWith(`/${plain}`));
};

/** What is told to be its place: "mixer/gain.h", "features/plan", "audio/shared/round_trip*.ts". */
const PLACE = /^(audio|bench|codec|features|mixer|page|server|systemd)\//;
const placeIsThere = (name: string): boolean =>
  [name, `web/src/${name}`].some((path) => {
    const folder = join(ROOT, dirname(path));
    const [begins = '', ends] = basename(path).split('*');
    if (!existsSync(folder)) return false;
    return readdirSync(folder).some((one) => (ends === undefined ? one === begins : one.startsWith(begins) && one.endsWith(ends)));
  });

it('names tests and places that are there, in every row that is not missing', () => {
  const rows = readFileSync(join(ROOT, 'web/PARITY.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (line|wish|number) \|/.test(line))
    .map((line) => line.slice(2, -1).split(' | '));
  expect(rows.length).toBeGreaterThan(90);
  const named = rows.flatMap((cells) => [...(cells.at(-1) ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
  expect(named.filter((name) => !isThere(name))).toEqual([]);
  const places = rows.flatMap((cells) =>
    [...(cells[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '').filter((name) => PLACE.test(name)),
  );
  expect(places.length).toBeGreaterThan(40);
  expect(places.filter((name) => !['', '.h', '.ts', '.tsx', '.cpp'].some((end) => placeIsThere(name + end)))).toEqual([]);
  const bare = rows.filter((cells) => cells.length === 3 && !/`|as above/.test(cells[2] ?? '') && !/not yet|left out/.test(cells[1] ?? ''));
  expect(bare).toEqual([]);
});
