// The largest place while one sings: words, notes, and what belongs to them. Without any of these it takes no room.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { ScoreView } from '../features/scores/score_view.js';
import { chosenScore } from '../features/scores/song_score.js';
import { chosenSheet } from '../features/words/song_words.js';
import { WordsView } from '../features/words/words_view.js';
import type { RoomState } from '../state/room.js';
import type { Session } from '../session/session.js';

interface StageProps {
  session: Session;
  room: RoomState;
}

export function Stage({ session, room }: StageProps): JSX.Element | null {
  const parts = partsOf(session, room);
  return parts.length === 0 ? null : <InSight>{parts}</InSight>;
}

/** However far down somebody has scrolled: what she sings from is before her eyes when the song begins. */
function InSight({ children }: { children: JSX.Element[] }): JSX.Element {
  const stage = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => stage.current?.closest('.room-scroll')?.scrollTo(0, 0), []);
  return (
    <div ref={stage} class="stage">
      {children}
    </div>
  );
}

/** What features show while one sings, the most important first. */
function partsOf(session: Session, room: RoomState): JSX.Element[] {
  const parts: JSX.Element[] = [];
  if (chosenScore(room)) parts.push(<ScoreView key="score" session={session} room={room} />);
  if (chosenSheet(room)) parts.push(<WordsView key="words" session={session} room={room} />);
  return parts;
}
