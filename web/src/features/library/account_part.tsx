// Who one is in the library: to log in, to register, to log out, and to invite somebody.
import { useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { under } from '../../base_path.js';
import { t } from '../../i18n/words.js';
import { LIBRARY_ROLES, type LibraryRole } from '../../net/library_house.js';
import { CopyLink } from '../../page/parts/copy_link.js';
import { Dialog, Problem } from '../../page/parts/parts.js';
import { enter, inviteSomebody, leave, makeAccount, renewPassword } from './commands.js';
import { roleWords } from './house_page.js';
import { API_PATH, HOUSE_PATH, invitationIn, type Library } from './library.js';
import { PageLink } from '../../page/parts/page_link.js';
import type { Player } from './player.js';
import { PlayersPart } from './players_part.js';

type Open = 'login' | 'register' | 'invite' | null;

export function AccountPart({ library, player }: { library: Library; player: Player }): JSX.Element {
  const invitation = invitationIn(location.hash);
  const account = library.account.value;
  const [open, setOpen] = useState<Open>(invitation !== '' && account === null ? 'register' : null);
  const [problem, setProblem] = useState<string | null>(null);
  const close = (): void => setOpen(null);
  return (
    <div class="library-account" data-keeps-focus>
      {account === null ? (
        <>
          <button type="button" class="secondary" onClick={() => setOpen('login')}>
            {t.library.logIn}
          </button>
          <button type="button" class="quiet" onClick={() => setOpen('register')}>
            {t.library.register}
          </button>
        </>
      ) : (
        <>
          <span class="library-who">{t.library.loggedInAs({ name: account.username })}</span>
          {account.role !== 'member' && (
            <button type="button" class="secondary" onClick={() => setOpen('invite')}>
              {t.library.inviteSomebody}
            </button>
          )}
          {account.role === 'admin' && (
            <PageLink class="button quiet" path={HOUSE_PATH}>
              {t.libraryHouse.settings}
            </PageLink>
          )}
          <Behind words={t.libraryHouse.changePassword}>
            <NewPassword />
          </Behind>
          <Behind words={t.library.players}>
            <PlayersPart username={account.username} />
          </Behind>
          <button type="button" class="quiet" onClick={() => void leave(library, player).then(setProblem)}>
            {t.library.logOut}
          </button>
        </>
      )}
      <PageLink class="button quiet" path={API_PATH}>
        {t.libraryApi.forPrograms}
      </PageLink>
      {problem !== null && <Problem>{problem}</Problem>}
      <Dialog title={t.library.logIn} open={open === 'login'} onClose={close}>
        <LogIn library={library} onDone={close} />
      </Dialog>
      <Dialog title={t.library.register} open={open === 'register'} onClose={close}>
        {library.rules.value.registration === 'closed' ? (
          <p>{t.library.noNewAccounts}</p>
        ) : (
          <Register library={library} invitation={invitation} onDone={close} />
        )}
      </Dialog>
      <Dialog title={t.library.inviteSomebody} open={open === 'invite'} onClose={close}>
        <Invite own={account?.role ?? 'member'} />
      </Dialog>
    </div>
  );
}

/** A button with a dialog behind it, which begins anew each time. */
function Behind({ words, children }: { words: string; children: ComponentChildren }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="quiet" onClick={() => setOpen(true)}>
        {words}
      </button>
      <Dialog title={words} open={open} onClose={() => setOpen(false)}>
        {children}
      </Dialog>
    </>
  );
}

/** A form that sends once at a time and says why it was refused. */
function Sent({
  words,
  send,
  onDone,
  children,
}: {
  words: string;
  send: () => Promise<string | null>;
  onDone: () => void;
  children: ComponentChildren;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const why = await send();
    setBusy(false);
    setProblem(why);
    if (why === null) onDone();
  };
  return (
    <form class="library-form" onSubmit={(event) => void submit(event)}>
      {children}
      {problem !== null && <Problem>{problem}</Problem>}
      <button type="submit" class="primary" disabled={busy}>
        {words}
      </button>
    </form>
  );
}

interface TextProps {
  id: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  secret?: boolean;
  autocomplete: 'username' | 'current-password' | 'new-password' | 'off';
}

