import { describe, expect, it } from 'vitest';
import { lineAt, wordsLines } from '../../../src/features/library/song_words.js';

describe('the words of a song', () => {
  it('are lines, where nothing else is said', () => {
    expect(wordsLines('Away,\r\n\r\nyou rolling river')).toEqual([
      { atS: null, text: 'Away,' },
      { atS: null, text: '' },
      { atS: null, text: 'you rolling river' },
    ]);
    expect(lineAt(wordsLines('Away'), 5)).toBe(-1);
  });

  it('have times in LRC, and a line that comes again stands twice', () => {
    const lines = wordsLines('[ti:Dona]\n[00:12.50][01:02]Dona <00:13.1>nobis\n[00:20.00]pacem');
    expect(lines).toEqual([
      { atS: 12.5, text: 'Dona nobis' },
      { atS: 20, text: 'pacem' },
      { atS: 62, text: 'Dona nobis' },
    ]);
    expect([0, 12.5, 19, 20, 100].map((atS) => lineAt(lines, atS))).toEqual([-1, 0, 0, 1, 2]);
  });

  it('leave chords and directives of ChordPro out', () => {
    expect(wordsLines('{title: Dona}\n[G]Dona [D7]nobis\n[Chorus with words]')).toEqual([
      { atS: null, text: 'Dona nobis' },
      { atS: null, text: '[Chorus with words]' },
    ]);
  });
});
