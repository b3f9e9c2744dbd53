// To narrow the list of songs down, and to put it into another order.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import { MOST_STARS, RULE_ORDERS } from '../../net/library_lists.js';
import { orderWords } from './rule_part.js';
import { NO_FILTER, wishesIn, type SongFilter } from './song_filter.js';
import type { SongBook } from './songs.js';

export function FilterPart({ songs }: { songs: SongBook }): JSX.Element {
  const filter = songs.filter.value;
  const wishes = wishesIn(filter);
  // Where one comes back to a list that is narrowed down, one sees why.
  const [begun] = useState(wishes > 0);
  const words = wishes === 0 ? t.libraryFilter.narrow : t.libraryFilter.narrowed({ count: wishes });
  const put = (changed: Partial<SongFilter>): void => songs.narrow({ ...filter, ...changed });
  const text = (name: 'genre' | 'licence' | 'key' | 'shortest' | 'longest' | 'slowest' | 'fastest', label: string, hint?: string): JSX.Element => (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <input
        id={`filter-${name}`}
        type="text"
        autocomplete="off"
        spellcheck={false}
        placeholder={hint}
        value={filter[name]}
        onInput={(event) => put({ [name]: event.currentTarget.value })}
      />
    </div>
  );
  return (
    <details class="library-filter" aria-label={words} open={begun}>
      <summary>{words}</summary>
      <div class="library-fields">
        {text('genre', t.library.genre)}
        {text('key', t.library.key)}
        {text('licence', t.library.licence)}
        <div class="field">
          <label for="filter-rating">{t.libraryFilter.ratedAtLeast}</label>
          <select id="filter-rating" value={filter.rating} onChange={(event) => put({ rating: event.currentTarget.value })}>
            <option value="">{t.libraryFilter.whatever}</option>
            {Array.from({ length: MOST_STARS }, (_, i) => (
              <option key={i} value={i + 1}>
                {numberText(i + 1)}
              </option>
            ))}
          </select>
        </div>
        {text('shortest', t.libraryFilter.lastsAtLeast, t.libraryRule.minutesAsIn)}
        {text('longest', t.libraryFilter.lastsAtMost, t.libraryRule.minutesAsIn)}
        {text('slowest', t.libraryRule.tempoAtLeast)}
        {text('fastest', t.libraryRule.tempoAtMost)}
        <div class="field">
          <label for="filter-order">{t.libraryRule.inWhichOrder}</label>
          <select
            id="filter-order"
            value={filter.order}
            onChange={(event) => put({ order: RULE_ORDERS.find((one) => one === event.currentTarget.value) ?? 'title' })}
          >
            {RULE_ORDERS.map((one) => (
              <option key={one} value={one}>
                {orderWords(one)}
              </option>
            ))}
          </select>
        </div>
      </div>
      {wishes > 0 && (
        <button type="button" class="secondary" onClick={() => songs.narrow({ ...NO_FILTER, order: filter.order })}>
          {t.libraryFilter.showAll}
        </button>
      )}
    </details>
  );
}
