// Which language the page speaks: the one that was chosen in this browser, otherwise the first that the browser asks for.
import { signal } from '@preact/signals';
import { bestLanguage, type Language } from '../../i18n/languages.js';
import { language, speak, wordsOf } from '../../i18n/words.js';
import { remembered } from '../../state/storage.js';

/** A language whose file did not come; null: all is well. */
export const missingLanguage = signal<Language | null>(null);

async function change(next: Language): Promise<void> {
  if (next === language.value) return;
  try {
    speak(next, await wordsOf(next));
    missingLanguage.value = null;
  } catch {
    missingLanguage.value = next;
  }
  document.documentElement.lang = language.value;
}

/** When the page starts, before anything is drawn; without its file the page stays English. */
export function startLanguage(): Promise<void> {
  return change(remembered.language ?? bestLanguage(navigator.languages));
}

export function chooseLanguage(next: Language): Promise<void> {
  remembered.language = next;
  return change(next);
}
