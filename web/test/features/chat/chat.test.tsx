import { signal } from '@preact/signals';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { ChatPanel, ChatText } from '../../../src/features/chat/chat_panel.js';
import { piecesOf } from '../../../src/features/chat/links.js';
import { isLater, OwnChat } from '../../../src/features/chat/own_chat.js';
import { countCharacters, roomLeftWords, unreadWords } from '../../../src/features/chat/words.js';
import { en } from '../../../src/i18n/en/index.js';
import { words as ru } from '../../../src/i18n/ru/index.js';
import { speak } from '../../../src/i18n/words.js';
import type { Session } from '../../../src/session/session.js';
import { enterRoom, nextRoom, type RoomState } from '../../../src/state/room.js';
import type { Line, ServerMessage } from '../../../src/wire/control/control.js';
import { welcome } from '../../samples.js';

const line = (id: number, change: Partial<Line> = {}): Line => ({
  id: String(id),
  person: 'b',
  name: 'Ben',
  text: `Line ${id}`,
  at: 1_764_153_300_000,
  announcement: false,
  ...change,
});
const after = (...messages: ServerMessage[]): RoomState =>
  messages.reduce<RoomState>((room, message) => nextRoom(room, message) as RoomState, enterRoom(welcome()));
const links = (text: string): (string | null)[] => piecesOf(text).flatMap((piece) => (piece.href === null ? [] : [piece.text, piece.href]));

describe('what was said', () => {
  it('comes in pieces, goes on, loses what is taken away, and begins anew with a welcome', () => {
    const room = after({ type: 'chat_history', lines: [line(1), line(2)] }, { type: 'said', line: line(3) }, { type: 'unsaid', line: '2' });
    expect(room.lines.map((one) => one.id)).toEqual(['1', '3']);
    expect(nextRoom(room, welcome())?.lines).toEqual([]);
  });

  it('is kept as long as the server keeps it', () => {
    const many = Array.from({ length: 250 }, (_, i): ServerMessage => ({ type: 'said', line: line(i) }));
    expect(after(...many).lines).toHaveLength(200);
  });
});

describe('the time of a line', () => {
  it('is written as the language of the page writes it, not as the browser would', () => {
    const room = after({ type: 'said', line: line(1, { at: new Date(2026, 0, 5, 17, 4).getTime() }) });
    const session = { connected: { value: true }, chat: new OwnChat(signal(room)) } as unknown as Session;
    const time = (): string => /<time[^>]*>([^<]*)</.exec(renderToString(<ChatPanel session={session} room={room} />))?.[1] ?? '';
    expect(time()).toBe('17:04');
    speak('ru', ru);
    expect(time()).toBe('17:04');
    speak('en', en);
  });
});

describe('what one has read', () => {
  it('is counted in lines of others, over a lost connection too', () => {
    const room = signal<RoomState | null>(after({ type: 'chat_history', lines: [line(9), line(10), line(11, { person: 'a' })] }));
    const chat = new OwnChat(room);
    expect(chat.unread.value).toBe(2);
    chat.readTo('10');
    chat.readTo('9');
    expect(chat.unread.value).toBe(0);
    room.value = after({ type: 'chat_history', lines: [line(9), line(10), line(12)] });
    expect(chat.unread.value).toBe(1);
  });

  it('leaves the last announcement in sight until it is put away', () => {
    const room = signal<RoomState | null>(after({ type: 'said', line: line(1, { announcement: true }) }, { type: 'said', line: line(2) }));
    const chat = new OwnChat(room);
    expect(chat.announcement.value?.id).toBe('1');
    chat.putAnnouncementAway();
    expect(chat.announcement.value).toBeNull();
    room.value = nextRoom(room.value, { type: 'said', line: line(3, { announcement: true }) });
    expect(chat.announcement.value?.id).toBe('3');
  });

  it('goes by numbers, not by letters', () => {
    expect([isLater('10', '9'), isLater('9', '10'), isLater('10', '10'), isLater('1', '')]).toEqual([true, false, false, true]);
  });
});

describe('a link', () => {
  it('is an address of http or https, without the signs of the sentence around it', () => {
    expect(links('See https://example.org/a?b=1.')).toEqual(['https://example.org/a?b=1', 'https://example.org/a?b=1']);
    expect(links('(http://example.org/x_(y))')[0]).toBe('http://example.org/x_(y)');
    expect(links('“https://example.org”, and')[0]).toBe('https://example.org');
    expect(links('HTTPS://EXAMPLE.ORG/!!')[1]).toBe('https://example.org/');
    expect(links('https://a.example and https://b.example')).toHaveLength(4);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org',
    'www.example.org',
    'https://',
    'http://user:secret@example.org/',
    'mailto:a@b.example',
  ])('is not made of %s', (text) => {
    expect(links(text)).toEqual([]);
    expect(
      piecesOf(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('leads away without saying where from, and nothing in a text is markup', () => {
    const html = renderToString(
      <ChatText text={'<img src=x onerror=alert(1)> <script>alert(1)</script> https://example.org/"onclick="alert(1) https://example.org/?a<b>'} />,
    );
    expect(html).not.toMatch(/<(img|script|b)\b/);
    expect(html).not.toMatch(/<a [^>]*onclick/);
    expect(html.match(/<a [^>]*>/g)).toEqual([
      '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">',
      '<a href="https://example.org/?a" target="_blank" rel="noopener noreferrer">',
    ]);
    expect(html).toContain('dir="auto"');
  });
});

describe('words', () => {
  it('count what a reader takes for a character', () => {
    expect(countCharacters('👨‍👩‍👧‍👦e\u0301')).toBe(2);
    expect(roomLeftWords('a'.repeat(1_799))).toBeNull();
    expect(roomLeftWords('a'.repeat(1_990))).toBe('Room for 10 more characters.');
    expect(roomLeftWords('a'.repeat(2_003))).toBe('Too long: please take 3 characters away.');
    expect([unreadWords(1), unreadWords(2)]).toEqual(['1 new line', '2 new lines']);
  });
});
