// The room's settings, for whoever may change them: groups, interval, level.
import type { JSX } from 'preact';
import type { RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { intervalMs, timeTravelText } from '../line/time_travel.js';
import { changeSettings } from './commands.js';
import { MAX_BUCKETS } from '../../wire/header.js';
import { NumberField } from '../../page/parts/parts.js';
import { t } from '../../i18n/words.js';

const LEAST_INTERVAL_S = 0.06;
const MOST_INTERVAL_S = 10;
const LEAST_BUCKETS = 2;

export function RoomSettings({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { settings } = room;
  const playing = room.song.state === 'playing';
  return (
    <>
      {playing && <p class="note">{t.settings.aSongIsOnYou}</p>}
      <fieldset class="bare" disabled={playing || !session.connected.value}>
        <legend class="only-read">{t.settings.settingsOfTheRoom}</legend>
        <fieldset class="bare ways">
          <legend>{t.settings.timeFromOneGroupTo}</legend>
          <Way
            chosen={settings.interval === 'automatic'}
            onChoose={() => changeSettings(session, { interval: 'automatic' })}
            title={t.settings.automatic}
            text={t.settings.chosenAtEachSongsStart}
          />
          <Way
            chosen={settings.interval === 'by_hand'}
            onChoose={() => changeSettings(session, { interval: 'by_hand' })}
            title={t.settings.byHand}
            text={t.settings.theSameForEverySong}
          />
          <p class="hint">{timeTravelText(room)}</p>
        </fieldset>
        {settings.interval === 'by_hand' && (
          <NumberField
            label={t.settings.timeBetweenGroups}
            unit={t.units.seconds({ count: intervalMs(room) / 1000 })}
            value={Number((intervalMs(room) / 1000).toFixed(2))}
            least={LEAST_INTERVAL_S}
            most={MOST_INTERVAL_S}
            step={0.02}
            refusal={session.refusal.value}
            onValue={(seconds) => changeSettings(session, { interval_ms: Math.round(seconds * 1000) })}
          />
        )}
        <NumberField
          label={t.settings.groups}
          hint={t.settings.withMoreGroupsTheLast}
          unit={t.units.groups({ count: settings.buckets })}
          value={settings.buckets}
          least={LEAST_BUCKETS}
          most={MAX_BUCKETS}
          step={1}
          refusal={session.refusal.value}
          onValue={(buckets) => changeSettings(session, { buckets })}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={settings.automatic_gain}
            onChange={(event) => changeSettings(session, { automatic_gain: event.currentTarget.checked })}
          />
          <span>
            <strong>{t.settings.automaticLevel}</strong>
            <small>{t.settings.theMorePeopleSingThe}</small>
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
