// Whether a singer's voice is sent, and if not, why not and what helps. Pure: what the page shows of the microphone comes from here alone, so that it
// is what is true.
import type { SoundRun } from '../../audio/engine/engine.js';
import { SAMPLE_RATE } from '../../units.js';
import type { Device } from '../device/device.js';
import { mutedWords, silentWords } from '../device/microphone_words.js';
import { t } from '../../i18n/words.js';

/** What the microphone gives. */
export type Input = 'well' | 'silent' | 'overdriven';

const SILENT_FRAMES = 3 * SAMPLE_RATE;
const OVERDRIVEN_FRAMES = 2 * SAMPLE_RATE;

/** From the worklet's counts: exact silence for some seconds, or clipping a moment ago. */
export function inputOf(silentFrames: number, unclippedFrames: number): Input {
  if (silentFrames >= SILENT_FRAMES) return 'silent';
  return unclippedFrames < OVERDRIVEN_FRAMES ? 'overdriven' : 'well';
}

export interface VoiceFacts {
  /** By the singer herself, in the room. */
  muted: boolean;
  /** By somebody else, and she may not undo it. */
  held?: boolean;
  /** Switched off, it goes on by itself with the next song. */
  untilSong?: boolean;
  /** A microphone is open. */
  open: boolean;
  /** The name of the microphone that went away while it was used. */
  lost: string | null;
  /** By the system, a key, or a call. */
  mutedElsewhere: boolean;
  input: Input;
  run: SoundRun;
  device: Device;
}

export interface VoiceState {
  /** What she sings is sent. */
  sent: boolean;
  /** For the button that switches the microphone. */
  label: string;
  /** What is wrong and what to do; null: nothing is wrong. */
  trouble: string | null;
  /** There is no microphone to be switched: one has to be opened. */
  wanting: boolean;
}

export function voiceState(facts: VoiceFacts): VoiceState {
  const { muted, open, lost, mutedElsewhere, input, run, device } = facts;
  if (facts.held) return { sent: false, label: t.sound.muted, trouble: HELD(), wanting: false };
  const not = (label: string, trouble: string | null, wanting = false): VoiceState => ({ sent: false, label, trouble, wanting });
  if (lost !== null) return not(t.sound.noMicrophone, t.sound.nobodyHearsYouIsGone({ named: named(lost) }), true);
  if (!open) return not(t.sound.noMicrophone, t.sound.nobodyHearsYouNoMicrophone, true);
  if (muted) return not(facts.untilSong ? t.sound.offUntilTheSong : t.sound.microphoneOff, null);
  if (run !== 'running') return not(t.sound.soundStopped, null);
  if (mutedElsewhere) return not(t.sound.microphoneMuted, t.sound.nobodyHearsYouYourMicrophone({ mutedWords: mutedWords(device) }));
  if (input === 'silent') return not(t.sound.microphoneSilent, t.sound.nobodyHearsYouNothingOr({ silentWords: silentWords(device) }));
  return { sent: true, label: t.sound.microphoneOn, trouble: input === 'overdriven' ? OVERDRIVEN() : null, wanting: false };
}

/** What is wrong with an open microphone, beside the list of all. */
export function inputTrouble(mutedElsewhere: boolean, input: Input, device: Device): string | null {
  if (mutedElsewhere) return t.sound.yourMicrophone({ mutedWords: mutedWords(device) });
  if (input === 'silent') return t.sound.nothingOrChooseAnotherOne({ silentWords: silentWords(device) });
  return input === 'overdriven' ? OVERDRIVEN() : null;
}

export function named(label: string): string {
  return label === '' ? t.sound.yourMicrophoneName : t.sound.quoted({ label });
}

const HELD = () => t.sound.nobodyHearsYouWhoeverLooks;
const OVERDRIVEN = () => t.sound.yourVoiceSoundsHarshIt;
