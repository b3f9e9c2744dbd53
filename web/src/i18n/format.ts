// Numbers, dates and lists as one's language writes them.
import { language } from './words.js';

/** `digits`: behind the point. */
export function numberText(value: number, digits = 0): string {
  return value.toLocaleString(language.value, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
}

/** "Anna, Berta and Zoë" */
export function listText(names: readonly string[]): string {
  return new Intl.ListFormat(language.value).format(names);
}

export function dateText(ms: number, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language.value, style).format(ms);
}
