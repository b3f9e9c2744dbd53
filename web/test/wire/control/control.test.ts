import { describe, expect, it } from 'vitest';
import { isForPeople, newsOf, NO_PLAN, readControl, writeControl } from '../../../src/wire/control/control.js';
import { person, settings, song, welcome } from '../../samples.js';

describe('control messages', () => {
  it('reads a welcome, and leaves out what it does not know', () => {
    const read = readControl(JSON.stringify({ ...welcome(), surprise: { deep: [1] } }));
    expect(read).toEqual({ ok: true, value: welcome() });
  });

  it('reads each kind of message', () => {
    const messages = [
      { type: 'person', person: person() },
      { type: 'people', people: [person()], gone: ['b'] },
      { type: 'listeners', listeners: { count: 9_970, named: false } },
      { type: 'gone', id: 'a' },
      { type: 'leader', leader: null },
      { type: 'song', song: song({ track: { id: 't', name: 'Tallis', seconds: 3.5, channels: 2, loudness: -16.5 } }) },
      { type: 'settings', settings: settings() },
      { type: 'plan', plan: { ...NO_PLAN, bpm: 92.5, round: { beats: 16, repeats: 2, leader_only: false } } },
      { type: 'tracks', tracks: [{ id: 't', name: 'Tallis', seconds: 3.5, channels: 1, loudness: null }], track: 't' },
      { type: 'track_progress', name: 'Tallis', progress: 0.5, error: null },
      { type: 'notice', message: 'Ann has started the song.' },
      { type: 'loop', loop_ms: 120.5, late_percent: 0 },
      { type: 'loops', interval_ms: 420, slow: [{ id: 'b', loop_ms: 300, late_percent: 7 }] },
      { type: 'pong', id: 4, position: 960 },
      { type: 'error', code: 'busy', message: 'Not now.', about: 'start' },
    ];
    for (const message of messages) expect(readControl(JSON.stringify(message))).toEqual({ ok: true, value: message });
  });

  it('knows which errors are for the author of a client alone', () => {
    const error = (code: string, about: string | null = null) => isForPeople({ type: 'error', code, message: 'A sentence.', about });
    expect(['bad_packet', 'bad_message', 'too_fast', 'unknown_type', 'not_singing'].map((code) => error(code))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(error('anything', 'voice')).toBe(false);
    expect(error('song_lasts', 'start')).toBe(true);
  });

  it('finds the news of one person, alone or among others', () => {
    const [ann, ben] = [person(), person({ id: 'b', name: 'Ben' })];
    expect(newsOf({ type: 'person', person: ben }, 'b')).toBe(ben);
    expect(newsOf({ type: 'people', people: [ann, ben], gone: [] }, 'b')).toBe(ben);
    expect(newsOf({ type: 'people', people: [ann], gone: ['b'] }, 'b')).toBeNull();
    expect(newsOf({ type: 'gone', id: 'b' }, 'b')).toBeNull();
  });

  it('takes a missing optional field for null', () => {
    const read = readControl('{"type":"error","code":"busy","message":"Not now."}');
    expect(read.ok && read.value).toEqual({ type: 'error', code: 'busy', message: 'Not now.', about: null });
  });

  it('names a message of unknown type instead of failing', () => {
    expect(readControl('{"type":"chat","text":"hi"}')).toEqual({ ok: true, value: { type: 'unknown', name: 'chat' } });
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[1]'],
    ['no type', '{"message":"x"}'],
    ['a wrong kind of field', '{"type":"gone","id":7}'],
    ['a bucket out of range', JSON.stringify({ type: 'person', person: { ...person(), bucket: 9 } })],
    ['an unknown role', JSON.stringify({ type: 'person', person: { ...person(), role: 'king' } })],
    ['a position that is no whole number', JSON.stringify({ type: 'song', song: { ...song(), start: 0.5 } })],
    ['an interval of an unknown kind', JSON.stringify({ type: 'settings', settings: { ...settings(), interval: 'soon' } })],
    ['fewer offsets than buckets', JSON.stringify({ type: 'settings', settings: { ...settings(), offsets: [1] } })],
  ])('refuses %s', (_, json) => {
    expect(readControl(json).ok).toBe(false);
  });

  it('writes commands as the protocol names them', () => {
    expect(JSON.parse(writeControl({ type: 'settings', interval_ms: 1000 }))).toEqual({ type: 'settings', interval_ms: 1000 });
    expect(JSON.parse(writeControl({ type: 'track', track: null }))).toEqual({ type: 'track', track: null });
  });
});

describe('what later servers may say besides', () => {
  const later = { later: { than: ['this'] } };

  it('is let through and left out at every depth', () => {
    const read = readControl(
      JSON.stringify({
        ...later,
        ...welcome({ song: { ...song(), ...later } as never, settings: { ...settings(), ...later } as never }),
        you: { ...person(), ...later },
        people: [{ ...person(), ...later }],
        room: { ...welcome().room, ...later },
      }),
    );
    expect(read).toEqual({ ok: true, value: welcome({ song: song(), settings: settings() }) });
  });
});

describe('what earlier servers leave out', () => {
  const without = (field: string): unknown => Object.fromEntries(Object.entries(welcome()).filter(([name]) => name !== field));

  it('is nobody, nothing, or by hand', () => {
    for (const [field, value] of [
      ['listeners', { count: 0, named: true }],
      ['leader', null],
      ['lead_asked', null],
      ['track', null],
      ['rights', []],
      ['removed', []],
      ['loudspeakers', []],
      ['plan', NO_PLAN],
    ] as const) {
      expect(readControl(JSON.stringify(without(field)))).toEqual({ ok: true, value: { ...welcome(), [field]: value } });
      expect(readControl(JSON.stringify({ ...welcome(), [field]: null }))).toEqual({ ok: true, value: { ...welcome(), [field]: value } });
    }
    const { music, plan, parts, ...plain } = song();
    expect(readControl(JSON.stringify({ type: 'song', song: plain }))).toEqual({
      ok: true,
      value: { type: 'song', song: { ...plain, music, plan, parts } },
    });
    for (const interval of [undefined, null]) {
      const read = readControl(JSON.stringify({ type: 'settings', settings: { ...settings(), interval } }));
      expect(read).toEqual({ ok: true, value: { type: 'settings', settings: settings({ interval: 'by_hand' }) } });
    }
    expect(readControl('{"type":"people","people":[],"gone":null}')).toEqual({ ok: true, value: { type: 'people', people: [], gone: [] } });
  });

  it.each(['version', 'you', 'token', 'organiser', 'room', 'people', 'song', 'settings', 'tracks', 'position', 'mix_delay', 'backing_gain'])(
    'must not be %s',
    (field) => {
      expect(readControl(JSON.stringify(without(field))).ok).toBe(false);
    },
  );
});

describe('numbers', () => {
  it.each(['1e999', '-1', '1.5', '9007199254740992', 'null', '"7"'])('that are no positions are refused: %s', (number) => {
    expect(readControl(`{"type":"pong","id":1,"position":${number}}`).ok).toBe(false);
  });

  it('that are too large to be told apart are refused wherever they may be fractions', () => {
    expect(readControl('{"type":"loop","loop_ms":1e999,"late_percent":0}').ok).toBe(false);
    expect(readControl('{"type":"loop","loop_ms":0.5,"late_percent":0}').ok).toBe(true);
  });
});
