// The door: who are you, do you sing, and does your microphone work?
import { useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { RoomCard } from '../net/api.js';
import type { Session } from '../state/session.js';
import { remembered } from '../state/storage.js';
import type { Missing } from '../state/support.js';
import type { Role } from '../wire/model.js';
import { EarIcon, HeadphonesIcon, MicrophoneIcon } from './icons.js';
import { MicrophonePicker } from './microphone_picker.js';
import { Brand, Problem } from './parts.js';
import { go } from './routes.js';
import { MissingList } from './unsupported.js';

const MOST_NAME = 40;

interface DoorProps {
  session: Session;
  card: RoomCard;
  /** What this browser lacks for singing. */
  lacking: Missing[];
}

export function Door({ session, card, lacking }: DoorProps): JSX.Element {
  const [name, setName] = useState(remembered.name);
  const [role, setRole] = useState<Role>(lacking.length > 0 || remembered.listens ? 'listener' : 'singer');
  const [problem, setProblem] = useState<string | null>(null);
  const [entering, setEntering] = useState(false);

  const nameField = useRef<HTMLInputElement>(null);

  const enter = async (): Promise<void> => {
    const wish = name.trim();
    setProblem(null);
    if (wish === '') {
      nameField.current?.focus();
      return setProblem('Please give your name, so that the others know who sings.');
    }
    setEntering(true);
    remembered.name = wish;
    remembered.listens = role === 'listener';
    try {
      // What is wrong with the microphone, the picker says.
      if (role === 'singer' && !session.microphoneOpen.value && !(await session.useMicrophone(remembered.microphone))) return setEntering(false);
      await session.enter(wish, role);
    } catch {
      setEntering(false);
      setProblem('The sound could not be started. Look whether a loudspeaker or headphones are plugged in, then reload the page.');
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void enter();
  };
  const waiting = session.connection.value?.state === 'waiting';

  return (
    <div class="plain door">
      <header class="masthead">
        <Brand onHome={() => go('/')} />
      </header>
      <main>
        <form class="card narrow" onSubmit={submit}>
          <p class="eyebrow">You are at the door of</p>
          <h1>{card.name || 'a room without a name'}</h1>
          <p class="hint">{presence(card.people)}</p>

          <label for="your-name">Your name</label>
          <input
            ref={nameField}
            id="your-name"
            type="text"
            autocomplete="nickname"
            maxLength={MOST_NAME}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />

          <fieldset class="choices">
            <legend>What would you like to do?</legend>
            <Choice
              value="singer"
              chosen={role}
              disabled={lacking.length > 0}
              onChoose={setRole}
              icon={<MicrophoneIcon />}
              title="Sing"
              text="With a microphone and headphones."
            />
            <Choice
              value="listener"
              chosen={role}
              onChoose={setRole}
              icon={<EarIcon />}
              title="Just listen"
              text="No microphone is used."
            />
          </fieldset>

          {lacking.length > 0 && (
            <div class="note">
              <p>You can listen with this browser, but not sing. It lacks:</p>
              <MissingList missing={lacking} />
            </div>
          )}
          {role === 'singer' && (
            <>
              <p class="advice">
                <HeadphonesIcon />
                <span>
                  Put on <strong>headphones</strong>, best on a cable: Bluetooth is slow. Without headphones, your microphone hears the others
                  too.
                </span>
              </p>
              <MicrophonePicker session={session} />
            </>
          )}
          {problem && <Problem>{problem}</Problem>}
          {waiting && <Problem>The server cannot be reached. Trying again ...</Problem>}
          <button type="submit" class="primary large wide" disabled={entering}>
            {entering ? 'Going in ...' : 'Go in'}
          </button>
        </form>
      </main>
    </div>
  );
}

function presence(people: number): string {
  if (people === 0) return 'Nobody is in yet.';
  return people === 1 ? 'One is in already.' : `${people} are in already.`;
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
