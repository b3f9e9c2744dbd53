// Where one was on a page of the browser's history: how far down, and what belongs to it. It is there again by Back, Forward and a reload; the browser
// itself scrolls before the page has asked for what it shows.

const NOTE_MS = 250;
/** What is shown has come by then, or comes too late for who waits. */
const LONGEST_MS = 5_000;
const DOWN = 'down';

function kept(): Record<string, unknown> {
  const { state } = history as { state: unknown };
  return typeof state === 'object' && state !== null ? { ...state } : {};
}

/** What was kept of this entry; unchecked. */
export function keptOf(what: string): unknown {
  return typeof history === 'undefined' ? undefined : kept()[what];
}

export function keep(what: string, value: unknown): void {
  if (typeof history !== 'undefined') history.replaceState({ ...kept(), [what]: value }, '');
}

let ends: (() => void) | null = null;

/** Before another page takes its place. */
export function noteDown(): void {
  // Not where one was, while it is still being gone to.
  if (ends === null) keep(DOWN, Math.round(window.scrollY));
}

export function followPlaces(): void {
  history.scrollRestoration = 'manual';
  let timer = 0;
  window.addEventListener('scroll', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(noteDown, NOTE_MS);
  });
  window.addEventListener('pagehide', noteDown);
  window.addEventListener('popstate', () => window.clearTimeout(timer));
}

/** Goes down to where one was, as soon as there is so much; whoever scrolls or types meanwhile has other wishes. */
export function backDown(): void {
  ends?.();
  const down = keptOf(DOWN);
  if (typeof down !== 'number' || down === 0) return;
  const until = performance.now() + LONGEST_MS;
  let frame = 0;
  const end = (): void => {
    cancelAnimationFrame(frame);
    for (const name of ['wheel', 'touchstart', 'keydown', 'pointerdown']) window.removeEventListener(name, end);
    ends = null;
  };
  const look = (): void => {
    const there = document.documentElement.scrollHeight - window.innerHeight >= down;
    if (there) window.scrollTo(0, down);
    if (there || performance.now() > until) return end();
    frame = requestAnimationFrame(look);
  };
  for (const name of ['wheel', 'touchstart', 'keydown', 'pointerdown']) window.addEventListener(name, end, { passive: true });
  ends = end;
  frame = requestAnimationFrame(look);
}
