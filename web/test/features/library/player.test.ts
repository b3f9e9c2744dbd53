import { describe, expect, it } from 'vitest';
import { Player, type Sound } from '../../../src/features/library/player.js';
import { songNamed } from './samples.js';

/** An audio element as far as it is used: it plays when told, and tells what happens to it. */
class FakeSound extends EventTarget implements Sound {
  src = '';
  currentTime = 0;
  duration = NaN;
  paused = true;

  play(): Promise<void> {
    this.paused = false;
    this.dispatchEvent(new Event('play'));
    return Promise.resolve();
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
  }

  load(): void {
    this.currentTime = 0;
  }

  removeAttribute(): void {
    this.src = '';
  }

  at(seconds: number): void {
    this.currentTime = seconds;
    this.dispatchEvent(new Event('timeupdate'));
  }

  tell(name: 'ended' | 'error' | 'durationchange'): void {
    if (name === 'ended') this.pause();
    this.dispatchEvent(new Event(name));
  }
}

const [a, b, c] = ['A', 'B', 'C'].map((title, i) => songNamed(title, { id: i + 1, length_ms: 60_000 })) as [
  ReturnType<typeof songNamed>,
  ReturnType<typeof songNamed>,
  ReturnType<typeof songNamed>,
];

function playing(from = 0): { sound: FakeSound; player: Player } {
  const sound = new FakeSound();
  const player = new Player(sound);
  player.playAll([a, b, c], from);
  return { sound, player };
}

const titles = (player: Player): string[] => player.queue.value.map(({ song }) => song.title);

describe('songs of one album', () => {
  it('follow one another without a gap; others do not', () => {
    const sound = new FakeSound();
    const order: string[] = [];
    let src = '';
    Object.defineProperty(sound, 'src', { get: () => src, set: (next: string) => order.push((src = next)) });
    Object.defineProperty(sound, 'following', { set: (next: string | null) => order.push(`then ${next}`) });
    const player = new Player(sound);
    order.length = 0;
    player.playAll([songNamed('A', { id: 1, album_id: 7 }), songNamed('B', { id: 2, album_id: 7 }), songNamed('C', { id: 3, album_id: 8 })], 0);
    const address = (id: number): string => `/api/library/songs/${id}/song.mp3`;
    expect(order).toContain(`then ${address(2)}`);
    order.length = 0;
    sound.tell('ended');
    expect(order).toEqual([address(2), 'then null']);
  });
});

describe('the player', () => {
  it('plays one song after the other, and stops behind the last one', () => {
    const { sound, player } = playing(1);
    expect([player.current.value?.title, sound.src, player.on.value, player.lengthS.value]).toEqual(['B', '/api/library/songs/2/song.mp3', true, 60]);
    sound.tell('ended');
    expect([player.current.value?.title, player.on.value]).toEqual(['C', true]);
    sound.tell('ended');
    expect([player.current.value?.title, player.on.value]).toEqual(['C', false]);
  });

  it('believes the sound where the catalogue says another length', () => {
    const { sound, player } = playing();
    sound.duration = 61.5;
    sound.tell('durationchange');
    expect(player.lengthS.value).toBe(61.5);
    sound.duration = Infinity;
    sound.tell('durationchange');
    expect(player.lengthS.value).toBe(61.5);
  });

  it('goes back to the beginning first, and then to the song before', () => {
    const { sound, player } = playing(1);
    sound.at(20);
    player.previous();
    expect([player.current.value?.title, sound.currentTime, player.atS.value]).toEqual(['B', 0, 0]);
    player.previous();
    expect(player.current.value?.title).toBe('A');
  });

  it('passes over songs without sound', () => {
    const player = new Player(new FakeSound());
    player.playAll([{ ...a, hash: null }, b, { ...a, hash: null }, c], 3);
    expect([titles(player), player.current.value?.title]).toEqual([['B', 'C'], 'C']);
  });

  it('begins with the first song that is put into an empty queue, and lets others wait', () => {
    const sound = new FakeSound();
    const player = new Player(sound);
    player.add(a);
    player.add(a);
    expect([titles(player), player.place.value, player.on.value]).toEqual([['A', 'A'], 0, true]);
    const keys = player.queue.value.map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it('stays with its song when others leave the queue, and takes the next when its own does', () => {
    const { sound, player } = playing(1);
    player.remove(0);
    expect([player.current.value?.title, player.place.value, sound.src]).toEqual(['B', 0, '/api/library/songs/2/song.mp3']);
    player.remove(0);
    expect([player.current.value?.title, player.on.value, sound.src]).toEqual(['C', true, '/api/library/songs/3/song.mp3']);
    player.pause();
    player.remove(0);
    expect([player.current.value, player.on.value, sound.src]).toEqual([null, false, '']);
  });

  it('does not begin to sound when it was silent and its song leaves', () => {
    const { sound, player } = playing();
    player.pause();
    player.remove(0);
    expect([player.current.value?.title, sound.src, player.on.value]).toEqual(['B', '/api/library/songs/2/song.mp3', false]);
  });

  it('tells once that a song was heard: half of it, or half a minute', () => {
    const { sound, player } = playing();
    const heard: string[] = [];
    player.onHeard = ({ title }) => heard.push(title);
    sound.at(29);
    expect(heard).toEqual([]);
    sound.at(30);
    sound.at(31);
    player.next();
    sound.duration = 10;
    sound.tell('durationchange');
    sound.at(6);
    expect(heard).toEqual(['A', 'B']);
  });

  it('shows new titles, and drops what was deleted, wherever it stands', () => {
    const { player } = playing();
    player.add(a);
    player.follow(2, { ...b, title: 'Bee' });
    expect(titles(player)).toEqual(['A', 'Bee', 'C', 'A']);
    player.follow(1, null);
    expect([titles(player), player.current.value?.title]).toEqual([['Bee', 'C'], 'Bee']);
  });

  it('says when a song cannot be played, and tries it anew at the next press', () => {
    const { sound, player } = playing();
    sound.pause();
    sound.tell('error');
    expect([player.failed.value, player.on.value]).toEqual([true, false]);
    sound.src = '';
    player.press();
    expect([player.failed.value, player.on.value, sound.src]).toEqual([false, true, '/api/library/songs/1/song.mp3']);
    player.end();
    sound.tell('error');
    expect(player.failed.value).toBe(false);
  });
});
