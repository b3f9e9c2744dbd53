// The interval in plain words, and who makes it long or comes too late. Pure.
import { BLOCK, FRAMES_PER_MS, type BucketNumber } from '../../units.js';
import { personOf, yourself, type RoomState } from '../../state/room.js';
import { t } from '../../i18n/words.js';

/** As "0.4 s"; below a tenth of a second as "0.06 s". */
export function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 95 ? 2 : 1)} s`;
}

/** Two times that are compared: with a digit more where they would read the same. */
function comparedTexts(a: number, b: number): [string, string] {
  const [first, second] = [secondsText(a), secondsText(b)];
  const finer = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  return first === second ? [finer(a), finer(b)] : [first, second];
}

export function intervalMs(state: RoomState): number {
  return (state.settings.interval_blocks * BLOCK) / FRAMES_PER_MS;
}

/** The interval, and so the offsets, will be chosen when the next song starts. */
export function choosesLater(state: RoomState): boolean {
  return state.settings.interval === 'automatic' && state.song.state !== 'playing';
}

/** How far apart the buckets are. */
export function timeTravelText(state: RoomState): string {
  const chosen = t.line.fromGroupToGroup({ secondsText: secondsText(intervalMs(state)) });
  if (!choosesLater(state)) return chosen;
  if (state.loops !== null) return t.line.fromGroupToGroupIf({ secondsText: secondsText(state.loops.intervalMs) });
  return t.line.theTimeFromGroupTo;
}

/** How long one's own voice is on its way, where that was measured. */
export function loopText(state: RoomState): string | null {
  return state.loop && t.line.yourVoiceIsBackAt({ secondsText: secondsText(state.loop.loopMs) });
}

/** Between songs: a loop time from which on others are said to wait for a singer, to her and to those who lead. */
const SLOW_MS = 500;

/** For leader and organisers: whose connections hold the others up, and what to do; null where nobody's does. */
export function slowSingersText(state: RoomState): string | null {
  const slow = (state.loops?.slow ?? []).filter((one) => one.id !== state.you);
  const names = slow.map((one) => ({ name: personOf(state, one.id)?.name ?? '', ...one })).filter((one) => one.name !== '');
  if (names.length === 0) return null;
  const byHand = state.settings.interval === 'by_hand';
  if (state.song.state === 'playing') {
    const late = inWords(names.map((one) => t.line.ofS({ round: Math.round(one.late_percent), name: one.name })));
    const come = names.length === 1 ? 'comes' : 'come';
    const next = byHand ? t.line.orChooseALongerTime : t.line.theNextSongLeavesMore;
    return `${late} voice ${come} too late for the group behind. Ask for a move to the last group${byHand ? ',' : ';'} ${next}`;
  }
  // An interval by hand waits for nobody.
  const slower = names.filter((one) => (byHand ? one.loop_ms > intervalMs(state) : one.loop_ms >= SLOW_MS));
  if (slower.length === 0) return null;
  const who = `Slow ${slower.length === 1 ? 'connection' : 'connections'}: ${inWords(slower.map((one) => `${one.name} (${secondsText(one.loop_ms)})`))}`;
  if (byHand) return t.line.theGroupsAreApartAsk({ who, secondsText: secondsText(intervalMs(state)) });
  return `${who}. In the last group, nobody has to wait for ${slower.length === 1 ? 'it' : 'them'}.`;
}

function inWords(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : t.line.and({ join: items.slice(0, -1).join(', '), last });
}

/** Share of late blocks, in percent, from which on a singer is told. */
const LATE_WARNING_PERCENT = 2;

/** What a singer can do about her own voice coming late; null where all is well, or nobody is behind her. */
export function lateWarning(state: RoomState): string | null {
  if (state.loop === null) return null;
  const you = yourself(state);
  const leading = state.leader === you.id;
  if (you.role !== 'singer' || (!leading && !somebodyBehind(state, you.bucket))) return null;
  const { loopMs, latePercent } = state.loop;
  const move = leading ? t.line.use : t.line.moveToTheLastGroup;
  const cable = t.line.aCableInsteadOfWi({ move });
  if (state.song.state === 'none') {
    if (loopMs < SLOW_MS || state.settings.interval === 'by_hand') return null;
    return t.line.yourConnectionIsSlowYour({ secondsText: secondsText(loopMs), cable });
  }
  if (latePercent < LATE_WARNING_PERCENT) return null;
  const late = t.line.ofYourVoiceComesToo({ round: Math.round(latePercent) });
  const [takes, travel] = comparedTexts(loopMs, intervalMs(state));
  return t.line.itTakesAndTheGroups({ late, takes, travel, cable });
}

function somebodyBehind(state: RoomState, bucket: BucketNumber): boolean {
  // Listeners who are not named stand in the last buckets.
  const uncounted = !state.listeners.named && bucket < state.settings.buckets;
  return uncounted || state.people.some((person) => person.connected && person.bucket > bucket);
}

/** As "3 singers and 9,970 listeners": everybody who is here. */
export function crowdText(state: RoomState): string {
  const here = state.people.filter((person) => person.connected);
  const singers = here.filter((person) => person.role === 'singer').length;
  const listeners = state.listeners.named ? here.length - singers : state.listeners.count;
  const many = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;
  if (singers + listeners <= 1) return t.line.youAreAloneSoFar;
  if (listeners === 0) return `${many(singers, 'singer')}.`;
  return singers === 0 ? `${many(listeners, 'listener')}.` : t.line.and2({ many: many(singers, 'singer'), many2: many(listeners, 'listener') });
}
