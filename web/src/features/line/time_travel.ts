// The interval in plain words, and who makes it long or comes too late. Pure.
import { BLOCK, FRAMES_PER_MS, type BucketNumber } from '../../units.js';
import { personOf, yourself, type RoomState } from '../../state/room.js';
import { listText, numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';

/** As "0.4 s"; below a tenth of a second as "0.06 s". */
export function secondsText(ms: number): string {
  return t.line.seconds({ seconds: numberText(ms / 1000, ms < 95 ? 2 : 1) });
}

/** Two times that are compared: with a digit more where they would read the same. */
function comparedTexts(a: number, b: number): [string, string] {
  const [first, second] = [secondsText(a), secondsText(b)];
  const finer = (ms: number): string => t.line.seconds({ seconds: numberText(ms / 1000, 2) });
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
  const chosen = t.line.fromGroupToGroup({ time: secondsText(intervalMs(state)) });
  if (!choosesLater(state)) return chosen;
  if (state.loops !== null) return t.line.fromGroupToGroupIf({ time: secondsText(state.loops.intervalMs) });
  return t.line.theTimeFromGroupTo;
}

/** How long one's own voice is on its way, where that was measured. */
export function loopText(state: RoomState): string | null {
  return state.loop && t.line.yourVoiceIsBackAt({ time: secondsText(state.loop.loopMs) });
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
    const who = listText(names.map((one) => t.line.lateShare({ name: one.name, percent: Math.round(one.late_percent) })));
    return byHand ? t.line.comeTooLateByHand({ who, count: names.length }) : t.line.comeTooLate({ who, count: names.length });
  }
  // An interval by hand waits for nobody.
  const slower = names.filter((one) => (byHand ? one.loop_ms > intervalMs(state) : one.loop_ms >= SLOW_MS));
  if (slower.length === 0) return null;
  const who = listText(slower.map((one) => t.line.slowConnection({ name: one.name, time: secondsText(one.loop_ms) })));
  const values = { who, count: slower.length };
  return byHand ? t.line.slowByHand({ ...values, apart: secondsText(intervalMs(state)) }) : t.line.slow(values);
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
  if (state.song.state === 'none') {
    if (loopMs < SLOW_MS || state.settings.interval === 'by_hand') return null;
    const time = secondsText(loopMs);
    return leading ? t.line.ownSlowLeading({ time }) : t.line.ownSlow({ time });
  }
  if (latePercent < LATE_WARNING_PERCENT) return null;
  // The time is of a longer while than the share, and without what was on its way when all stood still.
  if (loopMs < intervalMs(state)) return t.line.ownStalled({ percent: Math.round(latePercent) });
  const [takes, apart] = comparedTexts(loopMs, intervalMs(state));
  const values = { percent: Math.round(latePercent), takes, apart };
  return leading ? t.line.ownLateLeading(values) : t.line.ownLate(values);
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
  if (singers + listeners <= 1) return t.line.youAreAloneSoFar;
  if (listeners === 0) return t.line.singersHere({ singers });
  return singers === 0 ? t.line.listenersHere({ listeners }) : t.line.bothHere({ singers, listeners });
}
