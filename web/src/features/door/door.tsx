// The door: who are you, do you sing, and does your microphone work?
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { RoomCard } from '../../net/answers.js';
import type { Session } from '../../session/session.js';
import { enterRoomAs } from './commands.js';
import { keptPart, PartPicker, PasswordField } from './door_fields.js';
import { cleanName, MOST_NAME_UNITS, nameProblem } from './name.js';
import { hindranceWords, tryingAgain } from '../song/status.js';
import { remembered } from '../../state/storage.js';
import type { Missing } from './support.js';
import type { Role, ServerError } from '../../wire/control/control.js';
import { aboutPassword, nextStep } from './refusals.js';
import { EarIcon, HeadphonesIcon, MicrophoneIcon } from '../../page/parts/icons.js';
import { Brand, Marked, NextTry, Problem } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { MissingList } from './unsupported.js';
import { said } from '../../i18n/server.js';
import { t } from '../../i18n/words.js';

/** Who waits for longer is told that it takes long. */
const LONG_MS = 5_000;

interface DoorProps {
  session: Session;
  card: RoomCard;
  /** What this browser lacks for singing. */
  lacking: Missing[];
  /** One was in already when the page was reloaded: goes in by itself, as what one was. */
  back?: Role | null;
  /** Out of a chat program's browser. */
  wayOut?: JSX.Element | null;
  /** To hear whether left and right are heard. */
  headphones?: JSX.Element;
  /** To choose and try a microphone, for who sings. */
  microphone: JSX.Element;
  /** To measure the sound card's round trip, for who sings; given the way to come in as a listener. */
  calibration?: (onListen: () => void) => JSX.Element;
  /** What is wrong with the sound. */
  soundFault: JSX.Element;
  /** Whether songs are recorded, for who comes in so. */
  consent?: (role: Role) => JSX.Element;
  recordings: JSX.Element;
  /** To choose the page's language. */
  languages?: JSX.Element;
  /** The room's next evening. */
  meeting?: JSX.Element;
}

