// Whether a voice at the door is too soft, well, or too loud, from the levels that the meter shows; in words that do not flicker. Pure; time is handed in.
import { decibels } from '../../audio/shared/decibels.js';
import { t } from '../../i18n/words.js';

export type VoiceLevel = 'unheard' | 'soft' | 'well' | 'loud';

/** dBFS of a mean power. Below the first there is but the room; below the second one hears little of a voice. */
const VOICE_DB = -50;
const SOFT_DB = -38;
/** dBFS of a peak: the next louder note would be cut off. */
const LOUD_DB = -3;
/** The loudest of so long counts: words and breaths lie between. */
const WINDOW_MS = 2_000;

interface Look {
  atMs: number;
  rmsDb: number;
  peakDb: number;
}

export class VoiceLevels {
  private looks: Look[] = [];
  private last: VoiceLevel = 'unheard';

  /** Amplitudes, as the meter reads them. In a pause it stays as it was. */
  look(level: { peak: number; rms: number }, atMs: number): VoiceLevel {
    this.looks = [...this.looks.filter((one) => atMs - one.atMs < WINDOW_MS), { atMs, rmsDb: decibels(level.rms), peakDb: decibels(level.peak) }];
    const rmsDb = Math.max(...this.looks.map((one) => one.rmsDb));
    const peakDb = Math.max(...this.looks.map((one) => one.peakDb));
    if (peakDb > LOUD_DB) this.last = 'loud';
    else if (rmsDb >= SOFT_DB) this.last = 'well';
    else if (rmsDb >= VOICE_DB) this.last = 'soft';
    else if (this.last === 'loud') this.last = 'well';
    return this.last;
  }
}

export function levelWords(level: VoiceLevel): string {
  switch (level) {
    case 'unheard':
      return t.sound.singALineAsLoud;
    case 'soft':
      return t.sound.youAreHeardButSoftly;
    case 'well':
      return t.sound.youAreHeardWell;
    case 'loud':
      return t.sound.tooLoudStepBackA;
  }
}
