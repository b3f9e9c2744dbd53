// The room's settings, for its organiser and the leader.
import type { JSX } from 'preact';
import { BLOCK, SAMPLE_RATE } from '../audio/constants.js';
import type { RoomState } from '../state/room.js';
import type { Session } from '../state/session.js';
import { MAX_BUCKETS } from '../wire/header.js';
import { Dialog, NumberField } from './parts.js';

const LEAST_INTERVAL_S = 0.06;
const MOST_INTERVAL_S = 10;
const LEAST_BUCKETS = 2;

interface RoomSettingsProps {
  session: Session;
  room: RoomState;
  open: boolean;
  onClose: () => void;
}

export function RoomSettings({ session, room, open, onClose }: RoomSettingsProps): JSX.Element {
  const { settings } = room;
  const playing = room.song.state === 'playing';
  const interval = (settings.interval_blocks * BLOCK) / SAMPLE_RATE;
  return (
    <Dialog title="The room" open={open} onClose={onClose}>
      {playing && <p class="note">A song is on. You can change these once it is over.</p>}
      <fieldset class="bare" disabled={playing}>
        <legend class="only-read">Settings of the room</legend>
        <NumberField
          label="Interval"
          hint="The time from one bucket to the next. As short as everybody’s network allows: one second works nearly everywhere."
          unit="seconds"
          value={Number(interval.toFixed(2))}
          least={LEAST_INTERVAL_S}
          most={MOST_INTERVAL_S}
          step={0.02}
          onValue={(seconds) => session.send({ type: 'settings', interval_ms: Math.round(seconds * 1000) })}
        />
        <NumberField
          label="Buckets"
          hint="The groups in the line. With more buckets, the last one hears more voices, but waits longer."
          unit="buckets"
          value={settings.buckets}
          least={LEAST_BUCKETS}
          most={MAX_BUCKETS}
          step={1}
          onValue={(buckets) => session.send({ type: 'settings', buckets: Math.round(buckets) })}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={settings.automatic_gain}
            onChange={(event) => session.send({ type: 'settings', automatic_gain: event.currentTarget.checked })}
          />
          <span>
            <strong>Automatic level</strong>
            <small>The more people sing, the softer each becomes, so that all together never get too loud.</small>
          </span>
        </label>
      </fieldset>
    </Dialog>
  );
}
