import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AccountPart } from '../../../src/features/library/account_part.js';
import { Library } from '../../../src/features/library/library.js';
import { silentPlayer } from './samples.js';

/** Of Ann's window, once the server says of her login what this is. */
async function seen(account: unknown, accountGone: boolean): Promise<string> {
  vi.stubGlobal('fetch', (url: string) => {
    const data = url.endsWith('/api/library/') ? { account, account_gone: accountGone } : {};
    return Promise.resolve(new Response(JSON.stringify({ ok: true, errors: [], data })));
  });
  const library = new Library();
  library.state.value = 'here';
  library.account.value = { id: 3, username: 'Ann', role: 'member' };
  await library.lookWhoIsIn();
  return renderToString(<AccountPart library={library} player={silentPlayer()} />);
}

describe('a window whose login ended elsewhere', () => {
  beforeEach(() => vi.stubGlobal('location', { origin: 'https://choir.example', hash: '' }));
  afterEach(() => vi.unstubAllGlobals());

  it('says to log in again', async () => {
    expect(await seen(null, false)).toContain('Log in again');
  });

  it('says so where the account was deleted, by which nobody can log in', async () => {
    const html = await seen(null, true);
    expect(html).toContain('Your account has been deleted');
    expect(html).not.toContain('Log in again');
  });

  it('says nothing while she is still logged in', async () => {
    const html = await seen({ id: 3, username: 'Ann', role: 'member' }, false);
    expect(html).toContain('Logged in as Ann');
    expect(html).not.toContain('role="alert"');
  });
});
