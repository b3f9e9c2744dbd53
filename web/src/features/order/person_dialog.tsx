// One person in the line: what one may do with her; of oneself, name and voice part.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { cleanName, MOST_NAME_UNITS, nameProblem } from '../door/name.js';
import { describePerson } from '../line/placement.js';
import { DialogErrors } from '../../page/parts/notices.js';
import { Dialog, Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import { may, personOf, type RoomState } from '../../state/room.js';
import type { Person } from '../../wire/control/control.js';
import { timingWords } from '../timing/timing.js';
import { act, choosePart, rename } from './commands.js';
import { bucketsFor, personActions, type PersonAction } from './person_actions.js';
import { t } from '../../i18n/words.js';
import { partName } from '../../i18n/voice_parts.js';

interface PersonDialogProps {
  session: Session;
  room: RoomState;
  /** Null: closed. */
  id: string | null;
  onClose: () => void;
}

export function PersonDialog({ session, room, id, onClose }: PersonDialogProps): JSX.Element {
  const person = personOf(room, id);
  // Whoever has gone, or was removed, needs no menu.
  const open = person !== null;
  useEffect(() => {
    if (id !== null && !open) onClose();
  }, [id, open]);
  return (
    <Dialog title={person?.name ?? ''} open={open} onClose={onClose}>
      {person && <PersonMenu key={person.id} session={session} room={room} person={person} />}
    </Dialog>
  );
}

export function PersonMenu({ session, room, person }: { session: Session; room: RoomState; person: Person }): JSX.Element {
  const buckets = bucketsFor(room, person);
  const self = person.id === room.you;
  const words = describePerson(person, room.you);
  const timing = timingWords(room, person.id);
  const disabled = !session.connected.value;
  return (
    <>
      <DialogErrors session={session} />
      <p class="hint">{[t.order.group2({ bucket: person.bucket }), ...words].join(', ')}</p>
      {timing !== null && <p class="hint">{`${timing}.`}</p>}
      {self && may(room, 'name') && <OwnName session={session} name={person.name} />}
      {self && may(room, 'part') && room.room.parts.length > 0 && <OwnPart session={session} room={room} part={person.part} />}
      {buckets.length > 0 && (
        <fieldset class="bare moves" disabled={disabled}>
          <legend>{t.order.moveToGroup}</legend>
          <div class="actions">
            {buckets.map((bucket) => (
              <button
                key={bucket}
                type="button"
                class="secondary"
                disabled={bucket === person.bucket}
                aria-label={t.order.moveToGroup2({ bucket })}
                onClick={() => act(session, { type: 'move_person', person: person.id, bucket })}
              >
                {bucket}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <ul class="person-actions" data-keeps-focus>
        {personActions(room, person).map((one) => (
          <ActionItem key={one.label} action={one} disabled={disabled} onAct={() => act(session, one.command)} />
        ))}
      </ul>
    </>
  );
}

function ActionItem({ action, disabled, onAct }: { action: PersonAction; disabled: boolean; onAct: () => void }): JSX.Element {
  const [asked, setAsked] = useState(false);
  const press = (): void => {
    if (action.sure !== null && !asked) return setAsked(true);
    setAsked(false);
    onAct();
  };
  return (
    <li>
      <button type="button" class={asked ? 'primary wide' : 'secondary wide'} disabled={disabled} onClick={press}>
        {asked ? action.sure : action.label}
      </button>
      {action.hint !== '' && <p class="hint">{action.hint}</p>}
    </li>
  );
}

function OwnName({ session, name }: { session: Session; name: string }): JSX.Element {
  const [typed, setTyped] = useState(name);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const wish = cleanName(typed);
    const wrong = nameProblem(wish);
    setProblem(wrong);
    if (wrong === null && wish !== name) rename(session, wish);
  };
  return (
    <form class="one-field" onSubmit={submit}>
      <label for="own-name">{t.order.yourName}</label>
      <div class="field-row">
        <input
          id="own-name"
          type="text"
          autocomplete="nickname"
          maxLength={MOST_NAME_UNITS}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="secondary" disabled={!session.connected.value}>
          {t.order.change}
        </button>
      </div>
      {problem && <Problem>{problem}</Problem>}
    </form>
  );
}

function OwnPart({ session, room, part }: { session: Session; room: RoomState; part: string }): JSX.Element {
  return (
    <div>
      <label for="own-part">{t.order.yourVoice}</label>
      <select id="own-part" value={part} disabled={!session.connected.value} onChange={(event) => choosePart(session, event.currentTarget.value)}>
        <option value="">{t.order.none}</option>
        {room.room.parts.map((one) => (
          <option key={one} value={one}>
            {partName(one)}
          </option>
        ))}
      </select>
    </div>
  );
}
