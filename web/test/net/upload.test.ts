import { describe, expect, it } from 'vitest';
import { PieceUpload, TRACK as A_TRACK, type HttpReply, type Sender } from '../../src/net/upload.js';

const BEGUN: HttpReply = { status: 201, body: { upload: 'u1', name: 'Song', offset: 0, size: 250, piece_bytes: 100 } };
const TRACK: HttpReply = { status: 201, body: { track: { id: 't1' } } };
const NONE: HttpReply = { status: 0, body: null };
const at = (offset: number, status = 200): HttpReply => ({ status, body: { error: { code: 'x', message: 'Sentence.' }, offset } });

/** Answers in this order; remembers what was asked. */
function answering(...replies: HttpReply[]): { sender: Sender; asked: string[]; waited: number[] } {
  const asked: string[] = [];
  const waited: number[] = [];
  const sender: Sender = {
    send(method, path, body, sent) {
      asked.push(`${method} ${path.replace('/api/rooms/room/uploads', '')} ${body?.size ?? '-'}`);
      sent(body?.size ?? 0);
      return { done: Promise.resolve(replies.shift() ?? NONE), cancel: () => {} };
    },
    wait: (ms) => {
      waited.push(ms);
      return Promise.resolve();
    },
  };
  return { sender, asked, waited };
}

function upload(sender: Sender, seen: { broken: boolean[]; share: number } = { broken: [], share: 0 }): PieceUpload<string> {
  const events = {
    named: () => {},
    progress: (share: number) => (seen.share = share),
    broken: (broken: boolean) => seen.broken.push(broken),
  };
  return new PieceUpload('room', new File([new Uint8Array(250)], 'a b.wav'), 12.34, events, sender, A_TRACK);
}

describe('an upload', () => {
  it('goes piece by piece', async () => {
    const seen = { broken: [] as boolean[], share: 0 };
    const { sender, asked } = answering(BEGUN, at(100), at(200), TRACK);
    expect(await upload(sender, seen).run()).toEqual({ ok: true, value: 't1' });
    expect(asked).toEqual([
      'POST ?name=a%20b.wav&size=250&seconds=12.3 -',
      'POST /u1?offset=0 100',
      'POST /u1?offset=100 100',
      'POST /u1?offset=200 50',
    ]);
    expect(seen.share).toBe(1);
  });

  it('goes on where it was when the line broke, and when only the answer was lost', async () => {
    const seen = { broken: [] as boolean[], share: 0 };
    const { sender, asked, waited } = answering(BEGUN, at(100), NONE, NONE, at(200, 409), TRACK);
    expect((await upload(sender, seen).run()).ok).toBe(true);
    expect(asked.slice(2)).toEqual(['POST /u1?offset=100 100', 'POST /u1?offset=100 100', 'POST /u1?offset=100 100', 'POST /u1?offset=200 50']);
    expect(waited).toEqual([1000, 2000]);
    expect(seen.broken.slice(0, 3)).toEqual([false, true, true]);
    expect(seen.broken.at(-1)).toBe(false);
  });

  it('gives up with a sentence after five minutes without a line', async () => {
    const { sender, waited } = answering(BEGUN);
    const result = await upload(sender).run();
    expect(!result.ok && result.error).toContain('five minutes');
    expect(waited.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(300_000);
  });

  it('says what the server said before a byte was sent', async () => {
    const { sender, asked } = answering(at(0, 413));
    expect(await upload(sender).run()).toEqual({ ok: false, error: 'Sentence.' });
    expect(asked.length).toBe(1);
  });

  it('takes smaller pieces where a proxy refuses them, and names the proxy when none is small enough', async () => {
    const refused: HttpReply = { status: 413, body: null };
    const large: HttpReply = { status: 201, body: { upload: 'u1', name: 'Song', piece_bytes: 400_000 } };
    const { sender } = answering(large, refused, refused, refused);
    const result = await upload(sender).run();
    expect(!result.ok && result.error).toContain('proxy');
  });

  it('that is stopped is given up at the server too', async () => {
    const { sender, asked } = answering(BEGUN, at(100), at(200));
    const running = upload(sender);
    const first = sender.send.bind(sender);
    sender.send = (method, path, body, sent) => {
      if (path.includes('offset=100')) running.cancel();
      return first(method, path, body, sent);
    };
    expect(await running.run()).toEqual({ ok: false, error: 'The upload was stopped.' });
    expect(asked.at(-1)).toBe('DELETE /u1 -');
  });
});
