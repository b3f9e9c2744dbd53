// The keys of headphones, keyboards and lock screens, and what is shown there.
import { effect } from '@preact/signals';
import type { LibrarySong } from '../../net/library.js';
import { COVER_SIDES, coverAddress } from '../../net/library_covers.js';
import type { Player } from './player.js';

const STEP_S = 10;
const ACTIONS = ['play', 'pause', 'previoustrack', 'nexttrack', 'seekto', 'seekbackward', 'seekforward'] as const;

/** Empty: it has no picture. */
export function artworkOf({ id, cover }: LibrarySong): MediaImage[] {
  if (cover === null) return [];
  return COVER_SIDES.map((side) => ({ src: coverAddress('songs', id, cover, side), sizes: `${side}x${side}`, type: 'image/webp' }));
}

/** The result undoes it. */
export function followMediaKeys(player: Player, session: MediaSession | undefined = navigator.mediaSession): () => void {
  if (!session) return () => undefined;
  const by = (seconds: number): void => player.seek(Math.max(0, Math.min(player.lengthS.value, player.atS.value + seconds)));
  const calls: Record<(typeof ACTIONS)[number], MediaSessionActionHandler> = {
    // A key that only plays does not pause what plays already.
    play: () => (player.failed.value || !player.on.value) && player.press(),
    pause: () => player.pause(),
    previoustrack: () => player.previous(),
    nexttrack: () => void player.next(),
    seekto: ({ seekTime }) => player.seek(seekTime ?? 0),
    seekbackward: ({ seekOffset }) => by(-(seekOffset ?? STEP_S)),
    seekforward: ({ seekOffset }) => by(seekOffset ?? STEP_S),
  };
  const set = (name: (typeof ACTIONS)[number], call: MediaSessionActionHandler | null): void => {
    try {
      session.setActionHandler(name, call);
    } catch {
      // A browser that has no such key.
    }
  };
  ACTIONS.forEach((name) => set(name, calls[name]));
  const stops = [
    effect(() => {
      const song = player.current.value;
      session.metadata =
        song === null ? null : new MediaMetadata({ title: song.title, artist: song.artist ?? '', album: song.album ?? '', artwork: artworkOf(song) });
    }),
    effect(() => {
      session.playbackState = player.current.value === null ? 'none' : player.on.value ? 'playing' : 'paused';
    }),
    effect(() => {
      const [duration, position] = [player.lengthS.value, player.atS.value];
      if (duration > 0) session.setPositionState?.({ duration, position: Math.min(position, duration), playbackRate: 1 });
    }),
  ];
  return () => {
    stops.forEach((stop) => stop());
    ACTIONS.forEach((name) => set(name, null));
    session.metadata = null;
    session.playbackState = 'none';
  };
}
