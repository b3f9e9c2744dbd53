// In the room: who sings with devices with which her loudness was never measured is offered it, between songs, until put away. After the offer to
// measure the sound card's delay: one at a time.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { putLoudnessOfferAway } from './commands.js';

export function LoudnessOffer({ session, onMeasure }: { session: Session; onMeasure: () => void }): JSX.Element | null {
  const { microphone, calibration, loudness } = session;
  const { source, question } = microphone.correction;
  const delayOffered = (source.value === null || calibration.doubt.value !== null || question.value !== null) && !calibration.putAway.value;
  const song = session.room.value?.song.state === 'playing';
  if (!microphone.isOpen.value || microphone.gain.source.value !== null || delayOffered || song || loudness.putAway.value) return null;
  return (
    <p class="note held">
      <span>How loud you sing into this microphone is not measured yet: the others may hear you too softly or too loud. It takes five seconds.</span>
      <span class="calibration-buttons">
        <button type="button" class="secondary" onClick={onMeasure}>
          Sing some notes
        </button>
        <button type="button" class="quiet" onClick={() => putLoudnessOfferAway(session)}>
          Not now
        </button>
      </span>
    </p>
  );
}
