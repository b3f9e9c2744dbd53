// The organiser's link that was opened: its key goes into the browser's storage, and out of the address at once, where others could read it.
import { withoutBase } from '../base_path.js';
import { keyIn } from '../features/order/organiser_link.js';
import { remembered } from '../state/storage.js';
import { routeOf } from './routes.js';

function takeKey(): boolean {
  const key = keyIn(location.hash);
  if (key === null) return false;
  const to = routeOf(withoutBase(location.pathname));
  if (to.page === 'room') remembered.setKey(to.room, key);
  history.replaceState(history.state, '', location.pathname + location.search);
  return to.page === 'room';
}

export function takeOrganiserKeys(): void {
  takeKey();
  // Put into the address of a room that is open already: it counts from the next hello on.
  window.addEventListener('hashchange', () => {
    if (takeKey()) location.reload();
  });
}
