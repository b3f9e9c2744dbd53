// Bundles the page into dist/: a page, two workers, a worklet and its typefaces, with hashed names, and an index.html that points to them. Everything is served
// from one host; the page lives at / and
// /r/ROOM, so addresses are absolute; the server puts its base path in front of them (src/base_path.ts).
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { fontFaces, fontLicences } from './fonts.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');
const assets = join(dist, 'assets');
const packages = join(root, 'node_modules');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const common = { bundle: true, minify: true, format: 'iife', target: 'es2022', write: false, legalComments: 'none', logLevel: 'warning' };

/** Writes one file under its hashed name; returns its address. */
function place(name, extension, contents) {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 10);
  const file = `${name}-${hash}.${extension}`;
  writeFileSync(join(assets, file), contents);
  return `/assets/${file}`;
}

async function script(entry, define = {}, format = 'iife') {
  const result = await build({
    ...common,
    format,
    entryPoints: [join(root, entry)],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
  });
  return result.outputFiles[0].contents;
}

async function style(entry) {
  const result = await build({ ...common, entryPoints: [join(root, entry)] });
  return result.outputFiles[0].contents;
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });
const worklet = place('worklet', 'js', await script('src/audio/engine/duplex_worklet.ts'));
const worker = place('worker', 'js', await script('src/audio/engine/codec_worker.ts'));
const recorder = place('recorder', 'js', await script('src/audio/playback/recording_worker.ts'));
// English is in the page itself.
const languages = {};
for (const code of ['de', 'fr', 'es', 'ru']) languages[code] = place(`words-${code}`, 'js', await script(`src/i18n/${code}/index.ts`, {}, 'esm'));
const addresses = { WORKER_URL: worker, WORKLET_URL: worklet, RECORDER_URL: recorder, LANGUAGE_URLS: languages, VERSION: version };
const page = place('page', 'js', await script('src/page/main.tsx', addresses));
// Beside the style sheet, wherever that is.
const faces = fontFaces(packages, (...font) => place(...font).replace('/assets/', ''));
const css = place('page', 'css', `${faces}\n${Buffer.from(await style('src/page/style/index.css')).toString()}`);
const icon = place('icon', 'svg', readFileSync(join(root, 'static/icon.svg')));
const html = readFileSync(join(root, 'static/index.html'), 'utf8').replace('%STYLE%', css).replace('%SCRIPT%', page).replace('%ICON%', icon);

writeFileSync(join(dist, 'index.html'), html);
writeFileSync(join(dist, 'typefaces.txt'), fontLicences(packages));
console.log(`web/dist: ${readdirSync(assets).length} files`);
