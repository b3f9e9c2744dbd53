// The console, for organisers and engineers: everybody's level and what is done to it.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Dialog } from '../../page/parts/parts.js';
import { DialogErrors } from '../../page/parts/notices.js';
import type { Session } from '../../session/session.js';
import { yourself, type RoomState } from '../../state/room.js';
import { FaderSender, listenTo, openConsole } from './commands.js';
import { RoomFaders } from './room_faders.js';
import { SingerList } from './singer_list.js';
import { ORDERS, type Order } from './rows.js';
import { t } from '../../i18n/words.js';

interface ConsoleProps {
  session: Session;
  room: RoomState;
  open: boolean;
  onClose: () => void;
}

export function ConsoleDialog({ session, room, open, onClose }: ConsoleProps): JSX.Element {
  return (
    <Dialog title={t.console.mixingConsole} open={open} onClose={onClose}>
      {open && <Console session={session} room={room} />}
    </Dialog>
  );
}

const ORDER_WORDS = (): Record<Order, string> => ({
  loudness: t.console.loudestFirst,
  lateness: t.console.latestFirst,
  bucket: t.console.byGroup,
  name: t.console.byName,
  part: t.console.byVoicePart,
});

export function Console({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const [order, setOrder] = useState<Order>('loudness');
  const faders = useMemo(() => new FaderSender(session), [session]);
  useWatching(session);
  return (
    <div class="console">
      <DialogErrors session={session} />
      <SoloNote session={session} room={room} />
      <details class="console-room" aria-label={t.console.theWholeRoom}>
        <summary>{t.console.theWholeRoom}</summary>
        <RoomFaders session={session} room={room} faders={faders} />
      </details>
      <div class="console-order">
        <label for="console-order">{t.console.order}</label>
        <select id="console-order" value={order} onChange={(event) => setOrder(event.currentTarget.value as Order)}>
          {ORDERS.map((one) => (
            <option key={one} value={one}>
              {ORDER_WORDS()[one]}
            </option>
          ))}
        </select>
      </div>
      <SingerList session={session} room={room} order={order} faders={faders} />
    </div>
  );
}

/** The server tells levels only to those who look at them; after another connection it has to be told again. */
function useWatching(session: Session): void {
  const connected = session.connected.value;
  useEffect(() => {
    if (!connected) return undefined;
    session.console.reset();
    openConsole(session, true);
    return () => openConsole(session, false);
  }, [session, connected]);
}

/** Who is soloed, and how to hear them. */
function SoloNote({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { solo } = session.console.faders.value;
  const { solo: hears } = session.console.listening.value;
  const names = room.people.filter((person) => solo.includes(person.id)).map((person) => person.name);
  const listens = yourself(room).role === 'listener';
  const button = useRef<HTMLButtonElement>(null);
  return (
    <section class="console-solo" aria-label={t.console.soloMix}>
      <p role="status">
        {names.length === 0 ? t.console.nobodyIsOnSolo : t.console.onSolo({ join: names.join(', ') })}
        {hears && ` ${t.console.youHearTheSoloMix}`}
      </p>
      {listens ? (
        <button
          ref={button}
          type="button"
          class={hears ? 'primary' : 'secondary'}
          aria-pressed={hears}
          disabled={!session.connected.value || (!hears && names.length === 0)}
          onClick={() => listenTo(session, hears ? 'room' : 'solo')}
        >
          {hears ? t.console.hearTheRoomAgain : t.console.hearTheSoloMix}
        </button>
      ) : (
        <p class="hint">{t.console.toHearTheSoloMix}</p>
      )}
    </section>
  );
}
