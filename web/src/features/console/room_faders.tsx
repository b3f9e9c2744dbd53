// What is the same for everybody: the room's volume, the backing, the leader, the automatic levels, and a fader for each voice part.
import type { JSX } from 'preact';
import { decibels } from '../../audio/shared/decibels.js';
import { volumeFactor } from '../../audio/shared/volume.js';
import type { Session } from '../../session/session.js';
import { may, type RoomState } from '../../state/room.js';
import { MOST_LEADER_BOOST_DB, MOST_VOLUME } from '../../wire/control/settings.js';
import { changeSettings } from '../settings/commands.js';
import type { FaderSender } from './commands.js';
import { Fader } from './fader.js';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import { partName } from '../../i18n/voice_parts.js';

export function volumeText(volume: number): string {
  const factor = volumeFactor(volume);
  if (factor === 0) return t.console.off;
  const db = Math.round(decibels(factor));
  return t.units.decibels({ db: db > 0 ? `+${db}` : String(db === 0 ? 0 : db) });
}

interface RoomFadersProps {
  session: Session;
  room: RoomState;
  faders: FaderSender;
}

export function RoomFaders({ session, room, faders }: RoomFadersProps): JSX.Element {
  const { settings } = room;
  const disabled = !session.connected.value || !may(room, 'settings');
  const volume = (label: string, value: number, onValue: (value: number) => void): JSX.Element => (
    <Fader key={label} label={label} text={volumeText} value={value} most={MOST_VOLUME} rest={1} disabled={disabled} onValue={onValue} />
  );
  const check = (label: string, hint: string, checked: boolean, onCheck: (checked: boolean) => void): JSX.Element => (
    <label class="check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onCheck(event.currentTarget.checked)} />
      <span>
        <strong>{label}</strong>
        <small>{hint}</small>
      </span>
    </label>
  );
  return (
    <div class="console-faders">
      {volume(t.console.allVoices, settings.volume, (value) => faders.setting({ volume: value }))}
      {volume(t.console.backingForAll, settings.backing_volume, (value) => faders.setting({ backing_volume: value }))}
      <Fader
        label={t.console.leaderAboveTheOthers}
        text={(db) => t.units.decibels({ db: `+${numberText(db, Number.isInteger(db) ? 0 : 1)}` })}
        value={settings.leader_boost_db}
        most={MOST_LEADER_BOOST_DB}
        step={0.5}
        rest={6}
        disabled={disabled}
        onValue={(db) => faders.setting({ leader_boost_db: db })}
      />
      {room.room.parts.map((part) =>
        volume(partName(part), session.console.partVolume(part), (value) => faders.volume({ type: 'volume', part, volume: value })),
      )}
      {check(t.console.automaticLevel, t.console.theMorePeopleSingThe, settings.automatic_gain, (on) =>
        changeSettings(session, { automatic_gain: on }),
      )}
      {check(t.console.matchTheVoices, t.console.bringsEverybodySlowlyToThe, settings.level_match, (on) =>
        changeSettings(session, { level_match: on }),
      )}
    </div>
  );
}
