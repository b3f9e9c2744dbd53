// Whose the songs of an evening are: what was sung, and the sheet of it as text and as a page of its own. Pure.
import { t } from '../../i18n/words.js';
import type { SungSong } from '../../state/storage.js';
import type { Credits, Entry, Track } from '../../wire/control/control.js';

export const EVENING_MS = 24 * 3_600_000;
export const MOST_SUNG = 200;

/** With this one; what was sung long ago is forgotten. */
export function withSung(sung: readonly SungSong[], song: SungSong): SungSong[] {
  const evening = sung.filter(({ atMs, number }) => song.atMs - atMs < EVENING_MS && number !== song.number);
  return [...evening, song].slice(-MOST_SUNG);
}

/** Each song once, in the order of the evening; behind them those that are ticked in the programme. */
export function sheetOf(
  sung: readonly SungSong[],
  entries: readonly Entry[],
  tracks: readonly Track[],
  nowMs: number,
): { title: string; credits: Credits }[] {
  const seen = new Map<string, { title: string; credits: Credits }>();
  const take = (title: string, credits: Credits): void => {
    const key = JSON.stringify([title, credits]);
    if (!seen.has(key)) seen.set(key, { title, credits });
  };
  for (const { title, credits, atMs } of sung) if (nowMs - atMs < EVENING_MS) take(title, credits);
  for (const entry of entries) {
    const track = entry.sung ? tracks.find(({ id }) => id === entry.track) : undefined;
    if (track?.credits) take(track.name, track.credits);
  }
  return [...seen.values()];
}

/** What is said of a song below its title. */
export function creditLines({ artist, attribution, licence, link }: Credits): string[] {
  return [
    artist ? t.credits.by({ artist }) : '',
    attribution ?? '',
    licence ? t.credits.licence({ licence }) : '',
    link ? t.credits.source({ link }) : '',
  ].filter((line) => line !== '');
}

type Sheet = readonly { title: string; credits: Credits }[];

export function sheetText(heading: string, sheet: Sheet): string {
  const songs = sheet.map(({ title, credits }) => [title, ...creditLines(credits).map((line) => `  ${line}`)].join('\n'));
  return `${[heading, ...songs].join('\n\n')}\n`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** A whole document, without scripts and without anything from elsewhere. */
export function sheetPage(heading: string, language: string, sheet: Sheet): string {
  const songs = sheet.map(({ title, credits }) => {
    const lines = creditLines(credits).map((line) => `<br>${escaped(line)}`);
    return `<li><strong>${escaped(title)}</strong>${lines.join('')}</li>`;
  });
  const style = 'body{font-family:serif;max-width:40em;margin:2em auto;padding:0 1em}li{margin:0 0 1em;break-inside:avoid;overflow-wrap:anywhere}';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escaped(heading)}</title><style>${style}</style></head>
<body><h1>${escaped(heading)}</h1><ol>
${songs.join('\n')}
</ol></body></html>
`;
}
