// The page's language, for this browser. Each is named in itself, so that one finds one's own in whichever the page speaks.
import type { JSX } from 'preact';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '../../i18n/languages.js';
import { language, t } from '../../i18n/words.js';
import { chooseLanguage, missingLanguage } from './language.js';

export function LanguageChoice(): JSX.Element {
  const choose = (value: string): void => {
    if (isLanguage(value)) void chooseLanguage(value);
  };
  const missing = missingLanguage.value;
  return (
    <div class="language-choice">
      <select aria-label={t.language.language} value={language.value} onChange={(event) => choose(event.currentTarget.value)}>
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
      {missing !== null && (
        <p class="problem" role="alert">
          {t.language.missing({ name: LANGUAGE_NAMES[missing] })}
        </p>
      )}
    </div>
  );
}
