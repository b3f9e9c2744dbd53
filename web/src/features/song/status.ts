// The one sentence that tells a singer where the song is. Pure.
import { BLOCK, indexOfBucket, SAMPLE_RATE } from '../../units.js';
import type { ConnectionState } from '../../net/connection.js';
import type { Hindrance } from '../../net/reconnect.js';
import { personOf, yourself, type RoomState } from '../../state/room.js';
import { beatAt } from '../plan/tempo.js';
import { leaderDecides, startWords } from './song_actions.js';
import { t } from '../../i18n/words.js';

export interface Status {
  /** idle: nothing plays; soon: it comes; on: one hears it; over: it has passed; trouble. */
  tone: 'idle' | 'soon' | 'on' | 'over' | 'trouble';
  sentence: string;
  /** A second, quieter sentence: what to do now. */
  hint: string;
  /** For the title of the page. */
  short: string;
}

export function sameStatus(a: Status, b: Status): boolean {
  return a.tone === b.tone && a.sentence === b.sentence && a.hint === b.hint && a.short === b.short;
}

/** Seconds before the end from which on it is announced. */
const ANNOUNCE_END_S = 10;

/** A countdown never says 0 while one still waits. */
export function wholeSeconds(samples: number): number {
  return Math.max(1, Math.ceil(samples / SAMPLE_RATE));
}

