// Other programs that may keep the room: each has a token, shown once.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { under } from '../../base_path.js';
import { cleanName, MOST_NAME_UNITS, nameProblem } from '../door/name.js';
import { CopyLink } from '../../page/parts/copy_link.js';
import { Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { makeToken, revokeToken } from './commands.js';
import { dateText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';

export function ProgramsSection({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const token = session.programToken.value;
  const submit = (event: Event): void => {
    event.preventDefault();
    const name = cleanName(typed);
    const wrong = name === '' ? t.programs.pleaseGiveTheProgramA : nameProblem(name);
    setProblem(wrong);
    if (wrong !== null) return;
    makeToken(session, name);
    setTyped('');
  };
  return (
    <section class="order-section">
      <h3>{t.programs.programs}</h3>
      <p class="hint">
        {t.programs.anotherProgramCanDoIn}
        <a href={under('/api/openapi.json')} target="_blank" rel="noopener noreferrer">
          {t.programs.apiOpenapiJson}
        </a>
        .
      </p>
      {token !== null && (
        <div class="note" role="status">
          <CopyLink id="program-token" label={t.programs.theTokenShownOnlyNow} link={token} />
          <button type="button" class="quiet" aria-label={t.programs.putTheTokenAway} onClick={() => (session.programToken.value = null)}>
            {t.programs.putAway}
          </button>
        </div>
      )}
      <ul class="programs" data-keeps-focus>
        {room.programs.map((program) => (
          <li key={program.id}>
            <span>{t.programs.since({ name: program.name, day: dateText(program.made, { dateStyle: 'short' }) })}</span>
            <button
              type="button"
              class="secondary"
              aria-label={t.programs.takeTheTokenOf({ name: program.name })}
              onClick={() => revokeToken(session, program.id)}
            >
              {t.programs.takeTheTokenAway}
            </button>
          </li>
        ))}
      </ul>
      <form class="one-field" onSubmit={submit}>
        <label for="new-program">{t.programs.nameOfOneMoreProgram}</label>
        <div class="field-row">
          <input
            id="new-program"
            type="text"
            autocomplete="off"
            maxLength={MOST_NAME_UNITS}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <button type="submit" class="secondary">
            {t.programs.makeAToken}
          </button>
        </div>
        {problem && <Problem>{problem}</Problem>}
      </form>
    </section>
  );
}
