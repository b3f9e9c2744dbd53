// In the room: who sings with devices that were never measured, or whose round trip was another one in a song, is offered it, between songs, until put away.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { putOfferAway } from './commands.js';
import { doubtWords } from './words.js';
import { t } from '../../i18n/words.js';

export function CalibrationOffer({ session, onMeasure }: { session: Session; onMeasure: () => void }): JSX.Element | null {
  const { microphone, calibration } = session;
  const { source, question } = microphone.correction;
  const doubt = calibration.doubt.value;
  const song = session.room.value?.song.state === 'playing';
  const known = source.value !== null && doubt === null;
  if (!microphone.isOpen.value || known || question.value !== null || song || calibration.putAway.value) return null;
  const why = doubt ? doubtWords(doubt) : t.calibration.theDelayOfYourSound;
  return (
    <p class="note held">
      <span>{t.calibration.itTakesFiveSeconds({ why })}</span>
      <span class="calibration-buttons">
        <button type="button" class="secondary" onClick={onMeasure}>
          {doubt ? t.calibration.measureItAgain : t.calibration.measureIt}
        </button>
        <button type="button" class="quiet" onClick={() => putOfferAway(session)}>
          {t.calibration.notNow}
        </button>
      </span>
    </p>
  );
}
