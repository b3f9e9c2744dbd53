// Sample values of the protocol, for tests.
import { NO_PLAN, type Person, type Settings, type Song, type Welcome } from '../src/wire/control/control.js';

export function person(change: Partial<Person> = {}): Person {
  const base: Person = {
    id: 'a',
    name: 'Ann',
    bucket: 1,
    role: 'singer',
    muted: false,
    leader: false,
    connected: true,
    robot: false,
    part: '',
    organiser: false,
    engineer: false,
    may_lead: false,
    held: false,
    hand: 0,
    away: false,
    left_out: false,
  };
  return { ...base, ...change };
}

export function song(change: Partial<Song> = {}): Song {
  const base: Song = {
    number: 1,
    start: 96_000,
    music: change.start ?? 96_000,
    end: null,
    track: null,
    plan: NO_PLAN,
    parts: [],
    state: 'playing',
    recording: false,
    record_next: false,
    recording_trouble: false,
  };
  return { ...base, ...change };
}

export function settings(change: Partial<Settings> = {}): Settings {
  const base: Settings = {
    interval: 'by_hand',
    interval_blocks: 50,
    first_offset_blocks: 0,
    buckets: 4,
    offsets: [0, 50, 100, 150],
    automatic_gain: true,
    ring_blocks: 6_000,
    volume: 1,
    backing_volume: 1,
    leader_boost_db: 6.002,
    level_match: false,
  };
  return { ...base, ...change };
}

export function welcome(change: Partial<Welcome> = {}): Welcome {
  const you = person();
  const base: Welcome = {
    type: 'welcome',
    version: 1,
    you,
    token: 'token',
    organiser: false,
    room: {
      id: 'abc',
      name: 'Monday choir',
      listed: false,
      locked: false,
      password: false,
      leads: 'singers',
      parts: ['Soprano', 'Alto', 'Tenor', 'Bass'],
      part_buckets: {},
      chat: true,
      recording: 'ask',
      recordings_for: 'everyone',
      recordings_days: 30,
    },
    rights: ['lead', 'bucket', 'mute', 'role', 'name', 'part', 'leave'],
    removed: [],
    loudspeakers: [],
    people: [you],
    listeners: { count: 0, named: true },
    leader: null,
    lead_asked: null,
    song: song({ number: 0, start: 0, state: 'none' }),
    settings: settings(),
    plan: NO_PLAN,
    tracks: [],
    track: null,
    sheets: [],
    scores: [],
    position: 48_000,
    mix_delay: 120,
    backing_gain: 0.192,
  };
  return { ...base, ...change };
}
