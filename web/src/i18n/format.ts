// Numbers, dates and lists as one's language writes them.
import { language } from './words.js';

/** Day before month, and no comma before “and”. */
function locale(): string {
  return language.value === 'en' ? 'en-GB' : language.value;
}

/** `digits`: behind the point. */
export function numberText(value: number, digits = 0): string {
  return value.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
}

/** "Anna, Berta and Zoë" */
export function listText(names: readonly string[]): string {
  return new Intl.ListFormat(locale()).format(names);
}

/** "German" for "de"; what is no language's tag stays. */
export function languageText(tag: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export function dateText(ms: number, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), style).format(ms);
}
