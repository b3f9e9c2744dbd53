// The largest place while one sings: words, notes, and what belongs to them. Without any of these it takes no room.
import type { JSX } from 'preact';
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
  return parts.length === 0 ? null : <div class="stage">{parts}</div>;
}

/** What features show while one sings, the most important first. */
function partsOf(session: Session, room: RoomState): JSX.Element[] {
  return chosenSheet(room) ? [<WordsView key="words" session={session} room={room} />] : [];
}
