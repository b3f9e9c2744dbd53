// The rule of a playlist, to be written or changed: what a song must be, one line after the other.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { RULE_ORDERS, type RuleOrder } from '../../net/library_lists.js';
import { TrashIcon } from '../../page/parts/icons.js';
import { ALL_KINDS, isWanting, MOST_TERMS, NEW_TERM, RULE_KINDS, type RuleDraft, type RuleKind, type TermDraft } from './rule_draft.js';

interface RuleProps {
  rule: RuleDraft;
  onChange: (rule: RuleDraft) => void;
}

const MOST_SONGS = 1_000;

export function RuleFields({ rule, onChange }: RuleProps): JSX.Element {
  const { terms } = rule;
  const put = (at: number, term: TermDraft): void => onChange({ ...rule, terms: terms.map((one, i) => (i === at ? term : one)) });
  return (
    <fieldset class="library-rule">
      <legend>{t.libraryRule.aSongBelongs}</legend>
      <ul data-keeps-focus>
        {terms.map((term, i) => (
          <li key={i}>
            <Term term={term} number={i + 1} onChange={(changed) => put(i, changed)} />
            {terms.length > 1 && (
              <button
                type="button"
                class="quiet"
                aria-label={t.libraryRule.takeAway({ number: i + 1 })}
                onClick={() => onChange({ ...rule, terms: terms.filter((_, at) => at !== i) })}
              >
                <TrashIcon />
              </button>
            )}
          </li>
        ))}
      </ul>
      {terms.length < MOST_TERMS && (
        <button type="button" class="quiet" onClick={() => onChange({ ...rule, terms: [...terms, NEW_TERM] })}>
          {t.libraryRule.oneMore}
        </button>
      )}
      {terms.length > 1 && (
        <label class="check">
          <input type="checkbox" checked={!rule.all} onChange={(event) => onChange({ ...rule, all: !event.currentTarget.checked })} />
          <span>{t.libraryRule.oneIsEnough}</span>
        </label>
      )}
      <div class="library-fields">
        <div class="field">
          <label for="rule-order">{t.libraryRule.inWhichOrder}</label>
          <select
            id="rule-order"
            value={rule.order}
            onChange={(event) => onChange({ ...rule, order: RULE_ORDERS.find((one) => one === event.currentTarget.value) ?? 'title' })}
          >
            {RULE_ORDERS.map((one) => (
              <option key={one} value={one}>
                {orderWords(one)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="rule-most">{t.libraryRule.atMost}</label>
          <input
            id="rule-most"
            type="number"
            inputMode="numeric"
            min={1}
            max={MOST_SONGS}
            required
            value={rule.most}
            onInput={(event) => onChange({ ...rule, most: event.currentTarget.value })}
          />
        </div>
      </div>
    </fieldset>
  );
}

function Term({ term, number, onChange }: { term: TermDraft; number: number; onChange: (term: TermDraft) => void }): JSX.Element {
  const kindOf = RULE_KINDS[term.kind];
  // What was typed does not fit another sort of question.
  const choose = (kind: RuleKind): void => {
    const keeps = RULE_KINDS[kind] === kindOf;
    onChange({ kind, value: keeps ? term.value : RULE_KINDS[kind] === 'flag' ? 'yes' : '' });
  };
  const [left, setLeft] = useState(false);
  const label = kindWords(term.kind);
  return (
    <>
      <select
        aria-label={t.libraryRule.condition({ number })}
        value={term.kind}
        onChange={(event) => choose(ALL_KINDS.find((one) => one === event.currentTarget.value) ?? 'genre_is')}
      >
        {ALL_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {kindWords(kind)}
          </option>
        ))}
      </select>
      {kindOf === 'flag' ? (
        <select aria-label={label} value={term.value} onChange={(event) => onChange({ ...term, value: event.currentTarget.value })}>
          <option value="yes">{t.libraryRule.yes}</option>
          <option value="no">{t.libraryRule.no}</option>
        </select>
      ) : (
        <input
          type="text"
          inputMode={kindOf === 'number' ? 'decimal' : 'text'}
          autocomplete="off"
          required
          aria-label={label}
          aria-invalid={left && isWanting(term)}
          placeholder={kindOf === 'seconds' ? t.libraryRule.minutesAsIn : undefined}
          value={term.value}
          onBlur={() => setLeft(true)}
          onInput={(event) => onChange({ ...term, value: event.currentTarget.value })}
        />
      )}
    </>
  );
}

export function orderWords(order: RuleOrder): string {
  switch (order) {
    case 'title':
      return t.libraryRule.byTitle;
    case 'newest':
      return t.libraryRule.byNewest;
    case 'rating':
      return t.libraryRule.byRating;
    case 'plays':
      return t.libraryRule.byPlays;
    case 'length':
      return t.libraryRule.byLength;
  }
}

function kindWords(kind: RuleKind): string {
  switch (kind) {
    case 'genre_is':
      return t.libraryRule.genreIs;
    case 'artist_is':
      return t.libraryRule.artistIs;
    case 'album_is':
      return t.libraryRule.albumIs;
    case 'rating_at_least':
      return t.libraryRule.ratingAtLeast;
    case 'my_rating_at_least':
      return t.libraryRule.myRatingAtLeast;
    case 'is_favourite':
      return t.libraryRule.isFavourite;
    case 'not_heard_for_days':
      return t.libraryRule.notHeardForDays;
    case 'added_within_days':
      return t.libraryRule.addedWithinDays;
    case 'length_at_most_ms':
      return t.libraryRule.lengthAtMost;
    case 'length_at_least_ms':
      return t.libraryRule.lengthAtLeast;
    case 'tempo_at_most_bpm':
      return t.libraryRule.tempoAtMost;
    case 'tempo_at_least_bpm':
      return t.libraryRule.tempoAtLeast;
    case 'year_at_least':
      return t.libraryRule.yearAtLeast;
    case 'year_at_most':
      return t.libraryRule.yearAtMost;
    case 'key_is':
      return t.libraryRule.keyIs;
    case 'language_is':
      return t.libraryRule.languageIs;
    case 'licence_is':
      return t.libraryRule.licenceIs;
    case 'has_words':
      return t.libraryRule.hasWords;
  }
}
