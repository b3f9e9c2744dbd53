// What lets something else in for one: each has a name, is shown once, and can be taken away.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { dateText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import type { LibraryResult } from '../../net/library.js';
import { CopyLink } from '../../page/parts/copy_link.js';
import { Problem } from '../../page/parts/parts.js';
import { EndableRows } from './endable_rows.js';
import { useListed } from './listed.js';

export interface NamedSecret {
  id: number;
  name: string;
  /** Seconds since the epoch. */
  created: number;
  last_used: number;
}

interface SecretsProps {
  /** Tells its fields from those of another. */
  id: string;
  words: {
    which: string;
    make: string;
    takeAway: string;
    onlyNow: (values: { name: string }) => string;
  };
  list: () => Promise<LibraryResult<NamedSecret[]>>;
  make: (name: string) => Promise<LibraryResult<{ name: string; secret: string }>>;
  end: (id: number) => Promise<LibraryResult<unknown>>;
}

/** As many characters as the server takes. */
const MOST_NAME = 40;

export function SecretsPart({ id, words, list, make, end }: SecretsProps): JSX.Element {
  const { rows, problem, done } = useListed(list);
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const asked = make(name.trim());
    if (await done(asked)) setName('');
    setBusy(false);
    const answer = await asked;
    if (answer.ok) setMade(answer.value);
  };
  const takeAway = async (one: NamedSecret): Promise<void> => {
    if ((await done(end(one.id))) && made?.name === one.name) setMade(null);
  };
  const secrets = (rows ?? []).map((one) => ({
    id: one.id,
    name: one.name,
    children: <span class="hint">{usedWords(one)}</span>,
    onEnd: () => void takeAway(one),
  }));
  return (
    <>
      {made !== null && (
        <div class="note" role="status">
          <CopyLink id={`${id}-secret`} label={words.onlyNow({ name: made.name })} link={made.secret} />
        </div>
      )}
      <EndableRows rows={secrets} words={words.takeAway} />
      <form class="one-field" onSubmit={(event) => void submit(event)}>
        <label for={`${id}-name`}>{words.which}</label>
        <div class="field-row">
          <input
            id={`${id}-name`}
            type="text"
            required
            autocomplete="off"
            maxLength={MOST_NAME}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <button type="submit" class="secondary" disabled={busy}>
            {words.make}
          </button>
        </div>
      </form>
      {problem !== null && <Problem>{problem}</Problem>}
    </>
  );
}

function usedWords({ created, last_used: used }: NamedSecret): string {
  const day = (seconds: number): string => dateText(seconds * 1_000, { dateStyle: 'medium' });
  return used > created ? t.libraryAccount.usedOn({ day: day(used) }) : t.libraryAccount.madeOn({ day: day(created) });
}
