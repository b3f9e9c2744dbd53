// The settings of the library, for its admins: who may come in, who is here, and which invitations are still good.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { dateText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import { REGISTRATIONS, type LibraryAccount, type Registration } from '../../net/library.js';
import {
  askAccounts,
  askInvitations,
  changeRole,
  changeRules,
  LIBRARY_ROLES,
  removeAccount,
  takeInvitationBack,
  type LibraryInvitation,
  type LibraryRole,
} from '../../net/library_house.js';
import { TrashIcon } from '../../page/parts/icons.js';
import { ArrivalTitle, Problem } from '../../page/parts/parts.js';
import { EndableRows } from './endable_rows.js';
import type { Library } from './library.js';
import { useListed } from './listed.js';
import { Way } from './shelf_part.js';

export function HousePage({ library }: { library: Library }): JSX.Element {
  useEffect(() => {
    document.title = t.libraryHouse.settings;
  }, []);
  return (
    <>
      <Way steps={[]} />
      <ArrivalTitle>{t.libraryHouse.settings}</ArrivalTitle>
      {library.account.value?.role === 'admin' ? (
        <>
          <Rules library={library} />
          <Accounts own={library.account.value.id} />
          <Invitations />
        </>
      ) : (
        <p>{t.libraryHouse.forAdmins}</p>
      )}
    </>
  );
}

function registrationWords(one: Registration): string {
  switch (one) {
    case 'open':
      return t.libraryHouse.anybody;
    case 'invitation':
      return t.libraryHouse.whoeverIsInvited;
    case 'closed':
      return t.libraryHouse.nobodyMore;
  }
}

export function roleWords(role: LibraryRole): string {
  switch (role) {
    case 'member':
      return t.libraryHouse.member;
    case 'curator':
      return t.libraryHouse.curator;
    case 'admin':
      return t.libraryHouse.admin;
  }
}

function Rules({ library }: { library: Library }): JSX.Element {
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const rules = library.rules.value;
  const change = async (wish: Partial<typeof rules>): Promise<void> => {
    const answer = await changeRules(wish);
    setProblem(answer.ok ? null : answer.error);
    setSaved(answer.ok);
    // Refused: what is shown goes back to what holds.
    library.rules.value = answer.ok ? answer.value : { ...rules };
  };
  return (
    <section class="library-house">
      <fieldset>
        <legend>{t.libraryHouse.whoMayRegister}</legend>
        {REGISTRATIONS.map((one) => (
          <label key={one} class="check">
            <input type="radio" name="registration" checked={rules.registration === one} onChange={() => void change({ registration: one })} />
            <span>{registrationWords(one)}</span>
          </label>
        ))}
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          checked={rules.anonymous_uploads}
          onChange={(event) => void change({ anonymous_uploads: event.currentTarget.checked })}
        />
        <span>
          {t.libraryHouse.uploadsOfAnybody}
          <small>{t.libraryHouse.theyArePublic}</small>
        </span>
      </label>
      <Room
        id="library-account-mb"
        label={t.libraryHouse.roomOfAnAccount}
        hint={t.libraryHouse.asMuchAsTheyLike}
        value={rules.account_mb}
        onValue={(account_mb) => void change({ account_mb })}
      />
      <Room
        id="library-all-mb"
        label={t.libraryHouse.roomOfAll}
        hint={t.libraryHouse.asMuchAsTheDisk}
        value={rules.all_mb}
        onValue={(all_mb) => void change({ all_mb })}
      />
      <p class="hint" role="status">
        {saved ? t.library.saved : ''}
      </p>
      {problem !== null && <Problem>{problem}</Problem>}
    </section>
  );
}

interface RoomProps {
  id: string;
  label: string;
  hint: string;
  value: number;
  onValue: (value: number) => void;
}

const MOST_MB = 1_000_000_000;

