// The room's settings, for whoever may change them: groups, interval, level.
import type { JSX } from 'preact';
import type { RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { intervalMs, timeTravelText } from '../line/time_travel.js';
import { changeSettings } from './commands.js';
import { MAX_BUCKETS } from '../../wire/header.js';
import { NumberField } from '../../page/parts/parts.js';

const LEAST_INTERVAL_S = 0.06;
const MOST_INTERVAL_S = 10;
const LEAST_BUCKETS = 2;

export function RoomSettings({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { settings } = room;
  const playing = room.song.state === 'playing';
  return (
    <>
      {playing && <p class="note">A song is on. You can change the groups and their time once it is over.</p>}
      <fieldset class="bare" disabled={playing || !session.connected.value}>
        <legend class="only-read">Settings of the room</legend>
        <fieldset class="bare ways">
          <legend>Time from one group to the next</legend>
          <Way
            chosen={settings.interval === 'automatic'}
            onChoose={() => changeSettings(session, { interval: 'automatic' })}
            title="Automatic"
            text="Chosen at each song’s start, as short as everybody’s connection allows. Slow connections sing in the last group."
          />
          <Way
            chosen={settings.interval === 'by_hand'}
            onChoose={() => changeSettings(session, { interval: 'by_hand' })}
            title="By hand"
            text="The same for every song: one second works nearly everywhere."
          />
          <p class="hint">{timeTravelText(room)}</p>
        </fieldset>
        {settings.interval === 'by_hand' && (
          <NumberField
            label="Time between groups"
            unit="seconds"
            value={Number((intervalMs(room) / 1000).toFixed(2))}
            least={LEAST_INTERVAL_S}
            most={MOST_INTERVAL_S}
            step={0.02}
            onValue={(seconds) => changeSettings(session, { interval_ms: Math.round(seconds * 1000) })}
          />
        )}
        <NumberField
          label="Groups"
          hint="With more groups, the last one hears more voices, but waits longer."
          unit="groups"
          value={settings.buckets}
          least={LEAST_BUCKETS}
          most={MAX_BUCKETS}
          step={1}
          onValue={(buckets) => changeSettings(session, { buckets: Math.round(buckets) })}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={settings.automatic_gain}
            onChange={(event) => changeSettings(session, { automatic_gain: event.currentTarget.checked })}
          />
          <span>
            <strong>Automatic level</strong>
            <small>The more people sing, the softer each becomes, so that all together never get too loud.</small>
          </span>
        </label>
      </fieldset>
    </>
  );
}

function Way(props: { chosen: boolean; onChoose: () => void; title: string; text: string }): JSX.Element {
  return (
    <label class="check">
      <input type="radio" name="interval" checked={props.chosen} onChange={props.onChoose} />
      <span>
        <strong>{props.title}</strong>
        <small>{props.text}</small>
      </span>
    </label>
  );
}
