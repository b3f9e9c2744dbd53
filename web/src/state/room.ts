// The room as the server describes it. Pure: a state and a message give the next state.
import type { ServerMessage, Welcome } from '../wire/control.js';
import type { Listeners, Person, RoomName, Settings, SlowSinger, Song, Track } from '../wire/model.js';

export interface Loop {
  loopMs: number;
  latePercent: number;
}

export interface Loops {
  /** The interval that the singers' connections ask for. */
  intervalMs: number;
  /** Who makes it so long; during a song, who is too late. The worst first. */
  slow: SlowSinger[];
}

export interface RoomState {
  /** One's own id. */
  you: string;
  token: string;
  organiser: boolean;
  room: RoomName;
  /** In the order in which they came; without the listeners (but yourself) where these are not named. */
  people: Person[];
  listeners: Listeners;
  leader: string | null;
  /** Who would like to lead, and waits for the leader's answer. */
  leadAsked: string | null;
  song: Song;
  settings: Settings;
  tracks: Track[];
  /** Chosen for the next song. */
  track: string | null;
  backingGain: number;
  /** Uploads that the server is preparing, 0 to 1, by name. */
  preparing: Record<string, number>;
  /** Why uploads of others became no tracks, by name; until the next one of that name. */
  failed: Record<string, string>;
  /** One's own loop time, and how much was too late in this song; null where nothing was measured yet. */
  loop: Loop | null;
  /** What leader and organisers are told of the singers' connections; null for others. */
  loops: Loops | null;
}

export function enterRoom(welcome: Welcome): RoomState {
  const { you, token, organiser, room, people, listeners, leader, song, settings, tracks, track } = welcome;
  const all = people.some((person) => person.id === you.id) ? people : [...people, you];
  const base = { you: you.id, token, organiser, room, people: all, listeners, leader, song, settings, tracks, track };
  return { ...base, leadAsked: welcome.lead_asked, backingGain: welcome.backing_gain, preparing: {}, failed: {}, loop: null, loops: null };
}

/** What a message changes; messages that change nothing give the same state. Null before the first welcome. */
export function nextRoom(state: RoomState | null, message: ServerMessage): RoomState | null {
  if (message.type === 'welcome') return enterRoom(message);
  if (state === null) return null;
  switch (message.type) {
    case 'person':
      return { ...state, people: shown(withPerson(state.people, message.person), state.listeners, state.you) };
    case 'people':
      return { ...state, people: shown(withPeople(state.people, message.people, message.gone), state.listeners, state.you) };
    case 'gone':
      return { ...state, people: state.people.filter((person) => person.id !== message.id) };
    case 'listeners':
      return { ...state, listeners: message.listeners, people: shown(state.people, message.listeners, state.you) };
    case 'leader':
      return { ...state, leader: message.leader, loops: null };
    case 'lead_asked':
      return { ...state, leadAsked: message.by };
    case 'song':
      return { ...state, song: message.song, ...(message.song.number === state.song.number ? {} : { loop: onTime(state.loop), loops: null }) };
    case 'settings':
      return { ...state, settings: message.settings };
    case 'tracks':
      return { ...state, tracks: message.tracks, track: message.track, preparing: stillPreparing(state, message.tracks) };
    case 'track_progress':
      return progressed(state, message.name, message.progress, message.error);
    case 'loop':
      return { ...state, loop: { loopMs: message.loop_ms, latePercent: message.late_percent } };
    case 'loops':
      return { ...state, loops: { intervalMs: message.interval_ms, slow: message.slow } };
    default:
      return state;
  }
}

/** One's own upload is no longer being prepared (it failed, which was said, or it is there). */
export function forgetPreparing(state: RoomState, name: string): RoomState {
  const preparing = { ...state.preparing };
  const failed = { ...state.failed };
  delete preparing[name];
  delete failed[name];
  return { ...state, preparing, failed };
}

function progressed(state: RoomState, name: string, progress: number, error: string | null): RoomState {
  const { preparing, failed } = forgetPreparing(state, name);
  if (error === null) return { ...state, failed, preparing: { ...preparing, [name]: progress } };
  return { ...state, preparing, failed: { ...failed, [name]: error } };
}

export function personOf(state: RoomState, id: string | null): Person | null {
  return state.people.find((person) => person.id === id) ?? null;
}

export function yourself(state: RoomState): Person {
  return personOf(state, state.you) as Person;
}

export function mayChangeRoom(state: RoomState): boolean {
  return state.organiser || state.leader === state.you;
}

/** The organiser may delete every track, others those that they uploaded. */
export function mayDeleteTrack(state: RoomState, track: string, uploads: readonly string[]): boolean {
  return state.organiser || uploads.includes(track);
}

function withPerson(people: Person[], person: Person): Person[] {
  const known = people.some((one) => one.id === person.id);
  return known ? people.map((one) => (one.id === person.id ? person : one)) : [...people, person];
}

/** A loop time is told when it changes only: it stays, while lateness belongs to a song. */
function onTime(loop: Loop | null): Loop | null {
  return loop && { ...loop, latePercent: 0 };
}

function withPeople(people: Person[], changed: readonly Person[], gone: readonly string[]): Person[] {
  const news = new Map(changed.map((person) => [person.id, person]));
  const left = new Set(gone);
  const stay = people.filter((person) => !left.has(person.id)).map((person) => news.get(person.id) ?? person);
  const known = new Set(stay.map((person) => person.id));
  return [...stay, ...changed.filter((person) => !known.has(person.id))];
}

/** Where listeners are not named, one knows the singers and oneself. */
function shown(people: Person[], listeners: Listeners, you: string): Person[] {
  return listeners.named ? people : people.filter((person) => person.role === 'singer' || person.id === you);
}

function stillPreparing(state: RoomState, tracks: Track[]): Record<string, number> {
  const entries = Object.entries(state.preparing).filter(([name, progress]) => progress < 1 && !tracks.some((t) => t.name === name));
  return Object.fromEntries(entries);
}