function Text({ id, label, value, onValue, hint, secret = false, autocomplete }: TextProps): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        {...(secret ? { type: 'password' as const } : { type: 'text' as const })}
        required
        autocomplete={autocomplete}
        autocapitalize="none"
        spellcheck={false}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function LogIn({ library, onDone }: { library: Library; onDone: () => void }): JSX.Element {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  return (
    <Sent words={t.library.logIn} send={() => enter(library, name, password)} onDone={onDone}>
      <Text id="library-name" label={t.library.name} value={name} onValue={setName} autocomplete="username" />
      <Text id="library-password" label={t.library.password} secret value={password} onValue={setPassword} autocomplete="current-password" />
    </Sent>
  );
}

function Register({ library, invitation: brought, onDone }: { library: Library; invitation: string; onDone: () => void }): JSX.Element {
  const [name, setName] = useState('');
  const [once, setOnce] = useState('');
  const [again, setAgain] = useState('');
  const [invitation, setInvitation] = useState(brought);
  const invited = library.rules.value.registration === 'invitation';
  const send = (): Promise<string | null> =>
    makeAccount(library, { username: name, password1: once, password2: again, ...(invited ? { invitation: invitation.trim() } : {}) });
  return (
    <Sent words={t.library.register} send={send} onDone={onDone}>
      {invited && (
        <Text
          id="library-invitation"
          label={t.library.invitation}
          hint={t.library.whereInvitations}
          value={invitation}
          onValue={setInvitation}
          autocomplete="off"
        />
      )}
      <Text id="library-name" label={t.library.name} hint={t.library.othersSeeIt} value={name} onValue={setName} autocomplete="username" />
      <Text
        id="library-password"
        label={t.library.password}
        hint={t.library.atLeastEight}
        secret
        value={once}
        onValue={setOnce}
        autocomplete="new-password"
      />
      <Text id="library-again" label={t.library.onceMore} secret value={again} onValue={setAgain} autocomplete="new-password" />
    </Sent>
  );
}

function NewPassword(): JSX.Element {
  const [old, setOld] = useState('');
  const [once, setOnce] = useState('');
  const [again, setAgain] = useState('');
  const [done, setDone] = useState(false);
  if (done) return <p role="status">{t.libraryHouse.passwordIsChanged}</p>;
  return (
    <Sent words={t.libraryHouse.changePassword} send={() => renewPassword(old, once, again)} onDone={() => setDone(true)}>
      <Text id="library-old" label={t.libraryHouse.oldPassword} secret value={old} onValue={setOld} autocomplete="current-password" />
      <Text
        id="library-new-password"
        label={t.libraryHouse.newPassword}
        hint={t.library.atLeastEight}
        secret
        value={once}
        onValue={setOnce}
        autocomplete="new-password"
      />
      <Text id="library-new-again" label={t.library.onceMore} secret value={again} onValue={setAgain} autocomplete="new-password" />
    </Sent>
  );
}

/** As what one may be oneself, and less. */
function Invite({ own }: { own: LibraryRole }): JSX.Element {
  const [role, setRole] = useState<LibraryRole>('member');
  const [link, setLink] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    const made = await inviteSomebody(role);
    setProblem(made.ok ? null : made.error);
    if (made.ok) setLink(`${location.origin}${under('/library')}#invitation=${encodeURIComponent(made.value)}`);
  };
  return (
    <div class="library-form" data-keeps-focus>
      <p>{t.library.whatAnInvitationIs}</p>
      {link === null && (
        <div class="field">
          <label for="library-role">{t.libraryHouse.invitedAs}</label>
          <select
            id="library-role"
            value={role}
            onChange={(event) => setRole(LIBRARY_ROLES.find((one) => one === event.currentTarget.value) ?? 'member')}
          >
            {LIBRARY_ROLES.slice(0, LIBRARY_ROLES.indexOf(own) + 1).map((one) => (
              <option key={one} value={one}>
                {roleWords(one)}
              </option>
            ))}
          </select>
        </div>
      )}
      {link === null ? (
        <button type="button" class="primary" onClick={() => void make()}>
          {t.library.makeAnInvitation}
        </button>
      ) : (
        <CopyLink id="library-link" label={t.library.invitationLink} link={link} />
      )}
      {problem !== null && <Problem>{problem}</Problem>}
    </div>
  );
}
