// Which page an address means. Moving between pages keeps the document, so that the sound may start after the click that led there.
import { signal } from '@preact/signals';

export type Route = { page: 'home' } | { page: 'room'; room: string } | { page: 'nowhere' };

export function routeOf(path: string): Route {
  if (path === '/') return { page: 'home' };
  const match = /^\/r\/([^/]+)\/?$/.exec(path);
  if (!match) return { page: 'nowhere' };
  try {
    return { page: 'room', room: decodeURIComponent(match[1] as string) };
  } catch {
    return { page: 'nowhere' };
  }
}

export const route = signal<Route>({ page: 'home' });

export function go(path: string): void {
  history.pushState(null, '', path);
  route.value = routeOf(path);
  window.scrollTo(0, 0);
}

export function followAddress(): void {
  const follow = (): void => {
    route.value = routeOf(location.pathname);
  };
  window.addEventListener('popstate', follow);
  follow();
}
