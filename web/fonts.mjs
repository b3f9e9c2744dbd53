// The page's typefaces, from packages of their makers' files cut into scripts: a browser fetches only those that it draws. With their licences.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SCRIPTS = ['latin', 'latin-ext', 'cyrillic'];

const FACES = [
  { family: 'Vollkorn', name: 'vollkorn', styles: ['normal', 'italic'], weights: '400 900' },
  { family: 'Source Sans 3', name: 'source-sans-3', styles: ['normal'], weights: '200 900' },
];

/** `place` writes a file and returns its address. Returns the style sheet of all faces. */
export function fontFaces(packages, place) {
  return FACES.flatMap(({ family, name, styles, weights }) => {
    const home = join(packages, '@fontsource-variable', name);
    const ranges = JSON.parse(readFileSync(join(home, 'unicode.json'), 'utf8'));
    return styles.flatMap((style) =>
      SCRIPTS.map((script) => {
        const file = readFileSync(join(home, 'files', `${name}-${script}-wght-${style}.woff2`));
        const address = place(`${name}-${script}-${style}`, 'woff2', file);
        return (
          `@font-face{font-family:"${family}";font-style:${style};font-weight:${weights};font-display:swap;` +
          `src:url(${address}) format("woff2");unicode-range:${ranges[script]}}`
        );
      }),
    );
  }).join('\n');
}

/** The licences under which the faces are given on, by family. */
export function fontLicences(packages) {
  return FACES.map(({ family, name }) => `${family}\n\n${readFileSync(join(packages, '@fontsource-variable', name, 'LICENSE'), 'utf8')}`).join(
    '\n\n',
  );
}
