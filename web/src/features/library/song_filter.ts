// What one wants of the songs in the list: as a form has it, and as the server is asked. Pure.
import { type RuleOrder } from '../../net/library_lists.js';
import { millisecondsIn, numberIn } from './rule_draft.js';

/** As typed; empty: whatever it is. */
export interface SongFilter {
  genre: string;
  licence: string;
  key: string;
  /** Minutes. */
  shortest: string;
  longest: string;
  /** Beats a minute. */
  slowest: string;
  fastest: string;
  rating: string;
  order: RuleOrder;
}

export const NO_FILTER: SongFilter = {
  genre: '',
  licence: '',
  key: '',
  shortest: '',
  longest: '',
  slowest: '',
  fastest: '',
  rating: '',
  order: 'title',
};

/** What is no number yet asks for nothing. */
export function queryOf(filter: SongFilter): Record<string, string> {
  const number = (value: number | null): string => (value === null ? '' : String(value));
  const all = {
    genre: filter.genre.trim(),
    licence: filter.licence.trim(),
    key: filter.key.trim(),
    length_from_ms: number(millisecondsIn(filter.shortest)),
    length_to_ms: number(millisecondsIn(filter.longest)),
    tempo_from_bpm: number(numberIn(filter.slowest)),
    tempo_to_bpm: number(numberIn(filter.fastest)),
    rating_from: number(numberIn(filter.rating)),
  };
  return { ...Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')), order: filter.order };
}

/** So many things are wanted, the order not counted. */
export function wishesIn(filter: SongFilter): number {
  return Object.keys(queryOf(filter)).length - 1;
}
