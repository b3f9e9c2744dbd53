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

interface ConsoleProps {
  session: Session;
  room: RoomState;
  open: boolean;
  onClose: () => void;
}

export function ConsoleDialog({ session, room, open, onClose }: ConsoleProps): JSX.Element {
  return (
    <Dialog title="Mixing console" open={open} onClose={onClose}>
      {open && <Console session={session} room={room} />}
    </Dialog>
  );
}

const ORDER_WORDS: Record<Order, string> = {
  loudness: 'loudest first',
  lateness: 'latest first',
  bucket: 'by group',
  name: 'by name',
  part: 'by voice part',
};

export function Console({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const [order, setOrder] = useState<Order>('loudness');
  const faders = useMemo(() => new FaderSender(session), [session]);
  useWatching(session);
  return (
    <div class="console">
      <DialogErrors session={session} />
      <SoloNote session={session} room={room} />
      <details class="console-room" aria-label="The whole room">
        <summary>The whole room</summary>
        <RoomFaders session={session} room={room} faders={faders} />
      </details>
      <div class="console-order">
        <label for="console-order">Order</label>
        <select id="console-order" value={order} onChange={(event) => setOrder(event.currentTarget.value as Order)}>
          {ORDERS.map((one) => (
            <option key={one} value={one}>
              {ORDER_WORDS[one]}
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
    <section class="console-solo" aria-label="Solo mix">
      <p role="status">
        {names.length === 0 ? 'Nobody is on solo.' : `On solo: ${names.join(', ')}.`}
        {hears && ' You hear the solo mix.'}
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
          {hears ? 'Hear the room again' : 'Hear the solo mix'}
        </button>
      ) : (
        <p class="hint">To hear the solo mix, choose to only listen: whoever sings hears the room.</p>
      )}
    </section>
  );
}
