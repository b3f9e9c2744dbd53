import { describe, expect, it } from 'vitest';
import { enterRoom, type RoomState } from '../../../src/state/room.js';
import { choosesLater, crowdText, lateWarning, secondsText, slowSingersText, timeTravelText } from '../../../src/features/line/time_travel.js';
import { person, settings, song, welcome } from '../../samples.js';

const idle = song({ state: 'none' });
const automatic = settings({ interval: 'automatic', interval_blocks: 21 });

function room(change: Partial<RoomState> = {}, bucket = 3): RoomState {
  const you = person({ id: 'me', name: 'Maria', bucket });
  const people = [person({ id: 'ann', name: 'Ann', leader: true }), you, person({ id: 'ben', name: 'Ben', bucket: 4 })];
  return { ...enterRoom(welcome({ you, people, leader: 'ann', settings: automatic })), song: song(), ...change };
}

describe('time travel', () => {
  it('is written as people read it', () => {
    expect([60, 94, 100, 420, 1_000, 2_800].map(secondsText)).toEqual(['0.06 s', '0.09 s', '0.1 s', '0.4 s', '1.0 s', '2.8 s']);
  });

  it('is known during a song and where it is set by hand', () => {
    expect(timeTravelText(room())).toBe('From group to group: 0.4 s.');
    expect(timeTravelText(room({ song: idle, settings: settings() }))).toBe('From group to group: 1.0 s.');
  });

  it('is told beforehand to those who know the connections', () => {
    expect(timeTravelText(room({ song: idle }))).toContain('chosen when the song starts');
    expect([room(), room({ song: idle }), room({ song: idle, settings: settings() })].map(choosesLater)).toEqual([false, true, false]);
    expect(timeTravelText(room({ song: idle, loops: { intervalMs: 260, slow: [] } }))).toBe('From group to group: 0.3 s, if the song starts now.');
  });
});

describe('slow connections', () => {
  const slow = (id: string, late = 0, loop_ms = 300): { id: string; loop_ms: number; late_percent: number } => ({ id, loop_ms, late_percent: late });
  const told = (ids: ReturnType<typeof slow>[], change: Partial<RoomState> = {}): string | null =>
    slowSingersText(room({ loops: { intervalMs: 420, slow: ids }, ...change }));

  it('are not spoken of where there are none', () => {
    expect(slowSingersText(room())).toBeNull();
    expect(told([])).toBeNull();
    expect(told([slow('me', 9), slow('unknown')])).toBeNull();
  });

  it('are named, with what to do', () => {
    expect(told([slow('ben', 0, 600)], { song: idle })).toBe('Slow connection: Ben (0.6 s). In the last group, nobody has to wait for it.');
    expect(told([slow('ben', 0, 600), slow('ann', 0, 700)], { song: idle })).toBe(
      'Slow connections: Ben (0.6 s) and Ann (0.7 s). In the last group, nobody has to wait for them.',
    );
    expect(told([slow('ben', 7.2), slow('ann', 3)])).toBe(
      '7 % of Ben’s and 3 % of Ann’s voice come too late for the group behind. Ask for a move to the last group; the next song leaves more time.',
    );
  });

  it('are told to the leader from the same loop time on as to the singer herself', () => {
    const toLeader = (loop_ms: number): string | null => told([slow('ben', 0, loop_ms)], { song: idle });
    const toSinger = (loopMs: number): string | null => lateWarning(room({ song: idle, loop: { loopMs, latePercent: 0 } }));
    for (const tell of [toLeader, toSinger]) {
      expect(tell(200)).toBeNull();
      expect(tell(499)).toBeNull();
      expect(tell(500)).toContain('0.5 s');
    }
    expect(told([slow('ben', 0, 600), slow('ann', 0, 200)], { song: idle })).toContain('connection: Ben (0.6 s).');
  });

  it('are no reason to wait where the interval is set by hand, but are too late where they are slower than it', () => {
    const byHand = (interval_blocks: number, change: Partial<RoomState> = {}): string | null =>
      told([slow('ben', 7)], { settings: settings({ interval_blocks }), ...change });
    expect(byHand(50, { song: idle })).toBeNull();
    expect(byHand(10, { song: idle })).toBe(
      'Slow connection: Ben (0.3 s). The groups are 0.2 s apart: ask for a move to the last group, or choose a longer time.',
    );
    expect(byHand(10)).toBe(
      '7 % of Ben’s voice comes too late for the group behind. Ask for a move to the last group, or choose a longer time for the next song.',
    );
  });
});

describe('warning of a late voice', () => {
  const late = (percent: number, change: Partial<RoomState> = {}, bucket = 3): string | null =>
    lateWarning(room({ loop: { loopMs: 500, latePercent: percent }, ...change }, bucket));

  it('is silent while all is well', () => {
    expect(lateWarning(room())).toBeNull();
    expect(late(0.5)).toBeNull();
    expect(late(50, {}, 4)).toBeNull();
    expect(late(50, { people: [person({ id: 'me', role: 'listener', bucket: 2 })] })).toBeNull();
    expect(late(0, { song: idle, loop: { loopMs: 200, latePercent: 0 } })).toBeNull();
    expect(late(0, { song: idle, settings: settings() })).toBeNull();
  });

  it('says by how much, and what to do', () => {
    expect(late(9)).toBe(
      '9 % of your voice comes too late for the next group: it takes 0.5 s, and the groups are 0.4 s apart. Move to the last group, or use a cable instead of Wi-Fi.',
    );
    // Rounded alike, the two would contradict the sentence.
    expect(late(9, { loop: { loopMs: 444, latePercent: 9 } })).toContain('it takes 0.44 s, and the groups are 0.42 s apart.');
    // What is quick enough now was held up before.
    expect(late(100, { loop: { loopMs: 410, latePercent: 100 } })).toBe(
      '100 % of your voice came too late for the next group: your connection or this device had stopped for a moment. If that goes on, use a cable instead of Wi-Fi, and close other programs.',
    );
    expect(late(40.4, { leader: 'me' }, 1)).toContain('0.4 s apart. Use a cable instead of Wi-Fi.');
    expect(late(9, { listeners: { count: 500, named: false }, people: [person({ id: 'me', bucket: 3 })] })).not.toBeNull();
  });

  it('speaks before the song to those for whom the others wait', () => {
    expect(late(0, { song: idle })).toBe(
      'Your connection is slow: your voice takes 0.5 s, and the groups behind you wait for it. Move to the last group, or use a cable instead of Wi-Fi.',
    );
  });
});

describe('who is here', () => {
  const alone = [person({ id: 'me' })];
  it('is counted', () => {
    expect(crowdText(room({ people: alone }))).toBe('You are alone so far: send the link.');
    expect(crowdText(room())).toBe('3 singers.');
    expect(crowdText(room({ listeners: { count: 9_970, named: false } }))).toBe('3 singers and 9,970 listeners.');
    expect(crowdText(room({ people: [...alone, person({ id: 'l', role: 'listener' })] }))).toBe('1 singer and 1 listener.');
    expect(crowdText(room({ people: [person({ id: 'l', connected: false }), ...alone] }))).toContain('alone');
  });
});
