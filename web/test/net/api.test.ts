import { afterEach, describe, expect, it, vi } from 'vitest';
import { en } from '../../src/i18n/en/index.js';
import { askHealth, askRoom, sentenceOf } from '../../src/net/api.js';

function answering(status: number, body: string): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(() => Promise.resolve(new Response(body, { status })));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe('a request', () => {
  it('has an end and a sentence', async () => {
    const fetched = vi.fn((_: string, init: RequestInit) => {
      expect(init.signal).toBeInstanceOf(AbortSignal);
      return Promise.reject(new DOMException('', 'TimeoutError'));
    });
    vi.stubGlobal('fetch', fetched);
    const answer = await askRoom('abc');
    expect(!answer.ok && answer.error).toContain('does not answer');
    expect(fetched).toHaveBeenCalledOnce();
  });

  it('that fails says that the server cannot be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    const answer = await askRoom('abc');
    expect(!answer.ok && answer.error).toContain('cannot be reached');
  });
});

describe('the health of the server', () => {
  it.each([
    [200, '{"status":"ok"}', 'ready'],
    [503, '{"error":{"code":"busy","message":"The conductor is away."}}', 'busy'],
    [200, '<html>Log in to this network</html>', 'none'],
    [200, '{"user":"guest"}', 'none'],
    [502, '{"error":"proxy"}', 'none'],
  ])('%i %s means %s', async (status, body, meaning) => {
    answering(status, body);
    expect(await askHealth()).toBe(meaning);
  });

  it('asks a server that is well whether it takes sockets of pages of this address', async () => {
    vi.stubGlobal('location', { origin: 'https://sing.example' });
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url);
      const health = new Response('{"status": "ok"}', { status: 200 });
      return Promise.resolve(asked.length === 1 ? health : new Response('{"error": {"code": "origin_refused", "message": "No."}}', { status: 403 }));
    });
    expect(await askHealth()).toBe('foreign');
    expect(asked).toEqual(['/healthz', '/ws?origin=https%3A%2F%2Fsing.example']);
  });
});

describe('a sentence of the server', () => {
  const error = { code: 'busy', message: 'The server did not find an answer in time.' };

  it('without a code is one of ours where it only says that the server is too busy, or the line too slow', () => {
    expect(sentenceOf({ error }, 503)).toBe(en.net.theServerIsTooBusy);
    expect(sentenceOf({ error }, 408)).toBe(en.net.theServerDoesNotAnswer);
    expect(sentenceOf({ error }, 422)).toBe(error.message);
  });

  it('with a code is said', () => {
    expect(sentenceOf({ error: { ...error, message: 'Disk.', sentence: 'rooms_unread' } }, 503)).toBe(en.server.rooms_unread);
  });
});
