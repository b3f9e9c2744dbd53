// Which page an address means. Moving between pages keeps the document, so that the sound may start after the click that led there.
import { signal } from '@preact/signals';
import { under, withoutBase } from '../base_path.js';
import { backDown, followPlaces, noteDown } from './parts/kept_place.js';

const LIBRARY_LISTS = ['favourites', 'recommended', 'duplicates', 'artists', 'albums', 'settings', 'account', 'api'] as const;
const LIBRARY_THINGS = ['song', 'playlist', 'artist', 'album'] as const;

export type LibraryPlace = { view: 'songs' | (typeof LIBRARY_LISTS)[number] } | { view: (typeof LIBRARY_THINGS)[number]; id: number };

export type Route =
  | { page: 'home' }
  | { page: 'room'; room: string }
  | { page: 'recordings'; room: string }
  | { page: 'library'; at: LibraryPlace }
  | { page: 'nowhere' };

export function routeOf(path: string): Route {
  if (path === '/') return { page: 'home' };
  const place = libraryPlaceOf(path);
  if (place) return { page: 'library', at: place };
  const match = /^\/r\/([^/]+)(\/recordings)?\/?$/.exec(path);
  if (!match) return { page: 'nowhere' };
  try {
    return { page: match[2] === undefined ? 'room' : 'recordings', room: decodeURIComponent(match[1] as string) };
  } catch {
    return { page: 'nowhere' };
  }
}

function libraryPlaceOf(path: string): LibraryPlace | null {
  if (/^\/library\/?$/.test(path)) return { view: 'songs' };
  const match = /^\/library\/([a-z]+)(?:\/([1-9]\d{0,14}))?\/?$/.exec(path);
  if (match?.[2] === undefined) {
    const list = LIBRARY_LISTS.find((one) => one === match?.[1]);
    return list === undefined ? null : { view: list };
  }
  const thing = LIBRARY_THINGS.find((one) => `${one}s` === match[1]);
  return thing === undefined ? null : { view: thing, id: Number(match[2]) };
}

export const route = signal<Route>({ page: 'home' });

export function go(path: string): void {
  noteDown();
  history.pushState(null, '', under(path));
  route.value = routeOf(path);
  window.scrollTo(0, 0);
}

let question: (() => boolean) | null = null;

/** `asks`: called when the browser's Back button would leave this page; true keeps it. The result undoes it. */
export function holdBack(asks: () => boolean): () => void {
  question = asks;
  return () => {
    if (question === asks) question = null;
  };
}

export function followAddress(): void {
  let shown = location.pathname;
  const follow = (): void => {
    if (location.pathname !== shown && question?.()) {
      history.pushState(null, '', shown);
      return;
    }
    // Within a page the browser goes to the part that is meant.
    if (location.pathname !== shown || location.hash === '') backDown();
    route.value = routeOf(withoutBase(location.pathname));
  };
  route.subscribe(() => {
    shown = location.pathname;
  });
  followPlaces();
  window.addEventListener('popstate', follow);
  follow();
}
