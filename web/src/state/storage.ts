// What the browser remembers. A browser that forbids it (private windows) just forgets.
import type { MicrophoneChoice } from '../audio/capture/microphone.js';
import { isLanguage, type Language } from '../i18n/languages.js';
import type { Role } from '../wire/control/control.js';

function read(store: () => Storage, key: string): string | null {
  try {
    return store().getItem(`roundelay.${key}`);
  } catch {
    return null;
  }
}

function write(store: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) store().removeItem(`roundelay.${key}`);
    else store().setItem(`roundelay.${key}`, value);
  } catch {
    // Forgotten when the page is closed: nothing depends on it.
  }
}

const long = (): Storage => window.localStorage;
const short = (): Storage => window.sessionStorage;

function readNumber(key: string, otherwise: number, least: number, most: number): number {
  const text = read(long, key);
  const value = text === null ? NaN : Number(text);
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
}

/** The largest correction of the sound card's round trip that can be set by hand, either way, in ms. */
export const MOST_CORRECTION_MS = 1_000;

export const CORRECTION_SOURCES = ['hand', 'measured', 'tapped'] as const;
export type CorrectionSource = (typeof CORRECTION_SOURCES)[number];

export const THEMES = ['system', 'light', 'dark', 'house'] as const;
export type Theme = (typeof THEMES)[number];

export type GainSource = 'hand' | 'measured';

/** What was set for a pair of devices; the one or the other may not be set yet. */
interface KeptCorrection {
  key: string;
  ms?: number;
  /** Absent: by hand. */
  source?: CorrectionSource;
  /** Of one's own voice. */
  gainDb?: number;
  /** Absent: by hand. */
  gainSource?: GainSource;
}

const MOST_CORRECTIONS = 20;

/** A list as it was kept, without what makes no sense. */
function readList<Kept>(key: string, right: (one: Partial<Kept> | null) => boolean, otherwise = (): string => '[]'): Kept[] {
  try {
    const kept: unknown = JSON.parse(read(long, key) ?? otherwise());
    return Array.isArray(kept) ? (kept as Partial<Kept>[]).filter(right).map((one) => one as Kept) : [];
  } catch {
    return [];
  }
}

/** The last one first. */
function readCorrections(): KeptCorrection[] {
  return readList<KeptCorrection>(
    'corrections',
    (one) =>
      typeof one?.key === 'string' &&
      (one.source === undefined || CORRECTION_SOURCES.includes(one.source)) &&
      (one.ms === undefined || (typeof one.ms === 'number' && Math.abs(one.ms) <= MOST_CORRECTION_MS)) &&
      (one.gainDb === undefined || Number.isFinite(one.gainDb)),
    keptForAll,
  );
}

/** What is not said stays; the pair comes first. */
function keep(key: string, change: { [Field in keyof KeptCorrection]?: KeptCorrection[Field] | undefined }): void {
  const all = readCorrections();
  const kept = [{ ...all.find((one) => one.key === key), key, ...change }, ...all.filter((one) => one.key !== key)];
  write(long, 'corrections', JSON.stringify(kept.slice(0, MOST_CORRECTIONS)));
}

/** Pairs of microphone and loudspeaker, the last one first. */
function readLoudspeakers(): [microphone: string, loudspeaker: string][] {
  return readList<[string, string]>('loudspeakers', (one) => Array.isArray(one) && one.length === 2 && one.every((name) => typeof name === 'string'));
}

/** Before corrections were kept by pair, there was one for all. */
function keptForAll(): string {
  return JSON.stringify([{ key: '', ms: readNumber('correction_ms', 0, -MOST_CORRECTION_MS, MOST_CORRECTION_MS) }]);
}

/** Of the words of songs, in rem. */
export const LEAST_WORDS_SIZE = 1.1;
export const MOST_WORDS_SIZE = 5;
const WORDS_SIZE = 1.9;

/** A room that this browser made or visited. */
export interface KeptRoom {
  room: string;
  name: string;
  /** When one was there last; since the epoch. */
  lastMs: number;
  organiser: boolean;
}

function readRooms(): KeptRoom[] {
  return readList<KeptRoom>(
    'rooms',
    (one) => typeof one?.room === 'string' && typeof one.name === 'string' && Number.isFinite(one.lastMs) && typeof one.organiser === 'boolean',
  );
}

