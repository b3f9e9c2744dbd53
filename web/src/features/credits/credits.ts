// Whose the songs of an evening are: what was sung, and the sheet of it as text and as a page of its own. Pure.
import { dateText, listText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import type { SungSong } from '../../net/sung.js';
import type { Credits } from '../../wire/control/control.js';

export interface SheetSong {
  title: string;
  credits: Credits;
  /** Its id in the library; null: it did not come from there. */
  librarySong: number | null;
  /** When it was begun, since the epoch. */
  timesMs: number[];
}

/** Each song once, in the order of the evening. */
export function sheetOf(sung: readonly SungSong[]): SheetSong[] {
  const sheet = new Map<string, SheetSong>();
  for (const { title, credits = {}, library_song: librarySong = null, at } of sung) {
    const key = JSON.stringify([title, credits]);
    const before = sheet.get(key);
    if (before) {
      before.timesMs.push(at);
      before.librarySong ??= librarySong;
    } else sheet.set(key, { title, credits, librarySong, timesMs: [at] });
  }
  return [...sheet.values()];
}

/** What is said of a song below its title. */
export function songLines({ credits: { artist, attribution, licence, link }, timesMs }: SheetSong): string[] {
  const times = listText(timesMs.map((ms) => dateText(ms, { timeStyle: 'short' })));
  return [
    artist ? t.credits.by({ artist }) : '',
    attribution ?? '',
    licence ? t.credits.licence({ licence }) : '',
    link ? t.credits.source({ link }) : '',
    t.credits.sungAt({ times }),
  ].filter((line) => line !== '');
}

type Sheet = readonly SheetSong[];

export function sheetText(heading: string, sheet: Sheet): string {
  const songs = sheet.map((song) => [song.title, ...songLines(song).map((line) => `  ${line}`)].join('\n'));
  return `${[heading, ...songs].join('\n\n')}\n`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** A whole document, without scripts and without anything from elsewhere. */
export function sheetPage(heading: string, language: string, sheet: Sheet): string {
  const songs = sheet.map((song) => {
    const lines = songLines(song).map((line) => `<br>${escaped(line)}`);
    return `<li><strong>${escaped(song.title)}</strong>${lines.join('')}</li>`;
  });
  const style = 'body{font-family:serif;max-width:40em;margin:2em auto;padding:0 1em}li{margin:0 0 1em;break-inside:avoid;overflow-wrap:anywhere}';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escaped(heading)}</title><style>${style}</style></head>
<body><h1>${escaped(heading)}</h1><ol>
${songs.join('\n')}
</ol></body></html>
`;
}
