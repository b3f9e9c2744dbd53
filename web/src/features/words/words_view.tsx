// The words of the song, large: the line that one hears now is marked and kept in sight. Nothing of it is read aloud by itself.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { LEAST_WORDS_SIZE, MOST_WORDS_SIZE, remembered } from '../../state/storage.js';
import { may, type RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import type { SheetLine } from '../../wire/control/control.js';
import { tapLine } from './commands.js';
import { isGap, isTimedWhole, nextLine, stretches } from './lines.js';
import { chosenSheet } from './song_words.js';
import { t } from '../../i18n/words.js';

const SIZE_STEP = 1.2;
/** Of the words' height: where the line that is sung stands. */
const LINE_AT = 0.3;

export function WordsView({ session, room }: { session: Session; room: RoomState }): JSX.Element | null {
  const [size, setSize] = useState(remembered.wordsSize);
  const { shown, problem, line } = session.words;
  const sheet = chosenSheet(room);
  if (!sheet) return null;
  const words = shown.value;
  const playing = room.song.state === 'playing';
  const taps = playing && room.leader === room.you && may(room, 'mark') && words !== null;
  const resize = (factor: number): void => {
    const next = Math.min(MOST_WORDS_SIZE, Math.max(LEAST_WORDS_SIZE, size * factor));
    remembered.wordsSize = next;
    setSize(next);
  };
  return (
    <section class={playing ? 'panel words singing' : 'panel words'} aria-labelledby="words-title">
      <header class="words-head">
        <h2 id="words-title">{sheet.title}</h2>
        <div class="words-size" role="group" aria-label={t.sheets.sizeOfTheWords}>
          <button type="button" class="quiet" disabled={size <= LEAST_WORDS_SIZE} onClick={() => resize(1 / SIZE_STEP)}>
            A−<span class="only-read"> {t.sheets.smallerWords}</span>
          </button>
          <button type="button" class="quiet" disabled={size >= MOST_WORDS_SIZE} onClick={() => resize(SIZE_STEP)}>
            A+<span class="only-read"> {t.sheets.largerWords}</span>
          </button>
        </div>
      </header>
      {problem.value !== null && (
        <p class="problem" role="alert">
          {t.sheets.theWordsCouldNotBe({ problem: problem.value })}
          <button type="button" class="secondary" onClick={() => session.words.reload()}>
            {t.sheets.tryAgain}
          </button>
        </p>
      )}
      {words === null && problem.value === null && <p class="hint">{t.sheets.theWordsAreOnTheir}</p>}
      {words !== null && <Lines lines={words.lines} line={line.value} size={`${size}rem`} onLine={taps ? (one) => tapLine(session, one) : null} />}
      {taps && <TapBar key={`${room.song.number} ${sheet.id}`} session={session} lines={words.lines} />}
    </section>
  );
}

/** For a hall's screen: the lines alone, as large as it allows. */
export function WordsOnScreen({ session }: { session: Session }): JSX.Element | null {
  const words = session.words.shown.value;
  return words && <Lines lines={words.lines} line={session.words.line.value} size="min(9vmin, 5vw)" onLine={null} />;
}

interface LinesProps {
  lines: SheetLine[];
  /** The one that is sung now. */
  line: number | null;
  /** In CSS. */
  size: string;
  /** A press on a line; null: does nothing. */
  onLine: ((line: number) => void) | null;
}

function Lines({ lines, line, size, onLine }: LinesProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const scroll = box.current;
    const sung = scroll?.querySelector<HTMLElement>('[aria-current]');
    if (!scroll || !sung) return;
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    scroll.scrollTo({ top: sung.offsetTop - scroll.clientHeight * LINE_AT, behavior: calm ? 'instant' : 'smooth' });
  }, [line, size, lines]);
  return (
    <div ref={box} class="words-lines" style={{ fontSize: size }} role="group" aria-label={t.sheets.words} tabIndex={0}>
      {lines.map((one, i) => (
        <Line key={i} line={one} sung={i === line} onPress={onLine && !isGap(one) ? () => onLine(i) : null} />
      ))}
    </div>
  );
}

function Line({ line, sung, onPress }: { line: SheetLine; sung: boolean; onPress: (() => void) | null }): JSX.Element {
  const parts =
    line.chords.length === 0
      ? line.text
      : stretches(line).map((part, i) => (
          <span key={i} class="words-stretch">
            <span class="words-chord">{part.chord || '\u00a0'}</span>
            <span>{part.text || '\u00a0'}</span>
          </span>
        ));
  return (
    <>
      {line.section !== '' && <p class="words-section">{line.section}</p>}
      <p
        class={`words-line${sung ? ' sung' : ''}${onPress ? ' pressable' : ''}${isGap(line) ? ' gap' : ''}`}
        aria-current={sung ? 'true' : undefined}
        onClick={onPress ?? undefined}
      >
        {parts}
      </p>
    </>
  );
}

function tapLabel(lines: SheetLine[], next: number | null, hears: boolean): string {
  if (!hears) return t.sheets.asSoonAsYouHear;
  const line = next === null ? undefined : lines[next];
  return line ? t.sheets.nextLine({ line: line.text || line.section || t.sheets.chords }) : t.sheets.thatWasTheLastLine;
}

/** For the leader: each press says that the next line begins. */
function TapBar({ session, lines }: { session: Session; lines: SheetLine[] }): JSX.Element {
  const [tapping, setTapping] = useState(() => !isTimedWhole(lines));
  const [tapped, setTapped] = useState<number | null>(null);
  const line = session.words.line.value;
  // A press on a line, or a time, leads on from there.
  useEffect(() => setTapped(line), [line]);
  const next = session.words.hears.value ? nextLine(lines, tapped) : null;
  const tap = (): void => {
    if (next === null) return;
    tapLine(session, next);
    setTapped(next);
  };
  const latest = useRef(tap);
  latest.current = tap;
  useEffect(() => {
    if (!tapping) return;
    // Before the key that switches the microphone.
    const press = (event: KeyboardEvent): void => {
      if (event.code !== 'Space' || event.ctrlKey || event.altKey || event.metaKey) return;
      if ((event.target as HTMLElement).closest('input, select, textarea, button, a, summary, dialog, [contenteditable]')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!event.repeat) latest.current();
    };
    document.addEventListener('keydown', press, true);
    return () => document.removeEventListener('keydown', press, true);
  }, [tapping]);
  return (
    <div class="tap-bar" data-keeps-focus>
      {tapping && (
        <button type="button" class="primary large tap" disabled={next === null || !session.connected.value} onClick={tap}>
          {tapLabel(lines, next, session.words.hears.value)}
        </button>
      )}
      <label class="check">
        <input type="checkbox" checked={tapping} onChange={(event) => setTapping(event.currentTarget.checked)} />
        <span>{t.sheets.iTapTheTimesThe}</span>
      </label>
    </div>
  );
}
