import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { words as german } from '../../src/i18n/de/index.js';
import { en } from '../../src/i18n/en/index.js';
import { speak, t } from '../../src/i18n/words.js';
import { Notices, refusalOf } from '../../src/session/notices.js';
import type { ServerError, ServerMessage } from '../../src/wire/control/control.js';

let notices: Notices;
const texts = (): string[] => notices.shown.value.map((notice) => notice.text);
const error = (code: string, message: string, about?: string): ServerMessage =>
  ({ type: 'error', code, message, ...(about === undefined ? {} : { about }) }) as ServerMessage;

beforeEach(() => {
  vi.useFakeTimers();
  notices = new Notices();
});
afterEach(() => vi.useRealTimers());

describe('notices', () => {
  it('news go after 6 s, errors after 15', () => {
    notices.notify('news', 'Ben has come.');
    notices.notify('error', 'That did not work.');
    vi.advanceTimersByTime(5_999);
    expect(texts()).toEqual(['Ben has come.', 'That did not work.']);
    vi.advanceTimersByTime(1);
    expect(texts()).toEqual(['That did not work.']);
    vi.advanceTimersByTime(9_000);
    expect(texts()).toEqual([]);
  });

  it('follow a change of the language', () => {
    notices.notify('news', () => t.idle.youDidNotAnswerYou);
    speak('de', german);
    expect(texts()).toEqual([german.idle.youDidNotAnswerYou]);
    speak('en', en);
    expect(texts()).toEqual([en.idle.youDidNotAnswerYou]);
  });

  it('that come again stand once, and stay as long as the last of them', () => {
    notices.notify('news', 'Ben has come.');
    notices.notify('news', 'Cleo has come.');
    vi.advanceTimersByTime(4_000);
    notices.notify('news', 'Ben has come.');
    expect(texts()).toEqual(['Cleo has come.', 'Ben has come.']);
    vi.advanceTimersByTime(2_000);
    expect(texts()).toEqual(['Ben has come.']);
  });

  it('are the last four', () => {
    for (const text of ['1', '2', '3', '4', '5']) notices.notify('news', text);
    expect(texts()).toEqual(['2', '3', '4', '5']);
  });

  it('can be put away', () => {
    notices.notify('error', 'one');
    notices.notify('error', 'two');
    notices.dismiss(notices.shown.value[0]?.id ?? NaN);
    expect(texts()).toEqual(['two']);
  });

  it('do not tell the leader that she leads', () => {
    const leads: ServerMessage = { type: 'notice', message: 'Ann leads.', sentence: 'leads', values: { name: 'Ann' } };
    notices.take(leads, true, true);
    expect(texts()).toEqual([]);
    notices.take(leads, true, false);
    expect(texts()).toEqual(['Ann leads.']);
  });

  it('are the server’s notices, and its errors once one is inside', () => {
    notices.take({ type: 'notice', message: 'The disk is full.' }, false);
    notices.take(error('not_allowed', 'Only the leader may.'), true);
    notices.take(error('not_allowed', 'The room is full.'), false);
    notices.take({ type: 'leader', leader: 'a' }, true);
    expect(notices.shown.value.map(({ kind, text }) => [kind, text])).toEqual([
      ['news', 'The disk is full.'],
      ['error', 'Only the leader may.'],
    ]);
  });

  it('do not tell who stops a song that somebody else has just stopped', () => {
    notices.take(error('no_song', 'There is no song.', 'stop'), true);
    expect(texts()).toEqual([]);
    notices.take(error('no_song', 'There is no song.', 'halt'), true);
    expect(texts()).toEqual(['There is no song.']);
  });
});

describe('a refusal', () => {
  it('says why in the language that is spoken, and nothing of what is for authors of clients', () => {
    const refusal = refusalOf({ ...error('bad_setting', 'Too far.') } as ServerError);
    expect(refusal.text).toBe('Too far.');
    expect(refusalOf(error('bad_message', 'No.') as ServerError).text).toBeNull();
  });
});
