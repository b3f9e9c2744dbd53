// The room, for whoever may change it: its settings, and for organisers who may come in, who leads, the voice parts, the organiser's link, its end.
import { useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { cleanName, MOST_NAME_UNITS, nameProblem } from '../door/name.js';
import { DialogErrors } from '../../page/parts/notices.js';
import { Dialog, Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import { may, type RoomState } from '../../state/room.js';
import { changeRoom, deleteRoom, letBackIn } from './commands.js';
import { LinkSection } from './link_section.js';
import { PartsSection } from './parts_section.js';
import { PasswordForm } from './password_form.js';
import { StartMuted } from './start_muted.js';
import { t } from '../../i18n/words.js';

interface RoomDialogProps {
  session: Session;
  room: RoomState;
  /** Buckets, interval and level. */
  settings: JSX.Element;
  /** Which songs are recorded; for organisers. */
  recordings: JSX.Element | null;
  /** The live link; for organisers. */
  live?: JSX.Element | undefined;
  /** Other programs; for organisers. */
  programs: JSX.Element | null;
  open: boolean;
  onClose: () => void;
}

export function RoomDialog({ session, room, settings, recordings, live, programs, open, onClose }: RoomDialogProps): JSX.Element {
  return (
    <Dialog title={t.order.theRoom} open={open} onClose={onClose}>
      <RoomSections session={session} room={room} settings={settings} recordings={recordings} live={live} programs={programs} />
    </Dialog>
  );
}

export function RoomSections({
  session,
  room,
  settings,
  recordings,
  live,
  programs,
}: Pick<RoomDialogProps, 'session' | 'room' | 'settings' | 'recordings' | 'live' | 'programs'>): JSX.Element {
  const { removed } = room;
  return (
    <>
      <DialogErrors session={session} />
      <fieldset class="bare" disabled={!session.connected.value}>
        <legend class="only-read">{t.order.howTheRoomIsKept}</legend>
        {may(room, 'room') && <NameForm session={session} name={room.room.name} />}
        {(may(room, 'room') || may(room, 'password')) && (
          <Section title={t.order.whoMayComeIn}>
            {may(room, 'room') && <Doors session={session} room={room} />}
            {may(room, 'password') && <PasswordForm session={session} set={room.room.password} />}
          </Section>
        )}
        {may(room, 'room') && <LeadsSection session={session} room={room} />}
        {may(room, 'room') && <PartsSection session={session} room={room} />}
        {may(room, 'room') && (
          <Section title={t.startMuted.title}>
            <StartMuted session={session} room={room} />
          </Section>
        )}
        {may(room, 'room') && recordings && <Section title={t.recordings.recordings}>{recordings}</Section>}
        {may(room, 'open_live') && live && <Section title={t.live.title}>{live}</Section>}
        {may(room, 'new_key') && (
          <Section title={t.order.theOrganisersLink}>
            <LinkSection session={session} />
          </Section>
        )}
        {may(room, 'readmit') && removed.length > 0 && (
          <Section title={t.order.removedFromTheRoom}>
            <ul class="removed" data-keeps-focus>
              {removed.map((person) => (
                <li key={person.id}>
                  <span>{person.name}</span>
                  <button
                    type="button"
                    class="secondary"
                    aria-label={t.order.letBackInPerson({ name: person.name })}
                    onClick={() => letBackIn(session, person.id)}
                  >
                    {t.order.letBackIn}
                  </button>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </fieldset>
      {may(room, 'settings') && <Section title={t.order.theLineAndItsSound}>{settings}</Section>}
      {may(room, 'program_token') && (
        <fieldset class="bare" disabled={!session.connected.value}>
          <legend class="only-read">{t.order.otherPrograms}</legend>
          {programs}
        </fieldset>
      )}
      {may(room, 'delete_room') && (
        <fieldset class="bare" disabled={!session.connected.value}>
          <legend class="only-read">{t.order.theEndOfTheRoom}</legend>
          <DeleteSection session={session} room={room} />
        </fieldset>
      )}
    </>
  );
}

export function Section({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="order-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function NameForm({ session, name }: { session: Session; name: string }): JSX.Element {
  const [typed, setTyped] = useState(name);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const wish = cleanName(typed);
    const wrong = wish === '' ? t.order.pleaseGiveTheRoomA : nameProblem(wish);
    setProblem(wrong);
    if (wrong === null && wish !== name) changeRoom(session, { name: wish });
  };
  return (
    <form class="one-field" onSubmit={submit}>
      <label for="the-rooms-name">{t.order.nameOfTheRoom}</label>
      <div class="field-row">
        <input
          id="the-rooms-name"
          type="text"
          autocomplete="off"
          maxLength={MOST_NAME_UNITS}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="secondary">
          {t.order.rename}
        </button>
      </div>
      {problem && <Problem>{problem}</Problem>}
    </form>
  );
}

function Doors({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { listed, locked, chat } = room.room;
  return (
    <>
      <Check
        checked={listed}
        onCheck={(wish) => changeRoom(session, { listed: wish })}
        title={t.order.onThisServersFirstPage}
        text={t.order.anybodyWhoComesThereSees}
      />
      <Check
        checked={locked}
        onCheck={(wish) => changeRoom(session, { locked: wish })}
        title={t.order.closedToNewcomers}
        text={t.order.whoIsInMayStay}
      />
      <Check
        checked={chat}
        onCheck={(wish) => changeRoom(session, { chat: wish })}
        title={t.order.chat}
        text={t.order.everybodyMayWriteSwitchedOff}
      />
    </>
  );
}

function LeadsSection({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { leads } = room.room;
  return (
    <Section title={t.order.whoMayLead}>
      <Check
        radio="leads"
        checked={leads === 'singers'}
        onCheck={() => changeRoom(session, { leads: 'singers' })}
        title={t.order.anySinger}
        text={t.order.oneAtATimeA}
      />
      <Check
        radio="leads"
        checked={leads === 'appointed'}
        onCheck={() => changeRoom(session, { leads: 'appointed' })}
        title={t.order.onlyWhomYouAppoint}
        text={t.order.byTheButtonBesideA}
      />
    </Section>
  );
}

function DeleteSection({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const [asked, setAsked] = useState(false);
  const playing = room.song.state === 'playing';
  return (
    <Section title={t.order.deleteTheRoom}>
      <p class="hint">{playing ? t.order.theRoomCanBeDeleted : t.order.everybodyIsSentOutThe}</p>
      <p class="actions" data-keeps-focus>
        <button
          type="button"
          class={asked ? 'primary' : 'secondary'}
          disabled={playing}
          onClick={() => (asked ? deleteRoom(session) : setAsked(true))}
        >
          {asked ? t.order.yesDeleteItForGood : t.order.deleteTheRoom2}
        </button>
        {asked && (
          <button type="button" class="quiet" onClick={() => setAsked(false)}>
            {t.order.keepIt}
          </button>
        )}
      </p>
    </Section>
  );
}

interface CheckProps {
  /** The name of the group, for one choice of several. */
  radio?: string;
  checked: boolean;
  onCheck: (checked: boolean) => void;
  title: string;
  text: string;
}

function Check({ radio, checked, onCheck, title, text }: CheckProps): JSX.Element {
  const change = (event: { currentTarget: HTMLInputElement }): void => onCheck(event.currentTarget.checked);
  return (
    <label class="check">
      {radio === undefined ? (
        <input type="checkbox" checked={checked} onChange={change} />
      ) : (
        <input type="radio" name={radio} checked={checked} onChange={change} />
      )}
      <span>
        <strong>{title}</strong>
        <small>{text}</small>
      </span>
    </label>
  );
}
