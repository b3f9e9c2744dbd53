// A song of the programme is prepared: title, track, words, tempo, who leads it, who may see it.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Dialog, Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import type { Entry, EntryWish, Plan, PlanChange } from '../../wire/control/control.js';
import { titleOf } from '../song/song_progress.js';
import { putEntry, removeEntry } from './commands.js';
import { changedPlan } from './programme.js';
import { t } from '../../i18n/words.js';

export type PlanEditor = (plan: Plan, onChange: (change: PlanChange) => void) => JSX.Element;

interface EntryDialogProps {
  session: Session;
  room: RoomState;
  /** Without an id it is new; null: the window is closed. */
  entry: Entry | EntryWish | null;
  planFields: PlanEditor;
  onClose: () => void;
}

export function EntryDialog({ session, room, entry, planFields, onClose }: EntryDialogProps): JSX.Element {
  const isNew = entry?.id === undefined;
  return (
    <Dialog title={isNew ? t.programme.addASong : t.programme.theSong({ title: entry.title })} open={entry !== null} onClose={onClose}>
      {entry && <EntryForm session={session} room={room} entry={entry} planFields={planFields} onClose={onClose} />}
    </Dialog>
  );
}

function EntryForm({ session, room, entry, planFields, onClose }: EntryDialogProps & { entry: Entry | EntryWish }): JSX.Element {
  // As it was when the window was opened: what others do meanwhile does not change what is typed.
  const [wish, setWish] = useState<EntryWish>(entry);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const change = (part: Partial<EntryWish>): void => setWish((now) => ({ ...now, ...part }));
  const plan: Plan = { ...wish.plan, words: wish.plan.words ?? null, score: wish.plan.score ?? null };
  const singers = room.people.filter((person) => person.role === 'singer' && !person.robot);
  const save = (event: Event): void => {
    event.preventDefault();
    if (wish.title.trim() === '') return setProblem(t.programme.pleaseGiveATitle);
    putEntry(session, { ...wish, title: wish.title.trim(), leader: wish.leader.trim() });
    onClose();
  };
  return (
    <form class="entry-form" onSubmit={save}>
      <label for="entry-title">{t.programme.title}</label>
      <input
        id="entry-title"
        type="text"
        autocomplete="off"
        maxLength={120}
        value={wish.title}
        onInput={(event) => change({ title: event.currentTarget.value })}
      />
      {problem !== null && <Problem>{problem}</Problem>}
      <label for="entry-track">{t.programme.track}</label>
      <select id="entry-track" value={wish.track ?? ''} onChange={(event) => change({ track: event.currentTarget.value || null })}>
        <option value="">{t.programme.voicesAlone}</option>
        {room.tracks.map((track) => (
          <option key={track.id} value={track.id}>
            {titleOf(track.name)}
          </option>
        ))}
      </select>
      <label for="entry-words">{t.programme.wordsOfTheSong}</label>
      <select id="entry-words" value={plan.words ?? ''} onChange={(event) => change({ plan: { ...plan, words: event.currentTarget.value || null } })}>
        <option value="">{t.programme.none}</option>
        {room.sheets.map((sheet) => (
          <option key={sheet.id} value={sheet.id}>
            {sheet.title}
          </option>
        ))}
      </select>
      <label for="entry-leader">{t.programme.whoLeadsIt}</label>
      <input
        id="entry-leader"
        type="text"
        autocomplete="off"
        maxLength={80}
        list="entry-leaders"
        placeholder={t.programme.aNameAsItStands}
        value={wish.leader}
        onInput={(event) => change({ leader: event.currentTarget.value })}
      />
      <datalist id="entry-leaders">
        {singers.map((person) => (
          <option key={person.id} value={person.name} />
        ))}
      </datalist>
      <fieldset class="bare entry-plan">
        <legend>{t.programme.tempoAndRound}</legend>
        {planFields(plan, (part) => change({ plan: changedPlan(plan, part) }))}
      </fieldset>
      <label class="check">
        <input type="checkbox" checked={wish.hidden} onChange={(event) => change({ hidden: event.currentTarget.checked })} />
        <span>
          <strong>{t.programme.aSurprise}</strong>
          <small>{t.programme.onlyLeadersSeeIt}</small>
        </span>
      </label>
      {wish.id !== undefined && (
        <label class="check">
          <input type="checkbox" checked={wish.sung} onChange={(event) => change({ sung: event.currentTarget.checked })} />
          <span>
            <strong>{t.programme.itWasSung}</strong>
            <small>{t.programme.tickedByItself}</small>
          </span>
        </label>
      )}
      <div class="dialog-actions" data-keeps-focus>
        <button type="submit" class="primary" disabled={!session.connected.value}>
          {t.programme.saveTheSong}
        </button>
        {wish.id !== undefined && (
          <button
            type="button"
            class={asked ? 'primary' : 'secondary'}
            disabled={!session.connected.value}
            onClick={() => {
              if (!asked) return setAsked(true);
              removeEntry(session, wish.id ?? '');
              onClose();
            }}
          >
            {asked ? t.programme.yesTakeItOut : t.programme.takeItOut}
          </button>
        )}
      </div>
    </form>
  );
}