export const remembered = {
  get name(): string {
    return read(long, 'name') ?? '';
  },
  set name(name: string) {
    write(long, 'name', name);
  },
  /** The one that was chosen, whether it is there or not; null: whichever the browser proposes. */
  get microphone(): MicrophoneChoice | null {
    const id = read(long, 'microphone');
    return id === null ? null : { id, label: read(long, 'microphone_label') ?? '' };
  },
  set microphone(choice: MicrophoneChoice | null) {
    write(long, 'microphone', choice?.id ?? null);
    write(long, 'microphone_label', choice?.label ?? null);
  },
  /** The name of the one by which one heard the others with this microphone. */
  loudspeaker(microphone: string): string | null {
    return readLoudspeakers().find(([key]) => key === microphone)?.[1] ?? null;
  },
  setLoudspeaker(microphone: string, loudspeaker: string): void {
    const kept = [[microphone, loudspeaker], ...readLoudspeakers().filter(([key]) => key !== microphone)];
    write(long, 'loudspeakers', JSON.stringify(kept.slice(0, MOST_CORRECTIONS)));
  },
  get theme(): Theme {
    const kept = read(long, 'theme');
    return THEMES.find((one) => one === kept) ?? 'system';
  },
  set theme(theme: Theme) {
    write(long, 'theme', theme);
  },
  /** The page's; null: none was chosen. */
  get language(): Language | null {
    const kept = read(long, 'language');
    return isLanguage(kept) ? kept : null;
  },
  set language(language: Language | null) {
    write(long, 'language', language);
  },
  get listens(): boolean {
    return read(long, 'listens') === 'yes';
  },
  set listens(listens: boolean) {
    write(long, 'listens', listens ? 'yes' : null);
  },
  /** In ms; added to what the browser reports. Of a pair of devices (features/sound/correction.ts); null: it has none. */
  correction(key: string): number | null {
    return readCorrections().find((one) => one.key === key)?.ms ?? null;
  },
  /** Where it comes from. */
  correctionSource(key: string): CorrectionSource | null {
    const kept = readCorrections().find((one) => one.key === key);
    return kept?.ms === undefined ? null : (kept.source ?? 'hand');
  },
  setCorrection(key: string, ms: number, source: CorrectionSource = 'hand'): void {
    keep(key, { ms, source: source === 'hand' ? undefined : source });
  },
  forgetCorrection(key: string): void {
    keep(key, { ms: undefined, source: undefined });
  },
  /** The one that was set last, of whichever pair. */
  get lastCorrection(): { key: string; ms: number } | null {
    return readCorrections().find((one): one is KeptCorrection & { ms: number } => one.ms !== undefined) ?? null;
  },
  /** The gain of one's own voice with a pair of devices, in dB; null: it has none. */
  inputGain(key: string): { db: number; source: GainSource } | null {
    const kept = readCorrections().find((one) => one.key === key);
    return kept?.gainDb === undefined ? null : { db: kept.gainDb, source: kept.gainSource === 'measured' ? 'measured' : 'hand' };
  },
  setInputGain(key: string, db: number, source: GainSource): void {
    keep(key, { gainDb: db, gainSource: source });
  },
  /** Slider positions (audio/shared/volume.ts). */
  get backingVolume(): number {
    return readNumber('backing_volume', 1, 0, 1.5);
  },
  set backingVolume(volume: number) {
    write(long, 'backing_volume', String(volume));
  },
  get metronomeVolume(): number {
    return readNumber('metronome_volume', 1, 0, 1.5);
  },
  set metronomeVolume(volume: number) {
    write(long, 'metronome_volume', String(volume));
  },
  /** One hears one's own part louder. */
  get partLouder(): boolean {
    return read(long, 'part_louder') !== null;
  },
  set partLouder(on: boolean) {
    write(long, 'part_louder', on ? 'yes' : null);
  },
  get masterVolume(): number {
    return readNumber('master_volume', 1, 0, 1);
  },
  set masterVolume(volume: number) {
    write(long, 'master_volume', String(volume));
  },
  /** The microphone is on by itself while a song lasts, and off between songs. */
  get microphoneForSongs(): boolean {
    return read(long, 'microphone_for_songs') !== null;
  },
  set microphoneForSongs(on: boolean) {
    write(long, 'microphone_for_songs', on ? 'yes' : null);
  },
  /** A chime when somebody comes in. */
  get chime(): boolean {
    return read(long, 'chime') !== 'off';
  },
  set chime(on: boolean) {
    write(long, 'chime', on ? null : 'off');
  },
  /** Songs of the library come as smaller files; null: nobody has said. */
  get smallerFiles(): boolean | null {
    const kept = read(long, 'smaller_files');
    return kept === null ? null : kept === 'yes';
  },
  set smallerFiles(on: boolean | null) {
    write(long, 'smaller_files', on === null ? null : on ? 'yes' : 'no');
  },
  /** The size of the words of songs, in rem. */
  get wordsSize(): number {
    return readNumber('words_size', WORDS_SIZE, LEAST_WORDS_SIZE, MOST_WORDS_SIZE);
  },
  set wordsSize(rem: number) {
    write(long, 'words_size', String(rem));
  },
  /** Whether whole pages of a score are shown; otherwise they are as wide as there is room. */
  get wholePages(): boolean {
    return read(long, 'whole_pages') === 'yes';
  },
  set wholePages(whole: boolean) {
    write(long, 'whole_pages', whole ? 'yes' : null);
  },
  /** The last one first. */
  get rooms(): KeptRoom[] {
    return readRooms();
  },
  set rooms(rooms: KeptRoom[]) {
    write(long, 'rooms', rooms.length === 0 ? null : JSON.stringify(rooms));
  },
  /** The organiser's key of a room made here. */
  key(room: string): string | null {
    return read(long, `key.${room}`);
  },
  setKey(room: string, key: string | null): void {
    write(long, `key.${room}`, key);
  },
  /** The room was made in this tab, and its maker has not put the organiser's link away yet. */
  made(room: string): boolean {
    return read(short, `made.${room}`) !== null;
  },
  setMade(room: string, made: boolean): void {
    write(short, `made.${room}`, made ? 'yes' : null);
  },
  /** The voice part that one sings in a room; null: none was chosen. */
  part(room: string): string | null {
    return read(long, `part.${room}`);
  },
  setPart(room: string, part: string | null): void {
    write(long, `part.${room}`, part);
  },
  /** One's place in a room, for as long as this tab lives. */
  token(room: string): string | null {
    return read(short, `token.${room}`);
  },
  setToken(room: string, token: string | null): void {
    write(short, `token.${room}`, token);
  },
  /** One's last place in a room, in this browser: for what may be had of the room without being in it. */
  place(room: string): string | null {
    return read(long, `place.${room}`);
  },
  setPlace(room: string, token: string): void {
    write(long, `place.${room}`, token);
  },
  /** A song of the library that this tab takes into the room as soon as one is inside. */
  keepSong(song: { room: string; id: number; title: string }): void {
    write(short, 'song', JSON.stringify(song));
  },
  /** The one that was kept for this room, once. */
  takeSong(room: string): { id: number; title: string } | null {
    try {
      const kept = JSON.parse(read(short, 'song') ?? 'null') as { room?: unknown; id?: unknown; title?: unknown } | null;
      if (kept?.room !== room || typeof kept.id !== 'number' || typeof kept.title !== 'string') return null;
      write(short, 'song', null);
      return { id: kept.id, title: kept.title };
    } catch {
      return null;
    }
  },
  /** One wants no track of oneself in the recordings of a room. */
  leftOut(room: string): boolean {
    return read(long, `left_out.${room}`) !== null;
  },
  setLeftOut(room: string, out: boolean): void {
    write(long, `left_out.${room}`, out ? 'yes' : null);
  },
  /** As what one is in a room, for as long as this tab lives: a reload leads back in. */
  visit(room: string): Role | null {
    const role = read(short, `visit.${room}`);
    return role === 'singer' || role === 'listener' ? role : null;
  },
  setVisit(room: string, role: Role | null): void {
    write(short, `visit.${room}`, role);
  },
  /** The ids of the tracks that one uploaded, as the person of this id; kept as long as one’s place. */
  uploads(room: string, person: string): string[] {
    return read(short, `uploads.${room}.${person}`)?.split(' ') ?? [];
  },
  addUpload(room: string, person: string, track: string): void {
    write(short, `uploads.${room}.${person}`, [...this.uploads(room, person), track].join(' '));
  },
};
