// The room as the server describes it, put together from the features' parts. Pure: a state and a message give the next state.
import { enterChat, nextChat, type ChatPart } from '../features/chat/room.js';
import { enterSigns, nextSigns, type SignsPart } from '../features/hand/room.js';
import { enterLine, nextLine, type LinePart } from '../features/line/room.js';
import { enterLive, nextLive, type LivePart } from '../features/live/room.js';
import { enterLoudspeakers, nextLoudspeakers, type LoudspeakerPart } from '../features/loudspeaker/room.js';
import { enterMarks, nextMarks, type MarksPart } from '../features/marks/room.js';
import { enterOrder, nextOrder, type OrderPart } from '../features/order/room.js';
import { enterPlan, nextPlan, type PlanPart } from '../features/plan/room.js';
import { enterProgramme, nextProgramme, type ProgrammePart } from '../features/programme/room.js';
import { enterPrograms, nextPrograms, type ProgramsPart } from '../features/programs/room.js';
import { enterRecordings, nextRecordings, type RecordingsPart } from '../features/recordings/room.js';
import { enterScores, nextScores, type ScoresPart } from '../features/scores/room.js';
import { enterSettings, nextSettings, type SettingsPart } from '../features/settings/room.js';
import { enterSong, nextSong, type SongPart } from '../features/song/room.js';
import { enterTiming, nextTiming, type TimingPart } from '../features/timing/room.js';
import { enterTracks, nextTracks, type TracksPart } from '../features/tracks/room.js';
import { enterWords, nextWords, type WordsPart } from '../features/words/room.js';
import type { Command, Person, ServerMessage, Welcome } from '../wire/control/control.js';

export interface RoomState
  extends
    LinePart,
    SongPart,
    SettingsPart,
    PlanPart,
    TracksPart,
    OrderPart,
    LoudspeakerPart,
    TimingPart,
    ChatPart,
    SignsPart,
    ProgramsPart,
    LivePart,
    WordsPart,
    RecordingsPart,
    ProgrammePart,
    ScoresPart,
    MarksPart {
  token: string;
  backingGain: number;
}

const PARTS: readonly ((state: RoomState, message: ServerMessage) => RoomState)[] = [
  nextLine,
  nextSong,
  nextSettings,
  nextPlan,
  nextTracks,
  nextOrder,
  nextLoudspeakers,
  nextTiming,
  nextChat,
  nextSigns,
  nextPrograms,
  nextLive,
  nextWords,
  nextRecordings,
  nextProgramme,
  nextScores,
  nextMarks,
];

export function enterRoom(welcome: Welcome): RoomState {
  const { token, backing_gain: backingGain } = welcome;
  return {
    token,
    backingGain,
    ...enterLine(welcome),
    ...enterSong(welcome),
    ...enterSettings(welcome),
    ...enterPlan(welcome),
    ...enterTracks(welcome),
    ...enterOrder(welcome),
    ...enterLoudspeakers(welcome),
    ...enterTiming(welcome),
    ...enterChat(),
    ...enterSigns(),
    ...enterPrograms(),
    ...enterLive(),
    ...enterWords(welcome),
    ...enterRecordings(),
    ...enterProgramme(),
    ...enterScores(welcome),
    ...enterMarks(welcome),
  };
}

/** What a message changes; messages that change nothing give the same state. Null before the first welcome. */
export function nextRoom(state: RoomState | null, message: ServerMessage): RoomState | null {
  if (message.type === 'welcome') return enterRoom(message);
  return state && PARTS.reduce((room, next) => next(room, message), state);
}

export function personOf(state: RoomState, id: string | null): Person | null {
  return state.people.find((person) => person.id === id) ?? null;
}

export function yourself(state: RoomState): Person {
  return personOf(state, state.you) as Person;
}

/** What one may do as far as who one is matters: a type of command, as the server tells it. The moment may still forbid it. */
export function may(state: RoomState, command: Command['type']): boolean {
  return state.rights.includes(command);
}
