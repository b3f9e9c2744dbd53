import { describe, expect, it } from 'vitest';
import { progressText, songProgress, songTitle, titleOf } from '../../../src/features/song/song_progress.js';
import { enterRoom, type RoomState } from '../../../src/state/room.js';
import { NO_PLAN } from '../../../src/wire/control/plan.js';
import { person, song, welcome } from '../../samples.js';

const S = 48_000;
const track = { id: 't', name: 'The_Water Is Wide.mp3', seconds: 80, channels: 2, loudness: null };

function room(change: Partial<RoomState> = {}): RoomState {
  const you = person({ bucket: 2 });
  return { ...enterRoom(welcome({ you, people: [you] })), ...change };
}

describe('how far the song is', () => {
  const playing = room({ song: song({ start: 10 * S, end: 90 * S, track }) });

  it('is told as one hears it oneself', () => {
    // Group 2 is one second behind.
    expect(songProgress(playing, 31 * S, null)).toEqual({ elapsedSeconds: 20, totalSeconds: 80 });
    expect(songProgress(playing, 31 * S, 25 * S)).toEqual({ elapsedSeconds: 15, totalSeconds: 80 });
    expect(songProgress(playing, 5 * S, null)).toEqual({ elapsedSeconds: 0, totalSeconds: 80 });
    expect(songProgress(playing, 500 * S, null)).toEqual({ elapsedSeconds: 80, totalSeconds: 80 });
    expect(songProgress(room(), 31 * S, null)).toBeNull();
    const counted = room({ song: song({ start: 10 * S, music: 14 * S, end: 94 * S }) });
    expect(songProgress(counted, 13 * S, null)).toEqual({ elapsedSeconds: 0, totalSeconds: 80 });
    expect(songProgress(counted, 35 * S, null)).toEqual({ elapsedSeconds: 20, totalSeconds: 80 });
  });

  it('is written without an end while nobody knows it', () => {
    const endless = songProgress(room({ song: song({ start: 10 * S }) }), 83 * S, null);
    expect(endless && progressText(endless)).toBe('1:12');
    expect(progressText({ elapsedSeconds: 72.9, totalSeconds: 176 })).toBe('1:12 of 2:56');
  });
});

describe('the title', () => {
  it('is the track’s name without what names its kind', () => {
    expect(['The_Water Is Wide.mp3', 'Opus 5. Kyrie', '.wav', 'Amen'].map(titleOf)).toEqual(['The Water Is Wide', 'Opus 5. Kyrie', '.wav', 'Amen']);
  });

  it('is that of the song, or of what would be sung next', () => {
    const other = { ...track, id: 'o', name: 'Amen.ogg' };
    expect(songTitle(room())).toBeNull();
    expect(songTitle(room({ song: song() }))).toBe('Voices alone');
    expect(songTitle(room({ tracks: [track, other], track: 'o' }))).toBe('Amen');
    expect(songTitle(room({ tracks: [track, other], track: 'o', song: song({ track }) }))).toBe('The Water Is Wide');
  });

  it('is that of the words where there is no track', () => {
    const sheet = { id: 'w', title: 'Evening', format: 'plain', lines: 3, timed: 0, version: 1 };
    expect(songTitle(room({ sheets: [sheet], plan: { ...NO_PLAN, words: 'w' } }))).toBe('Evening');
    expect(songTitle(room({ sheets: [sheet], plan: { ...NO_PLAN, words: 'w' }, song: song() }))).toBe('Evening');
    expect(songTitle(room({ sheets: [sheet], plan: { ...NO_PLAN, words: 'w' }, song: song({ track }) }))).toBe('The Water Is Wide');
    expect(songTitle(room({ sheets: [sheet], song: song() }))).toBe('Voices alone');
  });
});
