import { describe, expect, it } from 'vitest';
import { Player, type Sound } from '../../../src/features/library/player.js';
import { SmallerFiles } from '../../../src/features/library/smaller_files.js';
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

describe('songs as smaller files', () => {
  const small = (id: number): string => `/api/library/songs/${id}/song.opus?kbits=96&meanwhile=original`;
  const whole = (id: number): string => `/api/library/songs/${id}/song.mp3`;

  function saving(): { sound: FakeSound; player: Player; wished: number[] } {
    const sound = new FakeSound();
    const wished: number[] = [];
    const smaller = new SmallerFiles(true, (song) => wished.push(song));
    smaller.choose(true);
    const player = new Player(sound, smaller);
    player.playAll([a, b, c], 0);
    return { sound, player, wished };
  }

  it('are played, and the next one is made while this one is heard', () => {
    const { sound, player, wished } = saving();
    expect([sound.src, wished]).toEqual([small(1), [2]]);
    player.next();
    expect([sound.src, wished]).toEqual([small(2), [2, 3]]);
    player.begin(0);
    expect(wished).toEqual([2, 3]);
    player.smaller.choose(false);
    player.next();
    expect(sound.src).toBe(whole(2));
  });

  it('give way to the song as it is where they cannot be played, at the same place', () => {
    const { sound, player } = saving();
    sound.at(12);
    sound.paused = true;
    sound.tell('error');
    expect([sound.src, sound.currentTime, sound.paused, player.failed.value]).toEqual([whole(1), 12, false, false]);
    sound.tell('error');
    expect(player.failed.value).toBe(true);
    player.press();
    expect(sound.src).toBe(whole(1));
    player.next();
    expect(sound.src).toBe(small(2));
  });

  it('follow one another without a gap as the others do', () => {
    const sound = new FakeSound();
    const smaller = new SmallerFiles(true, () => undefined);
    const player = new Player(sound, smaller);
    smaller.choose(true);
    player.playAll([songNamed('A', { id: 1, album_id: 7 }), songNamed('B', { id: 2, album_id: 7 })], 0);
    expect((sound as Sound).following).toBe(small(2));
  });

  it('are not offered where the browser cannot play them', () => {
    const smaller = new SmallerFiles(false, () => undefined);
    expect([smaller.on.value, smaller.address(1)]).toEqual([false, whole(1)]);
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

  it('goes on with the next when one is not there any more, and says which', () => {
    const { sound, player } = playing(1);
    const failed: string[] = [];
    player.onFailed = (song) => failed.push(song.title);
    sound.tell('error');
    player.lost(b);
    expect([failed, titles(player), player.current.value?.title, player.on.value, player.missed.value]).toEqual([['B'], ['A', 'C'], 'C', true, 'B']);
    sound.tell('error');
    player.lost(c);
    expect([player.current.value, player.missed.value]).toEqual([null, 'C']);
    player.playAll([a], 0);
    expect([player.current.value?.title, player.missed.value]).toEqual(['A', null]);
  });
});
