// The singers at the console. Three hundred may be there: only the rows that are seen exist, and their levels are drawn without passing through the
// page's state.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import type { FaderSender } from './commands.js';
import { seenRows, sortedSingers, type Order } from './rows.js';
import { SingerRow } from './singer_row.js';
import { t } from '../../i18n/words.js';

interface SingerListProps {
  session: Session;
  room: RoomState;
  order: Order;
  faders: FaderSender;
}

/** As style/console.css has them. */
const ROW_PX = 64;
const NARROW_ROW_PX = 200;
const NARROW = '(max-width: 60rem)';
/** Rows that moved under one's hand would be missed: loudness and lateness are looked at so often, and not while a row is in use. */
const SORT_MS = 2_000;

export function SingerList({ session, room, order, faders }: SingerListProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 400 });
  const [focused, setFocused] = useState<string | null>(null);
  const narrow = useNarrow();
  const rowPx = narrow ? NARROW_ROW_PX : ROW_PX;
  const singers = useSorted(session, room, order, focused !== null);
  const look = (): void => {
    const element = scroller.current;
    if (element) setView({ top: element.scrollTop, height: element.clientHeight });
  };
  useLayoutEffect(look, [narrow]);
  const empty = singers.length === 0;
  useEffect(() => {
    if (!scroller.current) return;
    // Also when the dialog that it lies in opens.
    const observer = new ResizeObserver(look);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [empty]);
  const [first, end] = seenRows(view.top, view.height, rowPx, singers.length);
  const drawn = singers
    .map((person, index) => ({ person, index }))
    .filter(({ person, index }) => (index >= first && index < end) || person.id === focused);
  if (empty) return <p class="hint">{t.console.nobodySingsHereYet}</p>;
  return (
    <div ref={scroller} class="console-list" role="table" aria-label={t.console.singers} aria-rowcount={singers.length} onScroll={look}>
      <div
        class="console-rows"
        role="rowgroup"
        style={{ height: `${singers.length * rowPx}px` }}
        onFocusIn={(event) => setFocused((event.target as HTMLElement).closest<HTMLElement>('[data-singer]')?.dataset.singer ?? null)}
        onFocusOut={() => setFocused(null)}
      >
        {drawn.map(({ person, index }) => (
          <SingerRow
            key={person.id}
            session={session}
            person={person}
            row={index + 1}
            top={index * rowPx}
            loudspeaker={room.loudspeakers.includes(person.id)}
            faders={faders}
          />
        ))}
      </div>
    </div>
  );
}

function useSorted(session: Session, room: RoomState, order: Order, inUse: boolean): RoomState['people'] {
  const [, again] = useState(0);
  const kept = useRef<string[]>([]);
  const used = useRef(inUse);
  used.current = inUse;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!used.current) again((count) => count + 1);
    }, SORT_MS);
    return () => clearInterval(timer);
  }, []);
  const sorted = sortedSingers(room.people, session.console, order, performance.now());
  if (inUse) {
    // Everybody stays where she is; whoever is new comes last.
    const place = new Map(kept.current.map((id, index) => [id, index]));
    sorted.sort((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity) || 0);
  }
  kept.current = sorted.map((person) => person.id);
  return sorted;
}

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const change = (): void => setNarrow(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return narrow;
}
