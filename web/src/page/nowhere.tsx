// There is no such page, or no such room.
import type { JSX } from 'preact';
import { PlainPage } from './parts/parts.js';
import { go } from './routes.js';

export function Nowhere({ room = false }: { room?: boolean }): JSX.Element {
  return (
    <PlainPage card>
      <h1>{room ? 'There is no such room' : 'There is nothing here'}</h1>
      <p>
        {room
          ? 'Look whether the link is whole: a piece of it gets lost easily. Or ask who sent it for a new one.'
          : 'The address is not one of Roundelay’s.'}
      </p>
      <p class="actions">
        <button type="button" class="primary large" onClick={() => go('/')}>
          Go to the first page
        </button>
      </p>
    </PlainPage>
  );
}
