// The order of the page's folders: what a file may import. Ground floor first: a layer uses itself, where that is said, and those named.

interface Layer {
  name: string;
  /** Of the files that belong to it, below web/src. The first layer that matches counts. */
  files: RegExp;
  uses: string[];
}

const SOUND = ['audio/shared', 'audio/capture', 'audio/playback'];
const GROUND = ['units', 'base path', 'sentences', 'wire', 'net', ...SOUND, 'audio/engine'];
const MODELS = [...GROUND, 'catalogues', 'storage', 'parts of the room', 'room', 'models'];

export const LAYERS: readonly Layer[] = [
  { name: 'units', files: /^units\.ts$/, uses: [] },
  { name: 'base path', files: /^base_path\.ts$/, uses: [] },
  { name: 'types', files: /^types\//, uses: [] },
  // A catalogue is a file of its own in the bundle: what it used besides would be there twice.
  { name: 'catalogues', files: /^i18n\/(\w\w\/|plural\.ts$|languages\.ts$)/, uses: ['catalogues'] },
  { name: 'sentences', files: /^i18n\//, uses: ['base path', 'catalogues', 'sentences'] },
  { name: 'wire', files: /^wire\//, uses: ['units', 'wire'] },
  { name: 'net', files: /^net\//, uses: ['units', 'base path', 'sentences', 'wire', 'net'] },
  { name: 'audio/shared', files: /^audio\/shared\//, uses: ['units', 'audio/shared'] },
  { name: 'audio/capture', files: /^audio\/capture\//, uses: ['units', 'wire', 'audio/shared', 'audio/capture'] },
  { name: 'audio/playback', files: /^audio\/playback\//, uses: ['units', 'wire', 'audio/shared', 'audio/playback'] },
  { name: 'audio/engine', files: /^audio\/engine\//, uses: GROUND },
  { name: 'storage', files: /^state\/storage\.ts$/, uses: [...GROUND, 'catalogues'] },
  { name: 'parts of the room', files: /^features\/\w+\/room\.ts$/, uses: ['units', 'wire'] },
  { name: 'room', files: /^state\/room\.ts$/, uses: ['units', 'wire', 'parts of the room'] },
  { name: 'commands', files: /^features\/\w+\/commands\.ts$/, uses: [...MODELS, 'session'] },
  { name: 'views', files: /^features\/.*\.tsx$/, uses: [...MODELS, 'session', 'parts', 'commands', 'views'] },
  { name: 'models', files: /^features\/.*\.ts$/, uses: MODELS },
  { name: 'session', files: /^session\//, uses: [...MODELS, 'session'] },
  { name: 'parts', files: /^page\/(parts\/|routes\.ts$)/, uses: [...MODELS, 'session', 'parts'] },
  { name: 'page', files: /^page\//, uses: [...MODELS, 'session', 'parts', 'commands', 'views', 'page'] },
];

/** What runs where there is no page: each with all that it imports. */
export const WITHOUT_PAGE = ['audio/engine/duplex_worklet.ts', 'audio/engine/codec_worker.ts', 'audio/playback/recording_worker.ts'];
/** The one that has no network, no timers and no clock either. */
export const WORKLET = 'audio/engine/duplex_worklet.ts';

/** The worlds that a page has, and a worker has not. */
const DOM = /\b(document\.|window\.|HTML\w*Element\b|localStorage\b|sessionStorage\b|navigator\.mediaDevices\b|new AudioContext\b)/;
/** What a worklet lacks besides, or must not do. */
const OUTSIDE_WORLD = /\b(fetch|WebSocket|setTimeout|setInterval|performance|navigator|console)\b/;

export interface SourceFile {
  /** Below web/src. */
  path: string;
  text: string;
}

interface Import {
  path: string;
  /** Gone when the program runs. */
  typeOnly: boolean;
}

export function layerOf(path: string): Layer | null {
  return LAYERS.find((layer) => layer.files.test(path)) ?? null;
}

/** One sentence for each import that may not be, and each file without a layer. */
export function violations(files: readonly SourceFile[]): string[] {
  const known = new Map(files.map((file) => [file.path, file]));
  return [...files.flatMap((file) => wrongImports(file, known)), ...WITHOUT_PAGE.flatMap((entry) => pageIn(entry, known))];
}

function wrongImports(file: SourceFile, known: ReadonlyMap<string, SourceFile>): string[] {
  const layer = layerOf(file.path);
  if (!layer) return [`${file.path} belongs to no layer`];
  return importsOf(file, known).flatMap(({ path }) => {
    const other = layerOf(path);
    if (!other || !layer.uses.includes(other.name)) return [`${file.path} (${layer.name}) imports ${path} (${other?.name ?? 'no layer'})`];
    if (other.name === 'views' && layer.name === 'views' && featureOf(file.path) !== featureOf(path))
      return [`${file.path} imports the view of another feature: ${path}`];
    return [];
  });
}

/** All that is bundled with `entry` and speaks of the page. */
function pageIn(entry: string, known: ReadonlyMap<string, SourceFile>): string[] {
  const seen = new Set<string>();
  const ahead = known.has(entry) ? [entry] : [];
  const found: string[] = [];
  for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) {
    const file = known.get(path);
    if (!file || seen.has(path)) continue;
    seen.add(path);
    const code = withoutComments(file.text);
    const word = DOM.exec(code) ?? (entry === WORKLET ? OUTSIDE_WORLD.exec(code) : null);
    if (word) found.push(`${entry} runs without a page, and ${path} speaks of ${word[0]}`);
    ahead.push(
      ...importsOf(file, known)
        .filter((one) => !one.typeOnly)
        .map((one) => one.path),
    );
  }
  return found;
}

function featureOf(path: string): string | undefined {
  return path.split('/')[1];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

function importsOf(file: SourceFile, known: ReadonlyMap<string, SourceFile>): Import[] {
  const statements = withoutComments(file.text).matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'|\bimport\('(\.[^']+)'\)/g,
  );
  return [...statements].map(([, type, path, dynamic]) => ({
    path: resolved(file.path, path ?? dynamic ?? '', known),
    typeOnly: type !== undefined,
  }));
}

function resolved(from: string, to: string, known: ReadonlyMap<string, SourceFile>): string {
  const parts = from.split('/').slice(0, -1);
  for (const step of to.replace(/\.js$/, '').split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  const path = parts.join('/');
  return known.has(`${path}.tsx`) ? `${path}.tsx` : `${path}.ts`;
}