export function Door({
  session,
  card,
  lacking,
  back = null,
  wayOut = null,
  headphones,
  microphone,
  calibration,
  soundFault,
  consent,
  recordings,
  languages,
  meeting,
}: DoorProps): JSX.Element {
  const [name, setName] = useState(remembered.name);
  const [role, setRole] = useState<Role>(back ?? (lacking.length > 0 || remembered.listens ? 'listener' : 'singer'));
  const [part, setPart] = useState(() => keptPart(session.roomId, card.parts));
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const connection = session.connection.value;
  const refusal = connection?.state === 'refused' ? connection.error : null;
  const trying = tryingAgain(connection);
  const entering = starting || (connection?.state === 'connecting' && trying === null);
  const long = useLong(entering);
  // Some rooms get one while somebody stands at the door.
  const [asksPassword, setAsksPassword] = useState(card.password);
  if (refusal !== null && !asksPassword && aboutPassword(refusal)) setAsksPassword(true);

  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  // The keyboard goes on where it can be mended.
  const refusalPart = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal === null) return;
    const mended = refusal.code === 'bad_name' ? nameField : aboutPassword(refusal) ? passwordField : refusalPart;
    mended.current?.focus();
  }, [refusal]);

  const enter = async (as: Role): Promise<void> => {
    const wish = cleanName(name);
    const wrong = nameProblem(wish);
    setProblem(wrong);
    if (wrong !== null) return nameField.current?.focus();
    setName(wish);
    setRole(as);
    setStarting(true);
    remembered.name = wish;
    remembered.listens = as === 'listener';
    remembered.setPart(session.roomId, part || null);
    try {
      // What is wrong with the microphone, the picker says.
      if (as === 'listener' || session.microphone.isOpen.value || (await session.microphone.open()))
        await enterRoomAs(session, wish, as, { part: as === 'singer' ? part : '', password });
    } catch {
      // What is wrong with the sound, is said below.
    }
    setStarting(false);
  };
  useEffect(() => {
    if (back !== null) void enter(back);
  }, []);
  const typeName = (typed: string): void => {
    setName(typed);
    // What was wrong is gone as soon as it is.
    if (problem !== null) setProblem(nameProblem(cleanName(typed)));
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void enter(role);
  };

  return (
    <div class="plain door">
      <header class="masthead">
        <Brand onHome={() => go('/')} />
        {languages}
      </header>
      <main>
        <form class="card narrow" onSubmit={submit}>
          <p class="eyebrow">{t.door.youAreAtTheDoor}</p>
          <h1>{card.name || t.door.aRoomWithoutAName}</h1>
          <p class="hint">{presence(card.people)}</p>
          {meeting}
          {wayOut}
          {card.locked && refusal === null && <p class="note">{t.door.thisRoomIsClosedTo}</p>}

          <label for="your-name">{t.door.yourName}</label>
          <input
            ref={nameField}
            id="your-name"
            type="text"
            autocomplete="nickname"
            maxLength={MOST_NAME_UNITS}
            aria-invalid={refusal?.code === 'bad_name' || problem !== null}
            aria-describedby={problem === null ? undefined : 'name-problem'}
            value={name}
            onInput={(event) => typeName(event.currentTarget.value)}
          />
          {problem && (
            <p class="problem" role="alert" id="name-problem">
              {problem}
            </p>
          )}
          {asksPassword && (
            <PasswordField
              field={passwordField}
              password={password}
              problem={refusal !== null && aboutPassword(refusal) ? `${said(refusal.message, refusal)} ${nextStep(refusal.code)}`.trim() : null}
              onPassword={setPassword}
            />
          )}

          <fieldset class="choices">
            <legend>{t.door.whatWouldYouLikeTo}</legend>
            <Choice
              value="singer"
              chosen={role}
              disabled={lacking.length > 0}
              onChoose={setRole}
              icon={<MicrophoneIcon />}
              title={t.door.sing}
              text={t.door.withAMicrophoneAndHeadphones}
            />
            <Choice value="listener" chosen={role} onChoose={setRole} icon={<EarIcon />} title={t.door.justListen} text={t.door.noMicrophoneIsUsed} />
          </fieldset>

          {lacking.length > 0 && (
            <div class="note">
              <p>{t.door.youCanListenWithThis}</p>
              <MissingList missing={lacking} />
            </div>
          )}
          {role === 'singer' && card.start_muted && <p class="note">{t.startMuted.atTheDoor}</p>}
          {role === 'singer' && (
            <>
              {card.parts.length > 0 && <PartPicker parts={card.parts} part={part} onPart={setPart} />}
              <p class="advice">
                <HeadphonesIcon />
                <span>
                  <Marked text={t.door.putOnHeadphones} />
                </span>
              </p>
              {headphones}
              {microphone}
              {calibration?.(() => void enter('listener'))}
            </>
          )}
          {soundFault}
          {consent?.(role)}
          {refusal && !aboutPassword(refusal) && (
            <div ref={refusalPart} tabIndex={-1} class="refusal">
              <Refusal error={refusal} onListen={() => void enter('listener')} />
            </div>
          )}
          {trying && (
            <>
              <Problem>{hindranceWords(trying.why)}</Problem>
              <NextTry untilMs={trying.untilMs} onTry={() => session.hurry()} />
            </>
          )}
          {connection?.state === 'given_up' && <Problem>{t.door.thenPressGoInAgain({ hindranceWords: hindranceWords(connection.why) })}</Problem>}
          <button type="submit" class="primary large wide" disabled={entering}>
            {entering ? t.door.goingIn : t.door.goIn}
          </button>
          {long && (
            <p class="hint" role="status">
              {starting && role === 'singer' ? t.door.yourBrowserMayBeAsking : t.door.thisTakesLongerThanUsual}
            </p>
          )}
          {recordings}
        </form>
      </main>
    </div>
  );
}

/** True once `waits` has been true for long. */
function useLong(waits: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!waits) return;
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, [waits]);
  return long;
}

/** Why the server did not let one in, and the way on where it is not in this form. */
function Refusal({ error, onListen }: { error: ServerError; onListen: () => void }): JSX.Element {
  const mayListen = error.code.endsWith('_full_singers');
  return (
    <>
      <Problem>
        {said(error.message, error)} {nextStep(error.code)}
      </Problem>
      {mayListen && (
        <button type="button" class="secondary large wide" onClick={onListen}>
          {t.door.listenInstead}
        </button>
      )}
      {error.code === 'bad_version' && (
        <button type="button" class="secondary large wide" onClick={() => location.reload()}>
          {t.door.reloadThePage}
        </button>
      )}
    </>
  );
}

function presence(people: number): string {
  return people === 0 ? t.door.nobodyIsInYet : t.door.areInAlready({ people });
}

interface ChoiceProps {
  value: Role;
  chosen: Role;
  disabled?: boolean;
  onChoose: (role: Role) => void;
  icon: JSX.Element;
  title: string;
  text: string;
}

function Choice({ value, chosen, disabled = false, onChoose, icon, title, text }: ChoiceProps): JSX.Element {
  return (
    <label class={`choice${chosen === value ? ' chosen' : ''}${disabled ? ' disabled' : ''}`}>
      <input type="radio" name="role" value={value} checked={chosen === value} disabled={disabled} onChange={() => onChoose(value)} />
      {icon}
      <span>
        <strong>{title}</strong>
        <small>{text}</small>
      </span>
    </label>
  );
}
