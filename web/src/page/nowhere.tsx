// There is no such page, or no such room.
import type { JSX } from 'preact';
import { PlainPage } from './parts/parts.js';
import { go } from './routes.js';
import { t } from '../i18n/words.js';

export function Nowhere({ room = false }: { room?: boolean }): JSX.Element {
  return (
    <PlainPage card>
      <h1>{room ? t.page.thereIsNoSuchRoom : t.page.thereIsNothingHere}</h1>
      <p>{room ? t.page.lookWhetherTheLinkIs : t.page.theAddressIsNotOne}</p>
      <p class="actions">
        <button type="button" class="primary large" onClick={() => go('/')}>
          {t.page.goToTheFirstPage}
        </button>
      </p>
    </PlainPage>
  );
}
