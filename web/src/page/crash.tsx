// Shown when the page itself broke.
import type { JSX } from 'preact';
import { under } from '../base_path.js';
import { Brand } from './parts/parts.js';
import { t } from '../i18n/words.js';

export function Crash({ message }: { message: string }): JSX.Element {
  return (
    <div class="plain">
      <header class="masthead">
        <Brand onHome={() => location.assign(under('/'))} />
      </header>
      <main class="card narrow">
        <h1>{t.page.somethingBroke}</h1>
        <p>{t.page.thisPageStoppedWorkingThat}</p>
        <p class="actions">
          <button type="button" class="primary large" onClick={() => location.reload()}>
            {t.page.reloadAndGoBackIn}
          </button>
        </p>
        <p class="hint">{t.page.ifItHappensAgainSend({ message })}</p>
      </main>
    </div>
  );
}
