// This browser lacks something that Roundelay cannot do without.
import type { JSX } from 'preact';
import type { Missing } from './support.js';
import { PlainPage } from '../../page/parts/parts.js';

export function MissingList({ missing }: { missing: Missing[] }): JSX.Element {
  const todos = [...new Set(missing.map((one) => one.todo))];
  return (
    <>
      <ul class="missing">
        {missing.map((one) => (
          <li key={one.technical}>
            <strong>{one.what}</strong> <span class="technical">({one.technical})</span>
          </li>
        ))}
      </ul>
      {todos.map((todo) => (
        <p key={todo}>{todo}</p>
      ))}
    </>
  );
}

export function Unsupported({ missing }: { missing: Missing[] }): JSX.Element {
  return (
    <PlainPage card>
      <h1>This browser cannot sing along yet</h1>
      <p>Roundelay needs something that is missing here:</p>
      <MissingList missing={missing} />
      <p class="hint">The link works in any browser: copy the address of this page and open it there.</p>
    </PlainPage>
  );
}
