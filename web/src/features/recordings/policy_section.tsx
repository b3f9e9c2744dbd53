// Whether songs are recorded, who may hear the recordings, and for how long they are kept: for organisers.
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
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
        <legend>{t.recordings.whichSongs}</legend>
        <Choice
          name="recording"
          chosen={recording === 'off'}
          onChoose={() => change({ recording: 'off' })}
          title={t.recordings.none}
          text={t.recordings.nothingIsRecorded}
        />
        <Choice
          name="recording"
          chosen={recording === 'ask'}
          onChoose={() => change({ recording: 'ask' })}
          title={t.recordings.songBySong}
          text={t.recordings.whoeverLeadsOrYou}
        />
        <Choice
          name="recording"
          chosen={recording === 'always'}
          onChoose={() => change({ recording: 'always' })}
          title={t.recordings.everySong}
          text={t.recordings.theDoorSaysSo}
        />
      </fieldset>
      <fieldset class="bare">
        <legend>{t.recordings.whoMayHear}</legend>
        <Choice
          name="recordings-for"
          chosen={whom === 'everyone'}
          onChoose={() => change({ recordings_for: 'everyone' })}
          title={t.recordings.whoWasIn}
          text={t.recordings.inTheirBrowser}
        />
        <Choice
          name="recordings-for"
          chosen={whom === 'organiser'}
          onChoose={() => change({ recordings_for: 'organiser' })}
          title={t.recordings.organisersAlone}
          text={t.recordings.theyHandThemOn}
        />
      </fieldset>
      <NumberField
        label={t.recordings.keepFor}
        hint={t.recordings.thenDeleted}
        unit={t.units.days({ count: days })}
        value={days}
        least={0}
        most={MOST_DAYS}
        step={1}
        refusal={session.refusal.value}
        onValue={(value) => change({ recordings_days: value })}
      />
      <p class="actions">
        <a class="button secondary" href={recordingsPath(session.roomId)} target="_blank" rel="noopener">
          {t.recordings.theRecordings}
          <span class="only-read"> {t.recordings.inANewTab}</span>
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
