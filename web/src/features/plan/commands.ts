// What leader and organiser plan for the next song, and what one hears of it before.
import type { Session } from '../../session/session.js';
import type { PlanChange } from '../../wire/control/control.js';
import { volumeFactor } from '../../audio/shared/volume.js';
import { bars } from './clicks.js';

const PREVIEW_BARS = 2;

export function changePlan(session: Session, change: PlanChange): void {
  session.send({ type: 'plan', ...change });
}

/** Plays two bars of clicks, for oneself alone. */
export async function hearTempo(session: Session, bpm: number, beatsPerBar: number): Promise<void> {
  const factor = volumeFactor(session.volumes.metronome.value) * volumeFactor(session.volumes.master.value);
  const sound = bars(PREVIEW_BARS, bpm, beatsPerBar, factor);
  await session.soundNow?.play([sound, sound.slice()]);
}
