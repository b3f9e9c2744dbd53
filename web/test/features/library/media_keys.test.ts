import { afterEach, expect, it, vi } from 'vitest';
import { followMediaKeys } from '../../../src/features/library/media_keys.js';
import { Player } from '../../../src/features/library/player.js';
import { songNamed } from './samples.js';

class FakeSound extends EventTarget {
  src = '';
  currentTime = 0;
  duration = 60;
  paused = true;

  play(): Promise<void> {
    this.turn(false);
    return Promise.resolve();
  }

  pause(): void {
    this.turn(true);
  }

  load(): void {
    this.currentTime = 0;
  }

  removeAttribute(): void {
    this.src = '';
  }

  private turn(paused: boolean): void {
    this.paused = paused;
    this.dispatchEvent(new Event(paused ? 'pause' : 'play'));
  }
}

/** The keys of a device, as a browser hands them on. */
class Keys {
  metadata: unknown = null;
  playbackState = 'none';
  private readonly calls = new Map<string, ((details: object) => void) | null>();

  setActionHandler(name: string, call: ((details: object) => void) | null): void {
    this.calls.set(name, call);
  }

  press(name: string): void {
    this.calls.get(name)?.({});
  }
}

afterEach(() => vi.unstubAllGlobals());

it('keys that play or pause do that alone, however often they are pressed', () => {
  vi.stubGlobal('MediaMetadata', class {});
  const sound = new FakeSound();
  const player = new Player(sound);
  const keys = new Keys();
  const unfollow = followMediaKeys(player, keys as unknown as MediaSession);
  player.playAll([songNamed('First', { id: 1 }), songNamed('Second', { id: 2 })], 0);
  const after = (key: string): string => {
    keys.press(key);
    return `${player.current.value?.title} ${keys.playbackState}`;
  };
  expect([after('play'), after('pause'), after('pause'), after('play'), after('play')]).toEqual([
    'First playing',
    'First paused',
    'First paused',
    'First playing',
    'First playing',
  ]);
  expect(after('nexttrack')).toBe('Second playing');
  expect(after('previoustrack')).toBe('First playing');
  unfollow();
  expect([after('pause'), player.on.value]).toEqual(['First none', true]);
});
