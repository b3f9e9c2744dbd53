// The page's colours: one's own choice, for this browser.
import type { JSX } from 'preact';
import type { Theme } from '../../state/storage.js';
import { chooseTheme, hasHouse, theme } from './theme.js';
import { t } from '../../i18n/words.js';

const WORDS = (): readonly (readonly [Theme, string])[] => [
  ['system', t.theme.asTheDevice],
  ['light', t.theme.light],
  ['dark', t.theme.dark],
  ...(hasHouse.value ? ([['house', t.theme.house]] as const) : []),
];

export function ThemeChoice(): JSX.Element {
  return (
    <fieldset class="bare theme-choice">
      <legend>{t.theme.colours}</legend>
      {WORDS().map(([value, words]) => (
        <label key={value}>
          <input type="radio" name="theme" value={value} checked={theme.value === value} onChange={() => chooseTheme(value)} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
