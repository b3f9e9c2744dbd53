// The languages of the page. Pure.
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in its own language. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ru: 'Русский',
};

export function isLanguage(text: string | null): text is Language {
  return LANGUAGES.some((one) => one === text);
}

/** The first of those that a browser asks for ("de-AT", "fr") which the page speaks; English where it speaks none. */
export function bestLanguage(wanted: readonly string[]): Language {
  const codes = wanted.map((one) => one.toLowerCase().split('-')[0] ?? '');
  return codes.find(isLanguage) ?? 'en';
}
