import { describe, expect, it } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import type { FileUnderWay } from '../../../src/features/library/uploads.js';
import { Library } from '../../../src/features/library/library.js';
import { PlayerBar } from '../../../src/features/library/player_bar.js';
import { SongList } from '../../../src/features/library/song_list.js';
import { SoundShape } from '../../../src/page/parts/sound_shape.js';
import { silentPlayer, songNamed } from './samples.js';

describe('the list of songs', () => {
  const list = (library: Library): string => renderToString(<SongList library={library} player={silentPlayer()} />);

  it('says what is there, and what to do where nothing is', () => {
    const library = new Library();
    library.songs.shown.value = [];
    expect(list(library)).toContain('There are no songs here yet.');
    expect(list(library)).toContain('Log in to upload songs of your own.');
    library.songs.typed.value = 'xyz';
    expect(list(library)).toContain('No song is called that.');
    library.songs.shown.value = [songNamed('Dona', { private: true, artist: 'Anon', length_ms: 61_000 }), songNamed('<b>', { id: 2 })];
    const html = list(library);
    expect(html).toContain('2 songs');
    expect(html).toContain('Anon · 1:01');
    expect(html).toContain('aria-label="Play Dona"');
    expect(html).toContain('href="/library/songs/2"');
    expect(html).not.toContain('<b>');
    // Nothing leads to what is not there.
    expect(html).not.toMatch(/href="#library-(lists|new)"/);
  });

  it('offers to try again after trouble', () => {
    const library = new Library();
    library.songs.problem.value = 'Too busy.';
    expect(list(library)).toMatch(/role="alert">Too busy\..*Try again/);
  });

  it('offers what is done with all that came although one was refused, and shows what waits for a login', () => {
    const library = new Library();
    const one = {
      key: 1,
      file: new File(['sound'], 'a.mp3'),
      state: 'there',
      share: 1,
      problem: '',
      again: false,
      song: null,
      known: false,
    } as const;
    const files: FileUnderWay[] = [
      { ...one, song: songNamed('First', { id: 1, private: true }) },
      { ...one, key: 2, song: songNamed('Second', { id: 2, private: true }) },
      { ...one, key: 3, file: new File(['words'], 'notes.txt'), state: 'refused', problem: 'This is no sound.' },
    ];
    library.uploads.files.value = files;
    library.account.value = { id: 3, username: 'Ann', role: 'member' };
    expect(list(library)).toContain('Open all of them to everybody');
    // No other try would help: the sentence, and a button that takes the line away.
    expect(list(library)).toMatch(/did not come: This is no sound\..*aria-label="Leave out notes\.txt"/);
    expect(list(library)).not.toContain('Try again');
    library.uploads.files.value = [...files, { ...one, key: 4, state: 'refused', problem: 'Too busy.', again: true }];
    expect(list(library)).toContain('Try again');
    library.uploads.files.value = files;
    library.account.value = null;
    expect(list(library)).toMatch(/Log in to upload songs of your own\..*“notes\.txt” did not come: This is no sound\./);
    library.uploads.files.value = files.slice(0, 2);
    expect(list(library)).not.toContain('First');
    library.uploads.clear();
  });

  it('takes files of whoever is logged in', () => {
    const library = new Library();
    library.account.value = { id: 1, username: 'Ann', role: 'member' };
    expect(list(library)).toContain('Upload songs');
    expect(list(library)).toContain('href="#library-new"');
  });
});

describe('the shape of a sound', () => {
  it('is drawn as far as it was heard, and says nothing', () => {
    const html = renderToString(<SoundShape path="M0 1Z" share={0.25} />);
    expect(html).toContain('aria-hidden="true"');
    expect(html).toContain('inset(0 75.00% 0 0)');
  });
});

describe('the player', () => {
  it('is not there before something is played', () => {
    const player = silentPlayer();
    expect(renderToString(<PlayerBar player={player} />)).toBe('');
    player.playAll([songNamed('Dona', { length_ms: 90_000 })], 0);
    const html = renderToString(<PlayerBar player={player} />);
    expect(html).toContain('aria-valuetext="0:00 of 1:30"');
    expect(html).toMatch(/disabled[^>]*aria-label="Next song"|aria-label="Next song"[^>]*disabled/);
  });
});