/** Megabytes, taken when the field is left. */
function Room({ id, label, hint, value, onValue }: RoomProps): JSX.Element {
  const taken = (field: HTMLInputElement): void => {
    const wish = field.valueAsNumber;
    if (field.validity.valid && Number.isInteger(wish) && wish !== value) onValue(wish);
    else field.value = String(value);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={0}
        max={MOST_MB}
        step={1}
        required
        value={value}
        onChange={(event) => taken(event.currentTarget)}
        aria-describedby={`${id}-hint`}
      />
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}

function Accounts({ own }: { own: number }): JSX.Element {
  const { rows, problem, done } = useListed(askAccounts);
  const [saved, setSaved] = useState(false);
  const giveRole = async (id: number, role: LibraryRole): Promise<void> => setSaved(await done(changeRole(id, role)));
  return (
    <section class="library-house" aria-labelledby="library-accounts" data-keeps-focus>
      <h2 id="library-accounts">{t.libraryHouse.accounts}</h2>
      <p class="hint" role="status">
        {saved ? t.library.saved : ''}
      </p>
      {problem !== null && <Problem>{problem}</Problem>}
      <ul>
        {rows?.map((one) => (
          <OneAccount
            key={`${one.id} ${one.role} ${problem}`}
            account={one}
            isOwn={one.id === own}
            onRole={(role) => void giveRole(one.id, role)}
            onRemove={() => void done(removeAccount(one.id))}
          />
        ))}
      </ul>
    </section>
  );
}

interface AccountProps {
  account: LibraryAccount;
  isOwn: boolean;
  onRole: (role: LibraryRole) => void;
  onRemove: () => void;
}

function OneAccount({ account, isOwn, onRole, onRemove }: AccountProps): JSX.Element {
  const [asked, setAsked] = useState(false);
  // Arrow keys pass what an admin may on their way: nothing is given before Save.
  const [wish, setWish] = useState(account.role);
  const name = account.username;
  return (
    <li>
      <span class="library-who">
        {name} {isOwn && <span class="hint">{t.libraryHouse.you}</span>}
      </span>
      <select
        aria-label={t.libraryHouse.roleOf({ name })}
        value={wish}
        onChange={(event) => setWish(LIBRARY_ROLES.find((one) => one === event.currentTarget.value) ?? account.role)}
      >
        {LIBRARY_ROLES.map((role) => (
          <option key={role} value={role}>
            {roleWords(role)}
          </option>
        ))}
      </select>
      {wish !== account.role && (
        <button type="button" class="secondary" onClick={() => onRole(wish)}>
          {t.library.save}
          <span class="only-read">: {name}</span>
        </button>
      )}
      {!isOwn && (
        <span class="actions">
          <button
            type="button"
            class={asked ? 'primary' : 'quiet'}
            {...(asked ? {} : { 'aria-label': t.libraryHouse.removeAccount({ name }) })}
            onClick={() => (asked ? onRemove() : setAsked(true))}
          >
            <TrashIcon />
            {asked && t.libraryHouse.withSongs({ name })}
          </button>
          {asked && (
            <button type="button" class="quiet" onClick={() => setAsked(false)}>
              {t.library.keepIt}
            </button>
          )}
        </span>
      )}
    </li>
  );
}

function Invitations(): JSX.Element {
  const { rows, problem, done } = useListed<LibraryInvitation>(askInvitations);
  const invitations = rows?.map(({ id, role, created }) => ({
    id,
    name: t.libraryHouse.invitedOn({ role: roleWords(role), day: dateText(created * 1000, { dateStyle: 'medium' }) }),
    onEnd: () => void done(takeInvitationBack(id)),
  }));
  return (
    <section class="library-house" aria-labelledby="library-invitations" data-keeps-focus>
      <h2 id="library-invitations">{t.libraryHouse.invitations}</h2>
      {problem !== null && <Problem>{problem}</Problem>}
      {rows?.length === 0 && <p class="hint">{t.libraryHouse.noInvitations}</p>}
      <EndableRows rows={invitations ?? []} words={t.libraryHouse.takeBack} />
    </section>
  );
}
