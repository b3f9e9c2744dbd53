// One's own account in the library: what lets players and programs in, the password, where one is logged in, and its end.
import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { under } from '../../base_path.js';
import { dateText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import { askSessions, askTokens, endLibraryToken, endSession, makeLibraryToken, type LibrarySession } from '../../net/library_account.js';
import { askPlayers, makePlayer, revokePlayer } from '../../net/library_players.js';
import { CopyLink } from '../../page/parts/copy_link.js';
import { PageLink } from '../../page/parts/page_link.js';
import { ArrivalTitle, Problem } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { AccountField, NewPasswordFields, NO_PASSWORD, SentForm } from './account_form.js';
import { EndableRows } from './endable_rows.js';
import { forget, renewPassword } from './commands.js';
import { API_PATH, LIBRARY_PATH, type Library } from './library.js';
import { useListed } from './listed.js';
import type { Player } from './player.js';
import { SecretsPart } from './secrets_part.js';
import { Way } from './shelf_part.js';

interface PageProps {
  library: Library;
  player: Player;
}

export function AccountPage({ library, player }: PageProps): JSX.Element {
  const account = library.account.value;
  useEffect(() => {
    document.title = t.libraryAccount.yourAccount;
  }, []);
  return (
    <>
      <Way steps={[]} />
      <ArrivalTitle>{t.libraryAccount.yourAccount}</ArrivalTitle>
      {account === null ? (
        <p>{t.libraryAccount.logInFirst}</p>
      ) : (
        <div key={account.id} class="library-account-parts" data-keeps-focus>
          <Players username={account.username} />
          <Programs />
          <Part id="account-password" title={t.libraryHouse.changePassword}>
            <NewPassword />
          </Part>
          <LoggedIn />
          <Part id="account-end" title={t.libraryAccount.deleteAccount}>
            <Forget library={library} player={player} />
          </Part>
        </div>
      )}
    </>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="library-house" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function serverAddress(): string {
  return `${location.origin}${under('')}`.replace(/\/$/, '');
}

function Players({ username }: { username: string }): JSX.Element {
  return (
    <Part id="account-players" title={t.library.players}>
      <p>{t.library.whatPlayersAre}</p>
      <CopyLink id="player-address" label={t.library.addressForPlayers} link={serverAddress()} />
      <CopyLink id="player-user" label={t.libraryAccount.nameForPlayers} link={username} />
      <SecretsPart
        id="player"
        words={{
          which: t.library.whichPlayer,
          make: t.library.makeAPassword,
          takeAway: t.library.takeThePassword,
          onlyNow: t.library.passwordOnlyNow,
        }}
        list={askPlayers}
        make={makePlayer}
        end={revokePlayer}
      />
    </Part>
  );
}

function Programs(): JSX.Element {
  return (
    <Part id="account-programs" title={t.programs.programs}>
      <p>
        {t.libraryAccount.whatTokensAre} <PageLink path={API_PATH}>{t.libraryAccount.whatTheyCanDo}</PageLink>
      </p>
      <SecretsPart
        id="token"
        words={{
          which: t.libraryAccount.whichProgram,
          make: t.programs.makeAToken,
          takeAway: t.programs.takeTheTokenAway,
          onlyNow: t.libraryAccount.tokenOnlyNow,
        }}
        list={askTokens}
        make={makeLibraryToken}
        end={endLibraryToken}
      />
    </Part>
  );
}

function NewPassword(): JSX.Element {
  const [old, setOld] = useState('');
  const [next, setNext] = useState(NO_PASSWORD);
  const [done, setDone] = useState(false);
  const changed = (): void => {
    setDone(true);
    setOld('');
    setNext(NO_PASSWORD);
  };
  return (
    <>
      <SentForm words={t.libraryHouse.changePassword} send={() => renewPassword(old, next.once, next.again)} onDone={changed}>
        <AccountField id="library-old" label={t.libraryHouse.oldPassword} secret value={old} onValue={setOld} autocomplete="current-password" />
        <NewPasswordFields id="library-new" label={t.libraryHouse.newPassword} value={next} onValue={setNext} />
      </SentForm>
      <p role="status">{done ? t.libraryHouse.passwordIsChanged : ''}</p>
    </>
  );
}

function loginWords({ browser, system, address, last_used: used }: Omit<LibrarySession, 'id' | 'current'>): string {
  const device = browser !== '' && system !== '' ? t.libraryAccount.browserOn({ browser, system }) : browser || system;
  const at = t.libraryAccount.browserAt({ address, day: dateText(used * 1_000, { dateStyle: 'medium', timeStyle: 'short' }) });
  return [device, at].filter(Boolean).join(' · ');
}

/** Each browser in which one is logged in; another one can be logged out from here. */
function LoggedIn(): JSX.Element {
  const { rows, problem, done } = useListed(askSessions);
  const logins = rows?.map(({ id, current, ...login }) => ({
    id,
    name: loginWords(login),
    children: current && <span class="hint">{t.libraryAccount.thisBrowser}</span>,
    onEnd: current ? null : () => void done(endSession(id)),
  }));
  return (
    <Part id="account-logins" title={t.libraryAccount.whereLoggedIn}>
      <EndableRows rows={logins ?? []} words={t.libraryAccount.logItOut} />
      {problem !== null && <Problem>{problem}</Problem>}
    </Part>
  );
}

function Forget({ library, player }: PageProps): JSX.Element {
  const [password, setPassword] = useState('');
  return (
    <details aria-label={t.libraryAccount.howToDelete}>
      <summary>{t.libraryAccount.howToDelete}</summary>
      <p>{t.libraryAccount.whatGoes}</p>
      <SentForm words={t.library.deleteForGood} send={() => forget(library, player, password)} onDone={() => go(LIBRARY_PATH)}>
        <AccountField id="library-forget" label={t.library.password} secret value={password} onValue={setPassword} autocomplete="current-password" />
      </SentForm>
    </details>
  );
}
