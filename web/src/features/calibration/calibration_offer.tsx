// In the room: who sings with devices that were never measured is offered it, between songs, until put away.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { putOfferAway } from './commands.js';

export function CalibrationOffer({ session, onMeasure }: { session: Session; onMeasure: () => void }): JSX.Element | null {
  const { microphone, calibration } = session;
  const { source, question } = microphone.correction;
  const song = (session.room.value?.song.state ?? 'none') !== 'none';
  if (!microphone.isOpen.value || source.value !== null || question.value !== null || song || calibration.putAway.value) return null;
  return (
    <p class="note held">
      <span>The delay of your sound card is not measured yet: the others may hear you late. It takes five seconds.</span>
      <span class="calibration-buttons">
        <button type="button" class="secondary" onClick={onMeasure}>
          Measure it
        </button>
        <button type="button" class="quiet" onClick={() => putOfferAway(session)}>
          Not now
        </button>
      </span>
    </p>
  );
}
