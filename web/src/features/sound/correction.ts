// The correction of the sound card's round trip, measured (features/calibration) or by hand. It belongs to a pair of microphone and loudspeaker: what was right for a headset is wrong for
// the laptop's own. So it is kept for each pair, and who comes with another pair is asked.
import { signal, type Signal } from '@preact/signals';
import { remembered, type CorrectionSource } from '../../state/storage.js';
import { named } from './voice_state.js';
import { t } from '../../i18n/words.js';

export interface DevicePair {
  microphone: string;
  /** Empty where the browser does not tell. */
  loudspeaker: string;
}

export interface Question {
  text: string;
  /** What was set for other devices. */
  formerMs: number;
}

/** Names as browsers tell them hold no line's end. */
export function keyOf(pair: DevicePair): string {
  return `${pair.microphone}\n${pair.loudspeaker}`;
}

function nameOf(key: string): string {
  const [microphone = '', loudspeaker = ''] = key.split('\n');
  return loudspeaker === '' ? named(microphone) : t.sound.withWord({ named: named(microphone), named2: named(loudspeaker) });
}

export class Correction {
  /** In force. */
  readonly ms = signal(0);
  /** Where it comes from; null: there is none yet for this pair. */
  readonly source: Signal<CorrectionSource | null> = signal(null);
  /** Null: the pair is known, or nothing was ever corrected. */
  readonly question: Signal<Question | null> = signal(null);
  private key: string | null = null;

  /** These are used from now on. */
  use(pair: DevicePair): void {
    const key = keyOf(pair);
    if (key === this.key) return;
    this.key = key;
    const known = remembered.correction(key);
    const last = remembered.lastCorrection;
    this.ms.value = known ?? 0;
    this.source.value = remembered.correctionSource(key);
    const ask = known === null && last !== null && last.ms !== 0;
    this.question.value = ask ? { formerMs: last.ms, text: questionText(last, key) } : null;
  }

  set(ms: number, source: CorrectionSource = 'hand'): void {
    this.ms.value = ms;
    this.source.value = source;
    this.question.value = null;
    if (this.key !== null) remembered.setCorrection(this.key, ms, source);
  }

  /** There is none any more for this pair, as before anything was measured or set. */
  takeBack(): void {
    this.ms.value = 0;
    this.source.value = null;
    this.question.value = null;
    if (this.key !== null) remembered.forgetCorrection(this.key);
  }
}

function questionText(last: { key: string; ms: number }, key: string): string {
  const former = last.key === '' ? t.sound.yourSoundBefore : nameOf(last.key);
  return t.sound.theCorrectionOfMsWas({ ms: last.ms, former, capital: capital(nameOf(key)) });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
