// Songs for tests.
import { Player } from '../../../src/features/library/player.js';
import type { LibrarySong } from '../../../src/net/library.js';

export function songNamed(title: string, more: Partial<LibrarySong> = {}): LibrarySong {
  return {
    id: 1,
    title,
    hash: 'ab12',
    uploader_id: null,
    status: 'UPLOADED',
    failure: null,
    private: false,
    artist_id: null,
    album_id: null,
    has_words: false,
    cover: null,
    own_cover: false,
    created: 0,
    ...more,
  };
}

/** One that plays nothing. */
export function silentPlayer(): Player {
  const nothing = (): void => undefined;
  return new Player({
    src: '',
    currentTime: 0,
    duration: NaN,
    paused: true,
    play: () => Promise.resolve(),
    pause: nothing,
    load: nothing,
    removeAttribute: nothing,
    addEventListener: nothing,
  });
}
