import { describe, expect, it } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import { HousePage } from '../../../src/features/library/house_page.js';
import { Library } from '../../../src/features/library/library.js';

describe('the settings of the library', () => {
  it('tell admins how much room there is', () => {
    const library = new Library();
    library.rules.value = { registration: 'open', anonymous_uploads: false, account_mb: 5_000, all_mb: 0 };
    library.account.value = { id: 1, username: 'Ann', role: 'member' };
    expect(renderToString(<HousePage library={library} />)).not.toContain('MB');
    library.account.value = { id: 1, username: 'Ann', role: 'admin' };
    const html = renderToString(<HousePage library={library} />);
    expect(html).toMatch(/<label for="library-account-mb">Room for the files of an account, in MB<\/label><input[^>]*value="5000"/);
    expect(html).toMatch(/id="library-all-mb"[^>]*value="0"/);
  });
});
