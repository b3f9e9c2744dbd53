// The score of the song, large: turned by the leader for all, as each hears her, or by each for herself. Nothing of it is read
// aloud by itself.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { Session } from '../../session/session.js';
import { may, type RoomState } from '../../state/room.js';
import { remembered } from '../../state/storage.js';
import type { Score } from '../../wire/control/control.js';
import { turnForAll } from './commands.js';
import type { PagePicture } from './song_score.js';

/** Of a finger's way across the page, CSS pixels. */
const SWIPE_PX = 50;
const OTHER_USE = 'input, select, textarea, dialog, [contenteditable], [role="slider"]';
const TURNS: Record<string, number> = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 };

export function ScoreView({ session, room }: { session: Session; room: RoomState }): JSX.Element | null {
  const score = session.score.chosen.value;
  return score && <Pages key={score.id} session={session} room={room} score={score} />;
}

/** For a hall's screen: the page alone. */
export function ScoreOnScreen({ session }: { session: Session }): JSX.Element | null {
  const { chosen, page, picture } = session.score;
  return chosen.value && <Sheet picture={picture.value} name={nameOf(chosen.value, page.value)} whole />;
}

function nameOf(score: Score, page: number): string {
  return t.scores.pageOf({ title: score.title, page: page + 1, pages: score.pages });
}

function Pages({ session, room, score }: { session: Session; room: RoomState; score: Score }): JSX.Element {
  const { page, picture, problem, follows } = session.score;
  const [whole, setWhole] = useState(remembered.wholePages);
  const playing = room.song.state === 'playing';
  const mayTurn = playing && may(room, 'mark');
  const leads = room.leader === room.you;
  const [forAll, setForAll] = useState(true);
  const turnsForAll = mayTurn && forAll && (leads || follows.value);
  const turn = useTurning(session, score, turnsForAll, page.value);
  useTurningKeys(turn, playing);
  const swipe = useSwipe(turn);
  const fit = (next: boolean): void => {
    remembered.wholePages = next;
    setWhole(next);
  };
  const name = nameOf(score, page.value);
  return (
    <section class={playing ? 'panel score singing' : 'panel score'} aria-labelledby="score-title" data-keeps-focus>
      <header class="words-head">
        <h2 id="score-title">{score.title}</h2>
        <button type="button" class="quiet" aria-pressed={whole} onClick={() => fit(!whole)}>
          {t.scores.wholePage}
        </button>
      </header>
      {problem.value !== null && (
        <p class="problem" role="alert">
          {t.scores.couldNotBeLoaded({ reason: problem.value })}{' '}
          <button type="button" class="secondary" onClick={() => session.score.reload()}>
            {t.scores.tryAgain}
          </button>
        </p>
      )}
      <div class={whole ? 'score-page whole' : 'score-page'} role="region" aria-label={t.scores.score} tabIndex={0} {...swipe}>
        <Sheet picture={picture.value} name={name} whole={whole} />
        {picture.value === null && problem.value === null && <p class="hint">{t.scores.onItsWay}</p>}
      </div>
      <div class="score-turns" role="group" aria-label={t.scores.pages}>
        <button type="button" class="secondary" disabled={page.value === 0} onClick={() => turn(-1)} aria-label={t.scores.previousPage}>
          {t.scores.back}
        </button>
        <span class="score-number">{t.scores.page({ page: page.value + 1, pages: score.pages })}</span>
        <button type="button" class="secondary" disabled={page.value + 1 >= score.pages} onClick={() => turn(1)} aria-label={t.scores.nextPage}>
          {t.scores.next}
        </button>
      </div>
      {mayTurn && (
        <label class="check">
          <input type="checkbox" checked={forAll} onChange={(event) => setForAll(event.currentTarget.checked)} />
          <span>{t.scores.iTurnForEverybody}</span>
        </label>
      )}
      {playing && !follows.value && (
        <button type="button" class="primary" onClick={() => session.score.follow()}>
          {t.scores.followTheLeader}
        </button>
      )}
    </section>
  );
}

/** By so many pages: for all where one does that, otherwise for oneself. Quick presses go on from the page that was asked for last. */
function useTurning(session: Session, score: Score, forAll: boolean, page: number): (by: number) => void {
  const asked = useRef<number | null>(null);
  useEffect(() => {
    asked.current = null;
  }, [page]);
  return (by) => {
    const to = (asked.current ?? page) + by;
    if (to < 0 || to >= score.pages) return;
    if (forAll && turnForAll(session, to)) {
      asked.current = to;
      session.score.follow();
    } else {
      session.score.turnTo(to);
    }
  };
}

/** The keys that pedals send too; in a song wherever one is, otherwise on the page itself. */
function useTurningKeys(turn: (by: number) => void, everywhere: boolean): void {
  const latest = useRef(turn);
  latest.current = turn;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const by = TURNS[event.key];
      if (by === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const target = event.target as HTMLElement;
      if (target.closest(OTHER_USE) || (!everywhere && !target.closest('.score'))) return;
      event.preventDefault();
      latest.current(by);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [everywhere]);
}

interface Swipe {
  onPointerDown(event: PointerEvent): void;
  onPointerUp(event: PointerEvent): void;
}

function useSwipe(turn: (by: number) => void): Swipe {
  const from = useRef<{ x: number; y: number } | null>(null);
  return {
    onPointerDown: (event) => {
      from.current = event.pointerType === 'mouse' ? null : { x: event.clientX, y: event.clientY };
    },
    onPointerUp: (event) => {
      const start = from.current;
      from.current = null;
      if (!start) return;
      const x = event.clientX - start.x;
      if (Math.abs(x) > SWIPE_PX && Math.abs(x) > 2 * Math.abs(event.clientY - start.y)) turn(x < 0 ? 1 : -1);
    },
  };
}

/** Drawn by ourselves: a picture of a page needs a token, which an address cannot carry. */
function Sheet({ picture, name, whole }: { picture: PagePicture | null; name: string; whole: boolean }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (!canvas.current || !picture) return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    canvas.current.getContext('2d')?.drawImage(picture.source, 0, 0);
    canvas.current.closest('.score-page')?.scrollTo({ top: 0 });
  }, [picture]);
  return <canvas ref={canvas} class={whole ? 'score-sheet whole' : 'score-sheet'} role="img" aria-label={name} hidden={picture === null} />;
}
