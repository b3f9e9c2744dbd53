// The scores that the room has, and the uploads that become some. A part of the room's state (state/room.ts). Pure.
import type { Score, ServerMessage, Welcome } from '../../wire/control/control.js';
import { failureOf, type Failure } from '../../wire/control/fields.js';

export interface ScoresPart {
  scores: Score[];
  /** Uploads that the server is preparing, 0 to 1, by title. */
  scoresPreparing: Record<string, number>;
  /** Why uploads became no scores, by title; until the next one of that title. */
  scoresFailed: Record<string, Failure>;
}

export function enterScores({ scores }: Welcome): ScoresPart {
  return { scores, scoresPreparing: {}, scoresFailed: {} };
}

export function nextScores<S extends ScoresPart>(state: S, message: ServerMessage): S {
  switch (message.type) {
    case 'scores': {
      const there = (title: string): boolean => message.scores.some((score) => score.title === title);
      const preparing = Object.entries(state.scoresPreparing).filter(([title, progress]) => progress < 1 && !there(title));
      return { ...state, scores: message.scores, scoresPreparing: Object.fromEntries(preparing) };
    }
    case 'score_progress': {
      const forgotten = forgetScore(state, message.name);
      if (message.error !== null)
        return { ...forgotten, scoresFailed: { ...forgotten.scoresFailed, [message.name]: failureOf(message.error, message) } };
      return { ...forgotten, scoresPreparing: { ...forgotten.scoresPreparing, [message.name]: message.progress } };
    }
    default:
      return state;
  }
}

/** One's own upload of this title has ended, one way or the other: what there is to say of it was said. */
export function forgetScore<S extends ScoresPart>(state: S, title: string): S {
  const scoresPreparing = { ...state.scoresPreparing };
  const scoresFailed = { ...state.scoresFailed };
  delete scoresPreparing[title];
  delete scoresFailed[title];
  return { ...state, scoresPreparing, scoresFailed };
}
