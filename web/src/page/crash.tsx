// Shown when the page itself broke.
import type { JSX } from 'preact';
import { Brand } from './parts/parts.js';

export function Crash({ message }: { message: string }): JSX.Element {
  return (
    <div class="plain">
      <header class="masthead">
        <Brand onHome={() => location.assign('/')} />
      </header>
      <main class="card narrow">
        <h1>Something broke</h1>
        <p>This page stopped working. That is a fault of Roundelay and not of yours. The others go on singing, and you keep your group.</p>
        <p class="actions">
          <button type="button" class="primary large" onClick={() => location.reload()}>
            Reload and go back in
          </button>
        </p>
        <p class="hint">If it happens again, send this to who runs the server: “{message}”</p>
      </main>
    </div>
  );
}
