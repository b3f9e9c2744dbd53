// The page's colours: one's own choice, for this browser.
import type { JSX } from 'preact';
import type { Theme } from '../../state/storage.js';
import { chooseTheme, theme } from './theme.js';

const WORDS: readonly (readonly [Theme, string])[] = [
  ['system', 'As the device'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

export function ThemeChoice(): JSX.Element {
  return (
    <fieldset class="bare theme-choice">
      <legend>Colours</legend>
      {WORDS.map(([value, words]) => (
        <label key={value}>
          <input type="radio" name="theme" value={value} checked={theme.value === value} onChange={() => chooseTheme(value)} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
