import { describe, expect, it, vi } from 'vitest';
import { isValidElement, toChildArray, type ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { InAppNote } from '../../src/features/door/browser_note.js';
import { Crash } from '../../src/page/crash.js';
import { Door } from '../../src/features/door/door.js';
import { nextStep } from '../../src/features/door/refusals.js';
import type { RoomCard } from '../../src/net/answers.js';
import { EndedPage } from '../../src/features/leaving/ended.js';
import { Home } from '../../src/page/home.js';
import { HowItWorks } from '../../src/page/how_it_works.js';
import { NumberInput } from '../../src/page/parts/parts.js';
import { routeOf } from '../../src/page/routes.js';
import { words as french } from '../../src/i18n/fr/index.js';
import { en } from '../../src/i18n/en/index.js';
import { speak } from '../../src/i18n/words.js';
import { spoken } from '../../src/features/song/status_line.js';
import { KeepTrack } from '../../src/features/tracks/keep_track.js';
import { Tracks } from '../../src/features/tracks/tracks.js';
import { Unsupported } from '../../src/features/door/unsupported.js';
import { trackIn } from '../../src/net/upload.js';
import type { ConnectionState } from '../../src/net/connection.js';
import type { Ending } from '../../src/net/reconnect.js';
import { RecordingsList } from '../../src/features/recording/recordings_list.js';
import { MicrophonePicker } from '../../src/features/sound/microphone_picker.js';
import { SoundFaultProblem } from '../../src/features/sound/sound_trouble.js';
import { OwnMicrophone } from '../../src/features/sound/own_microphone.js';
import { enterRoom, type RoomState } from '../../src/state/room.js';
import type { Session } from '../../src/session/session.js';
import { deviceAs } from '../features/device/agents.js';
import { withRights } from '../rights.js';
import { song, welcome } from '../samples.js';

describe('addresses', () => {
  it('lead to the first page, to a room, or nowhere', () => {
    expect(routeOf('/')).toEqual({ page: 'home' });
    expect(routeOf('/r/abc%20d')).toEqual({ page: 'room', room: 'abc d' });
    expect(routeOf('/r/abc/')).toEqual({ page: 'room', room: 'abc' });
    for (const path of ['/r/', '/r/a/b', '/x', '/r/%zz']) expect(routeOf(path)).toEqual({ page: 'nowhere' });
  });
});

describe('the first page', () => {
  it('cuts no name of forty characters, however many units they take', () => {
    expect(renderToString(<Home />)).toMatch(/id="room-name"[^>]* maxlength="320"/);
  });
});

describe('the end of a visit', () => {
  const endings: Ending[] = ['removed', 'deleted', 'elsewhere', 'too_many_errors', 'too_large'];

  it.each(endings)('%s has words of its own and a way on', (ending) => {
    const html = renderToString(
      <EndedPage connection={{ state: 'ended', ending, error: null }} room="abc" recordings={<RecordingsList title="Your recordings" />} />,
    );
    expect(html).toMatch(/<h1[ >]/);
    expect(html).toContain('<button');
  });
});

describe('the door', () => {
  const plain: RoomCard = { room: 'abc', name: 'Choir', people: 1, password: false, locked: false, parts: [], start_muted: false, recording: 'off' };
  const door = (connection: ConnectionState | null, card: RoomCard = plain): string => {
    const microphone = new OwnMicrophone(null, () => Promise.reject(new Error('no sound here')));
    const session = { roomId: 'abc', connection: { value: connection }, soundFault: { value: null }, microphone } as unknown as Session;
    return renderToString(
      <Door
        session={session}
        card={card}
        lacking={[]}
        microphone={<MicrophonePicker session={session} />}
        soundFault={<SoundFaultProblem session={session} />}
        recordings={<RecordingsList title="Your recordings" />}
      />,
    );
  };
  const refused = (code: string): string => door({ state: 'refused', error: { type: 'error', code, message: 'Not like this.', about: null } });

  it('repeats why the server did not let one in, and can be used again', () => {
    for (const code of ['bad_name', 'room_full', 'not_allowed', 'bad_version', 'whatever']) {
      const html = refused(code);
      expect(html).toContain('Not like this.');
      expect(html).toMatch(/<button type="submit"(?![^>]*disabled)[^>]*>Go in</);
    }
  });

  it('says it in the language of the page', async () => {
    const { words } = await import('../../src/i18n/de/index.js');
    speak('de', words);
    const error = { type: 'error', message: 'In English.', about: null } as const;
    const full = door({
      state: 'refused',
      error: { ...error, code: 'room_full_singers', sentence: 'room_is_full_of_singers_listen', values: { most: 40 } },
    });
    const password = door({ state: 'refused', error: { ...error, code: 'bad_password', sentence: 'wrong_password' } });
    speak('en', en);
    expect(full).toContain('zum Singen kein Platz mehr: 40 singen schon. Komm zum Zuhören herein.');
    expect(password).toContain('Das ist nicht das Passwort des Raums. Auf große und kleine Buchstaben kommt es an.');
    expect(full + password).not.toContain('In English.');
  });

  it('asks for a password where the room has one, or the server says so, and tells what helps', () => {
    expect(door(null)).not.toContain('password');
    expect(door(null, { ...plain, password: true })).toMatch(/<input[^>]* type="password"/);
    for (const code of ['password_needed', 'bad_password', 'too_many_tries']) {
      const html = refused(code);
      expect(html).toMatch(/id="room-password"[^>]*aria-invalid="true"/);
      // Beside the field, and read out with it.
      expect(html).toMatch(/aria-describedby="password-problem"/);
      expect(html.split('Not like this.')).toHaveLength(2);
      expect(html).toContain(`Not like this. ${nextStep(code)}`.trim());
    }
    expect(refused('removed')).toContain('ask the organiser to let you in again');
    expect(door(null, { ...plain, locked: true })).toContain('closed to newcomers');
  });

  it('asks singers for the voice, of those that the room has', () => {
    expect(door(null)).not.toContain('Your voice');
    const html = door(null, { ...plain, parts: ['Soprano', 'Bass'] });
    expect(html).toContain('Your voice');
    for (const part of ['none, or I do not know', 'Soprano', 'Bass']) expect(html).toContain(`>${part}</option>`);
  });

  it('offers to listen where only singers are too many', () => {
    expect(refused('server_full_singers')).toContain('Listen instead');
    expect(refused('room_full_singers')).toContain('Listen instead');
    expect(refused('room_full')).not.toContain('Listen instead');
  });

  it('says what hinders and when it is tried again, for as long as one likes to wait', () => {
    const html = door({ state: 'waiting', attempt: 2, untilMs: Date.now() + 2_500, why: 'blocked' });
    expect(html).toContain('WebSocket');
    expect(html).toContain('another network');
    expect(html).toContain('Trying again in 3 s.');
    expect(html).toContain('Try now');
    expect(html).toMatch(/<button type="submit"(?![^>]*disabled)/);
    // It stays while it is being tried.
    expect(door({ state: 'connecting', attempt: 2, why: 'blocked' })).toContain('another network');
    expect(door({ state: 'connecting', attempt: 0, why: 'lost' })).toContain('Going in ...');
    expect(door({ state: 'given_up', why: 'unreachable' })).toContain('cannot be reached');
  });
});

describe('pages', () => {
  it('have no style in their markup: the server forbids it', () => {
    const html = renderToString(<HowItWorks />) + renderToString(<Crash message="x" />);
    expect(html).not.toContain('style=');
  });

  it('name what is missing and what to do', () => {
    vi.stubGlobal('location', { origin: 'https://sing.example', pathname: '/r/abc' });
    const lacks = { what: 'shared memory', technical: 'SharedArrayBuffer', todo: 'Use Chrome.' };
    const html = renderToString(<Unsupported missing={[lacks, { ...lacks, technical: 'AudioWorklet' }]} wayOut={null} />);
    expect(html).toContain('SharedArrayBuffer');
    expect(html).toContain('AudioWorklet');
    // Said once.
    expect(html.split('Use Chrome.').length).toBe(2);
    expect(html).toContain('value="https://sing.example/r/abc"');
    const inApp = renderToString(<Unsupported missing={[lacks]} wayOut={<InAppNote device={deviceAs('instagram iphone')} />} />);
    expect(inApp).toContain('the browser within Instagram');
    expect(inApp).toContain('Open in external browser');
    expect(inApp).toContain('Copy');
    expect(inApp).not.toContain('Use Chrome.');
    expect(renderToString(<InAppNote device={deviceAs('iphone safari')} />)).toBe('');
    vi.unstubAllGlobals();
  });
});

describe('what a screen reader says of the song', () => {
  const say = (sentence: string, hint = ''): string => spoken({ tone: 'soon', sentence, hint, short: '' });

  it('does not change with every second', () => {
    const said = [12, 11, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((s) => say(`The song reaches you in ${s} s.`));
    expect(new Set(said).size).toBe(4);
    expect(said[0]).toBe('The song reaches you soon.');
    expect(said.at(-1)).toBe('The song reaches you now.');
    expect(say('You are hearing the song.', 'Sing along.')).toBe('You are hearing the song. Sing along.');
  });

  it('does not in another language either', () => {
    speak('fr', french);
    expect(say(french.song.theSongReachesYouIn({ seconds: 12 }))).toBe('Le chant vous parvient bientôt.');
    expect(new Set([9, 8, 7, 6].map((seconds) => say(french.song.theSongReachesYouIn({ seconds })))).size).toBe(1);
    speak('en', en);
  });
});

describe('a number field', () => {
  interface Handlers {
    value: string | number;
    onInput: (event: { currentTarget: { value: string } }) => void;
    onChange: (event: { currentTarget: { valueAsNumber: number } }) => void;
    onBlur: (event: { currentTarget: { valueAsNumber: number } }) => void;
  }
  const inputOf = (children: ComponentChildren): Handlers | null => {
    for (const child of toChildArray(children)) {
      if (!isValidElement(child)) continue;
      if (child.type === 'input') return child.props as unknown as Handlers;
      const inside = inputOf((child.props as { children?: ComponentChildren }).children);
      if (inside) return inside;
    }
    return null;
  };
  const interval = { label: 'Interval', unit: 'seconds', value: 1, least: 0.06, most: 10, step: 0.02 };
  /** Types a number (NaN: nothing, or what is none) and goes on: what the field shows then, and what it gave. */
  const typed = (number: number): { shown: number; given: number[] } => {
    const given: number[] = [];
    const field = NumberInput({ ...interval, typed: null, onType: () => {}, onValue: (n) => given.push(n) });
    const event = { currentTarget: { valueAsNumber: number, value: '' } };
    const input = inputOf(field) as Handlers;
    input.onChange(event);
    input.onBlur(event);
    return { shown: event.currentTarget.valueAsNumber, given };
  };

  it('gives what was typed, within its limits', () => {
    expect(typed(2)).toEqual({ shown: 2, given: [2] });
    expect(typed(11)).toEqual({ shown: 10, given: [10] });
  });

  it('takes what lies between two steps to the nearer one', () => {
    expect(typed(1.013)).toEqual({ shown: 1.02, given: [1.02] });
    expect(typed(0.07)).toEqual({ shown: 0.08, given: [0.08] });
  });

  it('shows the value in force again where it was left without a number', () => {
    expect(typed(NaN)).toEqual({ shown: 1, given: [] });
  });

  it('keeps what is half typed when it is drawn anew', () => {
    let half: string | null = null;
    const draw = (): Handlers => inputOf(NumberInput({ ...interval, typed: half, onType: (text) => (half = text), onValue: () => {} })) as Handlers;
    expect(draw().value).toBe(1);
    draw().onInput({ currentTarget: { value: '2.' } });
    expect(draw().value).toBe('2.');
    draw().onInput({ currentTarget: { value: '' } });
    expect(draw().value).toBe('');
    draw().onBlur({ currentTarget: { valueAsNumber: NaN } });
    expect(draw().value).toBe(1);
  });
});

describe('backing tracks', () => {
  const track = (id: string): RoomState['tracks'][number] => ({ id, name: id, seconds: 9, channels: 2, loudness: null });
  const room: RoomState = { ...enterRoom(welcome()), tracks: [track('mine'), track('other')] };
  /** Which bins and which choices can be pressed. */
  const pressable = (change: Partial<RoomState>, connected = true): { bins: string[]; choices: number } => {
    const session = { connected: { value: connected }, uploads: { value: ['mine'] } } as unknown as Session;
    const html = renderToString(<Tracks session={session} room={withRights({ ...room, ...change })} />);
    expect(html).not.toMatch(/<fieldset[^>]* disabled/);
    const active = (tags: RegExp): string[] => (html.match(tags) ?? []).filter((tag) => !/ disabled/.test(tag));
    const bins = active(/<button[^>]*aria-label="Delete[^>]*>/g).map((tag) => /Delete (\w+)/.exec(tag)?.[1] ?? '');
    return { bins, choices: active(/<input type="radio"[^>]*>/g).length };
  };

  it('that came from the library are said to be there, and are not offered to be kept in it once more', () => {
    const session = { roomId: 'abc', connected: { value: true }, uploads: { value: ['mine'] } } as unknown as Session;
    const html = (one: RoomState['tracks'][number]): string => renderToString(<KeepTrack session={session} room={{ ...room, tracks: [one] }} />);
    expect(html({ ...track('mine'), library_song: 7 })).toMatch(/From the library: <a href="\/library\/songs\/7"[^>]*>mine</);
    expect(html(track('mine'))).not.toContain('From the library');
  });

  it('can be deleted by the organiser and by those who uploaded them, and by nobody else', () => {
    expect(pressable({})).toEqual({ bins: ['mine'], choices: 0 });
    expect(pressable({ leader: room.you })).toEqual({ bins: ['mine'], choices: 3 });
    expect(pressable({ organiser: true })).toEqual({ bins: ['mine', 'other'], choices: 3 });
    expect(pressable({ organiser: true, song: song() })).toEqual({ bins: ['mine', 'other'], choices: 3 });
    expect(pressable({ organiser: true }, false)).toEqual({ bins: [], choices: 0 });
  });

  it('are known by the id that the server gives to an upload', () => {
    expect(trackIn({ track: track('mine') })).toEqual({ ok: true, value: 'mine' });
    expect(trackIn(null).ok).toBe(false);
  });
});
