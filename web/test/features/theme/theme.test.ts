// The page's colours: one's own choice, and the house's where the server has some.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseTheme, followTheme, hasHouse, lookForHouse, theme } from '../../../src/features/theme/theme.js';
import { remembered } from '../../../src/state/storage.js';
import { stubStorage } from '../../fake_storage.js';

interface Link {
  rel: string;
  href: string;
  remove(): void;
}
let sheets: Link[];
let answers: () => Promise<{ ok: boolean; text: () => Promise<string> }>;

beforeEach(() => {
  stubStorage();
  sheets = [];
  answers = () => Promise.resolve({ ok: true, text: () => Promise.resolve('@media all {}') });
  vi.stubGlobal('CSSMediaRule', class {});
  vi.stubGlobal('fetch', (path: string) => (path === '/theme.css' ? answers() : Promise.reject(new Error(path))));
  vi.stubGlobal('document', {
    styleSheets: [],
    head: { append: (link: Link) => sheets.push(link) },
    createElement: (): Link => {
      const link = { rel: '', href: '', remove: () => (sheets = sheets.filter((one) => one !== link)) };
      return link;
    },
  });
});
afterEach(() => {
  chooseTheme('system');
  vi.unstubAllGlobals();
});

describe('the colours of the house', () => {
  it('are offered where the server has some, worn when they are chosen, and put off again', async () => {
    await lookForHouse();
    expect(hasHouse.value).toBe(true);
    expect(sheets).toEqual([]);
    chooseTheme('house');
    chooseTheme('house');
    expect(sheets.map(({ rel, href }) => [rel, href])).toEqual([['stylesheet', '/theme.css']]);
    chooseTheme('dark');
    expect(sheets).toEqual([]);
  });

  it('are worn from the start by who chose them, and given up where the server has none any more', async () => {
    remembered.theme = 'house';
    followTheme();
    expect([theme.value, sheets.length]).toEqual(['house', 1]);
    answers = () => Promise.reject(new Error('no network'));
    await lookForHouse();
    expect(theme.value, 'nothing is known').toBe('house');
    answers = () => Promise.resolve({ ok: true, text: () => Promise.resolve('\n') });
    await lookForHouse();
    expect([hasHouse.value, theme.value, sheets.length]).toEqual([false, 'system', 0]);
  });
});
