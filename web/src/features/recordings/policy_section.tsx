// Whether songs are recorded, who may hear the recordings, and for how long they are kept: for organisers.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { NumberField } from '../../page/parts/parts.js';
import type { RoomChange } from '../../wire/control/control.js';
import { recordingsPath } from './words.js';

const MOST_DAYS = 3_650;

export function RecordingPolicySection({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { recording, recordings_for: whom, recordings_days: days } = room.room;
  const change = (wish: RoomChange): void => {
    session.send({ type: 'room', ...wish });
  };
  return (
    <>
      <fieldset class="bare">
        <legend>Which songs are recorded</legend>
        <Choice
          name="recording"
          chosen={recording === 'off'}
          onChoose={() => change({ recording: 'off' })}
          title="None"
          text="Nothing is recorded."
        />
        <Choice
          name="recording"
          chosen={recording === 'ask'}
          onChoose={() => change({ recording: 'ask' })}
          title="Song by song"
          text="Whoever leads, or you, switches it on for a song."
        />
        <Choice
          name="recording"
          chosen={recording === 'always'}
          onChoose={() => change({ recording: 'always' })}
          title="Every song"
          text="The door says so, and every singer can leave herself out."
        />
      </fieldset>
      <fieldset class="bare">
        <legend>Who may hear the recordings</legend>
        <Choice
          name="recordings-for"
          chosen={whom === 'everyone'}
          onChoose={() => change({ recordings_for: 'everyone' })}
          title="Everybody who was in the room"
          text="In the browser with which they were here."
        />
        <Choice
          name="recordings-for"
          chosen={whom === 'organiser'}
          onChoose={() => change({ recordings_for: 'organiser' })}
          title="Organisers alone"
          text="They can download them and hand them on."
        />
      </fieldset>
      <NumberField
        label="Keep recordings for"
        hint="After that they are deleted. 0: for ever."
        unit="days"
        value={days}
        least={0}
        most={MOST_DAYS}
        step={1}
        onValue={(value) => change({ recordings_days: Math.round(value) })}
      />
      <p class="actions">
        <a class="button secondary" href={recordingsPath(session.roomId)} target="_blank" rel="noopener">
          The recordings<span class="only-read"> in a new tab</span>
        </a>
      </p>
    </>
  );
}

interface ChoiceProps {
  name: string;
  chosen: boolean;
  onChoose: () => void;
  title: string;
  text: string;
}

function Choice({ name, chosen, onChoose, title, text }: ChoiceProps): JSX.Element {
  return (
    <label class="check">
      <input type="radio" name={name} checked={chosen} onChange={onChoose} />
      <span>
        <strong>{title}</strong>
        <small>{text}</small>
      </span>
    </label>
  );
}
