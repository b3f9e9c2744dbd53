// The marks of the song that lasts. A part of the room's state (state/room.ts). Pure.
import { LINE_MARK, type Mark, type ServerMessage, type Welcome } from '../../wire/control/control.js';

export interface MarksPart {
  /** By position. */
  marks: Mark[];
  /** The song to which they belong, and the words whose lines they name. */
  marksOf: number;
  marksWords: string | null;
}

export function enterMarks({ song, plan }: Welcome): MarksPart {
  return { marks: [], marksOf: song.number, marksWords: plan.words };
}

export function nextMarks<S extends MarksPart>(state: S, message: ServerMessage): S {
  switch (message.type) {
    case 'song':
      return message.song.number === state.marksOf ? state : { ...state, marks: [], marksOf: message.song.number };
    case 'mark':
      return { ...state, marks: withMarks(state.marks, [message.mark]) };
    case 'marks':
      return { ...state, marks: withMarks(state.marks, message.marks) };
    case 'plan':
      // Lines of other words are nobody's lines.
      return message.plan.words === state.marksWords
        ? state
        : { ...state, marks: state.marks.filter((mark) => mark.kind !== LINE_MARK), marksWords: message.plan.words };
    default:
      return state;
  }
}

/** One of the same id takes the other's place. */
function withMarks(marks: Mark[], more: Mark[]): Mark[] {
  const kept = marks.filter((mark) => !more.some((other) => other.id === mark.id));
  return [...kept, ...more].sort((a, b) => a.position - b.position);
}
