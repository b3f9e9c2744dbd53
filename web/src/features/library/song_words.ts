// The words of a song as they are read beside it: lines, and when each is sung, as far as they say it (LRC). Pure.

export interface WordsLine {
  /** In the song; null: it is not said. */
  atS: number | null;
  text: string;
}

const TIME = /^\[(\d{1,3}):(\d{1,2}(?:[.:]\d{1,3})?)\]/;
const LRC_TAG = /^\[[a-z]+:[^\]]*\]\s*$/i;
const DIRECTIVE = /^\s*\{[^}]*\}\s*$/;
const CHORD = /\[[A-Ha-h][^\]\s]{0,12}\]/g;
const WITHIN = /<\d{1,3}:\d{1,2}(?:\.\d{1,3})?>/g;

/** Of plain text, LRC or ChordPro: without chords and what is said to programs. A line that is sung twice stands twice. */
export function wordsLines(words: string): WordsLine[] {
  const lines = words.split(/\r\n|\r|\n/).flatMap(lineOf);
  const timed = lines.some(({ atS }) => atS !== null);
  if (!timed) return lines;
  // Those without a time keep their place behind the one above them.
  let last = 0;
  return lines
    .map((line, i) => ({ line, i, at: (last = line.atS ?? last) }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(({ line }) => line);
}

function lineOf(raw: string): WordsLine[] {
  if (DIRECTIVE.test(raw) || LRC_TAG.test(raw)) return [];
  const times: number[] = [];
  let rest = raw.trimStart();
  for (let match = TIME.exec(rest); match; match = TIME.exec(rest)) {
    times.push(Number(match[1]) * 60 + Number((match[2] as string).replace(':', '.')));
    rest = rest.slice(match[0].length).trimStart();
  }
  const text = rest.replace(WITHIN, '').replace(CHORD, '').trimEnd();
  return times.length === 0 ? [{ atS: null, text }] : times.map((atS) => ({ atS, text }));
}

/** The line that is sung at this moment; -1: none yet, or the words have no times. */
export function lineAt(lines: readonly WordsLine[], atS: number): number {
  return lines.reduce((found, line, i) => (line.atS !== null && line.atS <= atS ? i : found), -1);
}
