// The marks of the song that lasts. A part of the room's state (state/room.ts). Pure.
import { LINE_MARK, PAGE_MARK, type Mark, type ServerMessage, type Welcome } from '../../wire/control/control.js';

export interface MarksPart {
  /** By position. */
  marks: Mark[];
  /** The song to which they belong, the words whose lines they name, and the score whose pages. */
  marksOf: number;
  marksWords: string | null;
  marksScore: string | null;
}

export function enterMarks({ song, plan }: Welcome): MarksPart {
  return { marks: [], marksOf: song.number, marksWords: plan.words, marksScore: plan.score };
}

export function nextMarks<S extends MarksPart>(state: S, message: ServerMessage): S {
  switch (message.type) {
    case 'song':
      return message.song.number === state.marksOf ? state : { ...state, marks: [], marksOf: message.song.number };
    case 'mark':
      return { ...state, marks: withMarks(state.marks, [message.mark]) };
    case 'marks':
      return { ...state, marks: withMarks(state.marks, message.marks) };
    case 'plan': {
      const { words, score } = message.plan;
      if (words === state.marksWords && score === state.marksScore) return state;
      // Lines of other words are nobody's lines, and pages of another score nobody's pages.
      const stale = (kind: string): boolean =>
        (kind === LINE_MARK && words !== state.marksWords) || (kind === PAGE_MARK && score !== state.marksScore);
      return { ...state, marks: state.marks.filter((mark) => !stale(mark.kind)), marksWords: words, marksScore: score };
    }
    default:
      return state;
  }
}

/** One of the same id takes the other's place. */
function withMarks(marks: Mark[], more: Mark[]): Mark[] {
  const kept = marks.filter((mark) => !more.some((other) => other.id === mark.id));
  return [...kept, ...more].sort((a, b) => a.position - b.position);
}