export function minutes(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function connectionStatus(connection: ConnectionState): Status | null {
  switch (connection.state) {
    case 'open':
    case 'left':
    case 'ended':
    case 'refused':
    case 'given_up':
      return null;
    case 'connecting':
      if (connection.attempt === 0) return { tone: 'idle', sentence: t.song.goingIn, hint: '', short: t.song.goingIn2 };
      return lost(connection.why);
    case 'waiting':
      return lost(connection.why);
  }
}

export interface Trying {
  why: Hindrance;
  /** When it is tried again (epoch); null while it is being tried. */
  untilMs: number | null;
  /** How long one's place is kept (epoch); null: one had none. */
  keptUntilMs: number | null;
}

/** Where the server was not reached at once. */
export function tryingAgain(connection: ConnectionState | null): Trying | null {
  if (connection?.state !== 'waiting' && (connection?.state !== 'connecting' || connection.attempt === 0)) return null;
  const { why, keptUntilMs = null } = connection;
  return { why, untilMs: connection.state === 'waiting' ? connection.untilMs : null, keptUntilMs };
}

/** What the server promises about one's place, and for how long still. */
export function placeKeptWords(keptUntilMs: number, nowMs: number): string {
  const seconds = Math.ceil((keptUntilMs - nowMs) / 1000);
  if (seconds <= 0) return t.song.yourPlaceIsNotKept;
  return t.song.yourGroupAndYourRights({ seconds });
}

/** What hinders, and what helps, in words for the door and for the room. */
export function hindranceWords(why: Hindrance): string {
  switch (why) {
    case 'lost':
    case 'unreachable':
      return t.song.theServerCannotBeReached;
    case 'restarting':
      return t.song.theServerRestarts;
    case 'busy':
      return t.song.theServerIsThereBut;
    case 'foreign':
      return t.song.theServerTakesNoPagesFrom({ origin: location.origin });
    case 'blocked':
      return t.song.theServerAnswersButSomething;
  }
}

/** The tab's title: what goes on in the room, or the plain name of it for whoever is not in it (`status`: null) or no longer. */
export function tabTitle(connection: ConnectionState | null, status: Status | null, roomName: string): string {
  const outside = connection === null || ['left', 'ended', 'refused', 'given_up'].includes(connection.state);
  if (!outside && status) return `${status.short} · ${roomName || PRODUCT}`;
  return roomName ? `${roomName} · ${PRODUCT}` : PRODUCT;
}

const PRODUCT = 'Roundelay';

function lost(why: Hindrance): Status {
  const hint = why === 'lost' || why === 'unreachable' ? t.song.ifThisLastsLookAt : hindranceWords(why);
  if (why === 'restarting')
    return { tone: 'trouble', sentence: t.song.theServerRestartsComingBack, hint: t.song.nothingToDo, short: t.song.connectionLost };
  return { tone: 'trouble', sentence: t.song.connectionLostComingBack, hint, short: t.song.connectionLost };
}

/** While a song plays and this device makes no sound. */
export const NO_SOUND = (): Status => ({
  tone: 'trouble',
  sentence: t.song.youHearNothingNow,
  hint: t.song.theSoundOfThisDevice,
  short: t.song.noSound,
});

/** One has switched one's loudspeaker off. */
export const SILENCED = (): Status => ({
  tone: 'trouble',
  sentence: t.song.youHearNothingNow,
  hint: t.song.yourLoudspeakerIsOff,
  short: t.song.noSound,
});

export interface Hearing {
  /** The position that comes out of the loudspeaker; null: none. */
  heard: number | null;
  /** How far behind now the solo mix is that one hears; null: one hears one's group. */
  soloBlocks: number | null;
  /** What one sings goes out, as far as this device goes. */
  sent: boolean;
}

/** How far behind now one hears the room, in samples. */
export function ownOffset(state: RoomState, soloBlocks: number | null): number {
  return (soloBlocks ?? state.settings.offsets[indexOfBucket(yourself(state).bucket)] ?? 0) * BLOCK;
}

/** `now`: the server's now. */
export function songStatus(state: RoomState, now: number, { heard = null, soloBlocks = null, sent = true }: Partial<Hearing> = {}): Status {
  if (state.song.state === 'none') return waitingStatus(state);
  const you = yourself(state);
  const offset = ownOffset(state, soloBlocks);
  const here = heard ?? now - offset;
  const { start, music, end } = state.song;
  const leading = state.leader === you.id;
  if (here < start) {
    const seconds = wholeSeconds(start - here);
    const hint = leading ? t.song.getReadyYouSingFirst : t.song.getReady;
    const sentence = leading && offset === 0 ? t.song.theSongBeginsInS({ seconds }) : t.song.theSongReachesYouIn({ seconds });
    return { tone: 'soon', sentence, hint, short: t.song.inS({ seconds }) };
  }
  const countIn = here < music ? countInStatus(state, here) : null;
  if (countIn) return countIn;
  const entry = end === null || here < end ? entryStatus(state, here) : null;
  if (entry) return entry;
  if (end === null || here < end) return hearingStatus(state, leading, here, { sent, solo: soloBlocks !== null });
  const lastOffset = (state.settings.offsets[indexOfBucket(state.settings.buckets)] ?? 0) * BLOCK;
  const rest = end + lastOffset - now;
  const hint = rest > 0 ? t.song.theLastGroupHearsThe({ wholeSeconds: wholeSeconds(rest) }) : '';
  return { tone: 'over', sentence: t.song.theSongIsOverFor, hint, short: t.song.over };
}

/** The beats of this bar that were counted so far; null where none is. */
function countInStatus(state: RoomState, here: number): Status | null {
  const { music, plan } = state.song;
  if (plan.bpm === null) return null;
  const beats = plan.beats_per_bar;
  const beat = beatAt(plan.bpm, here - music);
  if (beat < -plan.count_in_bars * beats) return null;
  const inBar = ((beat % beats) + beats) % beats;
  const counted = Array.from({ length: inBar + 1 }, (_, i) => i + 1).join(', ');
  const hint = beat >= -beats ? t.song.theMusicBeginsWithThe : t.song.oneMoreBarIsCounted;
  return { tone: 'soon', sentence: t.song.countIn({ counted }), hint, short: t.song.countIn2 };
}

/** In a round by parts: until one's own comes in. A bar before it is counted down. */
function entryStatus(state: RoomState, here: number): Status | null {
  const you = yourself(state);
  const own = state.song.parts[indexOfBucket(you.bucket)];
  const { bpm, beats_per_bar: inABar } = state.song.plan;
  if (own === undefined || bpm === null || here >= own.enters || you.role !== 'singer') return null;
  // Counted from the entry: the beat before it is 1.
  const left = -beatAt(bpm, here - own.enters);
  const short = t.song.part({ part: own.part });
  if (left > inABar) {
    const sentence = t.song.youSingPartItComes({ part: own.part, wholeSeconds: wholeSeconds(own.enters - here) });
    return { tone: 'soon', sentence, hint: t.song.listenToThePartsBefore, short };
  }
  const counted = Array.from({ length: inABar - left + 1 }, (_, i) => inABar - i).join(', ');
  return { tone: 'soon', sentence: t.song.youComeInIn({ counted }), hint: t.song.youSingPartFromIts({ part: own.part }), short };
}

function hearingStatus(state: RoomState, leading: boolean, here: number, { sent, solo }: { sent: boolean; solo: boolean }): Status {
  const { end } = state.song;
  const you = yourself(state);
  const remaining = end === null ? null : (end - here) / SAMPLE_RATE;
  if (remaining !== null && remaining <= ANNOUNCE_END_S) {
    const seconds = wholeSeconds(remaining * SAMPLE_RATE);
    return { tone: 'on', sentence: t.song.theEndReachesYouIn({ seconds }), hint: t.song.singOnUntilItDoes, short: t.song.endsInS({ seconds }) };
  }
  return {
    tone: 'on',
    sentence: t.song.youAreHearingTheSong,
    // It is silent where nobody is on solo: then she must know why.
    hint: solo ? t.console.youHearTheSoloMix : singingHint(state, leading, you.role === 'singer', sent),
    short: t.song.singing,
  };
}

function singingHint(state: RoomState, leading: boolean, singer: boolean, sent: boolean): string {
  const you = yourself(state);
  if (!singer) return t.song.enjoyListening;
  if (you.muted) return t.song.yourMicrophoneIsOffNobody;
  if (!sent) return t.song.nobodyHearsYouLookBelow;
  if (leading) return t.song.singEverybodyFollowsYou;
  if (!leaderDecides(state)) return goingOnWords(state);
  const own = state.song.parts[indexOfBucket(you.bucket)];
  if (own !== undefined) return t.song.singAlongPart({ part: own.part });
  const last = you.bucket === state.settings.buckets;
  return last ? t.song.singAlongYouHearAll : t.song.singAlongTheGroupsBehind;
}

/** Without a human at its head the song is anybody's. */
function goingOnWords(state: RoomState): string {
  if (state.leadAsked === state.you) return t.song.singAlongTheNextSong;
  if (personOf(state, state.leader)?.robot) return t.song.singAlongWithTheRobots;
  return t.song.theLeaderHasGoneSing;
}

function waitingStatus(state: RoomState): Status {
  const leader = personOf(state, state.leader);
  const you = yourself(state);
  if (leader === null) {
    const singer = you.role === 'singer';
    const hint = singer ? t.song.pressLeadASongTo : t.song.waitUntilSomebodyTakesThe;
    return { tone: 'idle', sentence: t.song.nobodyLeadsYet, hint, short: t.song.nobodyLeads };
  }
  const asker = personOf(state, state.leadAsked);
  if (leader.id === you.id) {
    const hint = asker ? t.song.wouldLikeToLeadThe({ name: asker.name }) : t.song.pressStartTheSongWhen({ startWords: startWords(state) });
    return { tone: 'idle', sentence: t.song.youLead, hint, short: t.song.youLead2 };
  }
  const sentence = t.song.leadsTheSongHasNot({ name: leader.name });
  const hint = asker?.id === you.id ? t.song.youHaveAskedForThe({ name: leader.name }) : t.song.youWillSeeHereWhen;
  return { tone: 'idle', sentence, hint, short: t.song.leads({ name: leader.name }) };
}
