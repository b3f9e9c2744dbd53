// The rule of a playlist as a form has it, and as the server wants it. Pure.
import type { PlaylistRule, RuleOrder } from '../../net/library_lists.js';

/** `seconds`: shown as minutes, kept as milliseconds. */
export type RuleValue = 'text' | 'number' | 'seconds' | 'flag';

export const RULE_KINDS = {
  genre_is: 'text',
  artist_is: 'text',
  album_is: 'text',
  rating_at_least: 'number',
  my_rating_at_least: 'number',
  is_favourite: 'flag',
  not_heard_for_days: 'number',
  added_within_days: 'number',
  length_at_most_ms: 'seconds',
  length_at_least_ms: 'seconds',
  tempo_at_most_bpm: 'number',
  tempo_at_least_bpm: 'number',
  year_at_least: 'number',
  year_at_most: 'number',
  key_is: 'text',
  language_is: 'text',
  licence_is: 'text',
  has_words: 'flag',
} as const satisfies Record<string, RuleValue>;
export type RuleKind = keyof typeof RULE_KINDS;
export const ALL_KINDS = Object.keys(RULE_KINDS) as RuleKind[];
export const MOST_TERMS = 20;
const USUAL_MOST = 100;

export interface TermDraft {
  kind: RuleKind;
  /** Of flags: 'yes' or 'no'. */
  value: string;
}

export interface RuleDraft {
  all: boolean;
  terms: TermDraft[];
  order: RuleOrder;
  most: string;
}

export const NEW_TERM: TermDraft = { kind: 'genre_is', value: '' };

export function newRule(): RuleDraft {
  return { all: true, terms: [NEW_TERM], order: 'title', most: String(USUAL_MOST) };
}

/** What this page does not know of a newer server's rule is left out. */
export function ruleDraftOf(rule: PlaylistRule): RuleDraft {
  const terms = rule.rules.flatMap((term) =>
    Object.entries(term).flatMap(([name, value]) => {
      const kind = ALL_KINDS.find((one) => one === name);
      return kind === undefined ? [] : [{ kind, value: shownValue(kind, value) }];
    }),
  );
  return { all: rule.match === 'all', terms: terms.length > 0 ? terms : [NEW_TERM], order: rule.order, most: String(rule.most) };
}

function shownValue(kind: RuleKind, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return RULE_KINDS[kind] === 'seconds' ? minutesText(Number(value)) : String(value);
}

/** Of a form that is filled in. What makes no sense is left to the server to refuse, with its sentence. */
export function ruleOf({ all, terms, order, most }: RuleDraft): PlaylistRule {
  return {
    match: all ? 'all' : 'any',
    rules: terms.map(({ kind, value }) => ({ [kind]: sentValue(kind, value.trim()) })),
    order,
    most: Number(most),
  };
}

function sentValue(kind: RuleKind, value: string): string | number | boolean {
  switch (RULE_KINDS[kind]) {
    case 'flag':
      return value === 'yes';
    case 'text':
      return value;
    case 'number':
      return numberIn(value) ?? value;
    case 'seconds':
      return millisecondsIn(value) ?? value;
  }
}

/** Something is still to be filled in, or is no number where one is wanted. */
export function isWanting({ kind, value }: TermDraft): boolean {
  return typeof sentValue(kind, value.trim()) === 'string' && (value.trim() === '' || RULE_KINDS[kind] !== 'text');
}

/** With a comma or a point; null: it is none. */
export function numberIn(text: string): number | null {
  const number = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(number) && number >= 0 ? number : null;
}

/** Of "3:30", or of minutes as "3.5"; null: it is neither. */
export function millisecondsIn(text: string): number | null {
  const parts = /^\s*(\d{1,4}):([0-5]?\d)\s*$/.exec(text);
  if (parts) return (Number(parts[1]) * 60 + Number(parts[2])) * 1_000;
  const minutes = numberIn(text);
  return minutes === null ? null : Math.round(minutes * 60_000);
}

/** "3:30" */
export function minutesText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
