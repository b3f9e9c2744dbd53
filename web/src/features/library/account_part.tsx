// Who one is in the library: to log in, to register, to log out, to invite somebody, and the way to one's account.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { under } from '../../base_path.js';
import { t } from '../../i18n/words.js';
import { LIBRARY_ROLES, type LibraryRole } from '../../net/library_house.js';
import { CopyLink } from '../../page/parts/copy_link.js';
import { Dialog, Problem } from '../../page/parts/parts.js';
import { AccountField, NewPasswordFields, NO_PASSWORD, SentForm } from './account_form.js';
import { enter, inviteSomebody, leave, makeAccount } from './commands.js';
import { roleWords } from './house_page.js';
import { ACCOUNT_PATH, HOUSE_PATH, invitationIn, type Library } from './library.js';
import { PageLink } from '../../page/parts/page_link.js';
import type { Player } from './player.js';

type Open = 'login' | 'register' | 'invite' | null;

export function AccountPart({ library, player }: { library: Library; player: Player }): JSX.Element {
  const invitation = invitationIn(location.hash);
  const account = library.account.value;
  const [open, setOpen] = useState<Open>(invitation !== '' && account === null ? 'register' : null);
  const [problem, setProblem] = useState<string | null>(null);
  const close = (): void => setOpen(null);
  const registered = (): void => {
    // It is used up: a reload must not ask for another account.
    if (invitation !== '') history.replaceState(history.state, '', location.pathname);
    close();
  };
  return (
    <div class="library-account" data-keeps-focus>
      {account === null ? (
        <>
          {library.ended.value !== null && (
            <p class="note" role="alert">
              {library.ended.value === 'account' ? t.library.accountDeleted : t.library.loginEnded}
            </p>
          )}
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
          <PageLink class="button quiet" path={ACCOUNT_PATH}>
            {t.libraryAccount.yourAccount}
          </PageLink>
          {/* Another button than "Register", which had the focus: Enter once more must not log out. */}
          <button key="out" type="button" class="quiet" onClick={() => void leave(library, player).then(setProblem)}>
            {t.library.logOut}
          </button>
        </>
      )}
      {problem !== null && <Problem>{problem}</Problem>}
      <Dialog title={t.library.logIn} open={open === 'login'} onClose={close}>
        <LogIn library={library} onDone={close} />
      </Dialog>
      <Dialog title={t.library.register} open={open === 'register'} onClose={close}>
        {library.rules.value.registration === 'closed' ? (
          <p>{t.library.noNewAccounts}</p>
        ) : (
          <Register library={library} invitation={invitation} onDone={registered} />
        )}
      </Dialog>
      <Dialog title={t.library.inviteSomebody} open={open === 'invite'} onClose={close}>
        <Invite own={account?.role ?? 'member'} />
      </Dialog>
    </div>
  );
}

function LogIn({ library, onDone }: { library: Library; onDone: () => void }): JSX.Element {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  return (
    <SentForm words={t.library.logIn} send={() => enter(library, name, password)} onDone={onDone}>
      <AccountField id="library-name" label={t.library.name} value={name} onValue={setName} autocomplete="username" />
      <AccountField id="library-password" label={t.library.password} secret value={password} onValue={setPassword} autocomplete="current-password" />
    </SentForm>
  );
}

function Register({ library, invitation: brought, onDone }: { library: Library; invitation: string; onDone: () => void }): JSX.Element {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(NO_PASSWORD);
  const [invitation, setInvitation] = useState(brought);
  const invited = library.rules.value.registration === 'invitation';
  const send = (): Promise<string | null> =>
    makeAccount(library, {
      username: name,
      password1: chosen.once,
      password2: chosen.again,
      ...(invitation.trim() !== '' ? { invitation: invitation.trim() } : {}),
    });
  return (
    <SentForm words={t.library.register} send={send} onDone={onDone}>
      {invited && (
        <AccountField
          id="library-invitation"
          label={t.library.invitation}
          hint={t.library.whereInvitations}
          value={invitation}
          onValue={setInvitation}
          autocomplete="off"
        />
      )}
      <AccountField id="library-name" label={t.library.name} hint={t.library.othersSeeIt} value={name} onValue={setName} autocomplete="username" />
      <NewPasswordFields id="library" label={t.library.password} value={chosen} onValue={setChosen} />
    </SentForm>
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
