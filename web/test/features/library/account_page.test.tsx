import { beforeAll, describe, expect, it } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import { AccountPage } from '../../../src/features/library/account_page.js';
import { Library } from '../../../src/features/library/library.js';
import { silentPlayer } from './samples.js';

const page = (library: Library): string => renderToString(<AccountPage library={library} player={silentPlayer()} />);

describe('one’s account', () => {
  beforeAll(() => {
    globalThis.location = { origin: 'https://choir.example', hash: '' } as Location;
  });

  it('is there for who is logged in', () => {
    expect(page(new Library())).toContain('Log in to see your account.');
  });

  it('tells what a music player wants to know, and makes passwords and tokens', () => {
    const library = new Library();
    library.account.value = { id: 3, username: 'Ann', role: 'member' };
    const html = page(library);
    expect(html).toMatch(/Address of the server<\/label>.*?value="https:\/\/choir\.example"/);
    expect(html).toMatch(/User name<\/label>.*?value="Ann"/);
    for (const words of ['Make a password', 'Make a token', 'Change the password', 'Where you are logged in', 'Delete your account for good ...'])
      expect(html).toContain(words);
    expect(html).toContain('href="/library/api"');
  });
});
