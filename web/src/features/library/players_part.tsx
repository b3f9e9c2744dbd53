// Music players of others, on phones and desktops: what they are to be told, and a password for each, shown once.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { under } from '../../base_path.js';
import { dateText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import { CopyLink } from '../../page/parts/copy_link.js';
import { Problem } from '../../page/parts/parts.js';
import { endPlayer, listPlayers, newPlayer } from './commands.js';
import type { MadePassword, PlayerPassword } from '../../net/library_players.js';

export function PlayersPart({ username }: { username: string }): JSX.Element {
  const [players, setPlayers] = useState<PlayerPassword[]>([]);
  const [made, setMade] = useState<MadePassword | null>(null);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const load = async (): Promise<void> => {
    const answer = await listPlayers();
    setProblem(answer.ok ? null : answer.error);
    if (answer.ok) setPlayers(answer.value);
  };
  useEffect(() => void load(), []);
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await newPlayer(name.trim());
    if (!answer.ok) return setProblem(answer.error);
    setMade(answer.value);
    setName('');
    await load();
  };
  const end = async (id: number): Promise<void> => {
    const answer = await endPlayer(id);
    if (!answer.ok) return setProblem(answer.error);
    setMade(null);
    await load();
  };
  return (
    <div class="library-form" data-keeps-focus>
      <p>{t.library.whatPlayersAre}</p>
      <CopyLink id="player-address" label={t.library.addressForPlayers} link={`${location.origin}${under('')}`} />
      <CopyLink id="player-name" label={t.library.name} link={username} />
      {made !== null && (
        <div role="status">
          <CopyLink id="player-password" label={t.library.passwordOnlyNow({ name: made.name })} link={made.password} />
        </div>
      )}
      {players.length > 0 && (
        <ul class="programs">
          {players.map((player) => (
            <li key={player.id}>
              <span>{t.library.playerUsed({ name: player.name, day: dateText(player.last_used * 1_000, { dateStyle: 'short' }) })}</span>
              <button
                type="button"
                class="secondary"
                aria-label={t.library.takeThePasswordOf({ name: player.name })}
                onClick={() => void end(player.id)}
              >
                {t.library.takeThePassword}
              </button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={(event) => void make(event)}>
        <div class="field">
          <label for="new-player">{t.library.whichPlayer}</label>
          <input
            id="new-player"
            type="text"
            required
            autocomplete="off"
            maxLength={40}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <button type="submit" class="primary">
          {t.library.makeAPassword}
        </button>
      </form>
      {problem !== null && <Problem>{problem}</Problem>}
    </div>
  );
}
