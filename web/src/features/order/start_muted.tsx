// "Many people: start muted": from how many people on who comes in begins with her microphone off.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { MOST_START_MUTED } from '../../wire/control/order.js';
import { NumberField } from '../../page/parts/parts.js';
import { changeRoom } from './commands.js';
import { t } from '../../i18n/words.js';

/** What is offered when it is switched on. */
const MANY = 30;

export function StartMuted({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const from = room.room.start_muted ?? null;
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={from !== null}
          onChange={(event) => changeRoom(session, { start_muted: event.currentTarget.checked ? MANY : null })}
        />
        <span>
          <strong>{t.startMuted.startMuted}</strong>
          <small>{t.startMuted.howItWorks}</small>
        </span>
      </label>
      {from !== null && (
        <NumberField
          label={t.startMuted.fromHowMany}
          unit=""
          value={from}
          least={0}
          most={MOST_START_MUTED}
          step={1}
          refusal={session.refusal.value}
          onValue={(wish) => changeRoom(session, { start_muted: wish })}
        />
      )}
    </>
  );
}
