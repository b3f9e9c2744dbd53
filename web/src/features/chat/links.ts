// The addresses in a plain text. Pure. Only http and https, as they stand there: nothing else is ever made a link.

export interface Piece {
  text: string;
  /** Where it leads; null: plain text. */
  href: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"“”‘’«»`]+/giu;
/** What ends a sentence rather than an address. */
const AFTER = /[.,;:!?…'*_]+$/u;

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = hrefOf(address);
    if (href === null) continue;
    if (match.index > done) pieces.push({ text: text.slice(done, match.index), href: null });
    pieces.push({ text: address, href });
    done = match.index + address.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), href: null });
  return pieces;
}

/** Without the sentence's own signs behind it; a closing bracket stays where its opening one is in the address. */
function trimmed(address: string): string {
  let text = address;
  for (;;) {
    const next = closesNothing(text.replace(AFTER, ''));
    if (next === text) return text;
    text = next;
  }
}

function closesNothing(text: string): string {
  for (const [open, close] of ['()', '[]', '{}'] as const) {
    if (close !== undefined && open !== undefined && text.endsWith(close) && text.split(close).length > text.split(open).length)
      return text.slice(0, -1);
  }
  return text;
}

function hrefOf(address: string): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const named = url.username === '' && url.password === '';
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' && named ? url.href : null;
}
