// In the room: who sings with devices with which her loudness was never measured is offered it, between songs, until put away. After the offer to
// measure the sound card's delay: one at a time.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { putLoudnessOfferAway } from './commands.js';
import { t } from '../../i18n/words.js';

export function LoudnessOffer({ session, onMeasure }: { session: Session; onMeasure: () => void }): JSX.Element | null {
  const { microphone, calibration, loudness } = session;
  const { source, question } = microphone.correction;
  const delayOffered = (source.value === null || calibration.doubt.value !== null || question.value !== null) && !calibration.putAway.value;
  const song = session.room.value?.song.state === 'playing';
  if (!microphone.isOpen.value || microphone.gain.source.value !== null || delayOffered || song || loudness.putAway.value) return null;
  return (
    <p class="note held">
      <span>{t.loudness.howLoudYouSingInto}</span>
      <span class="calibration-buttons">
        <button type="button" class="secondary" onClick={onMeasure}>
          {t.loudness.singSomeNotes}
        </button>
        <button type="button" class="quiet" onClick={() => putLoudnessOfferAway(session)}>
          {t.loudness.notNow}
        </button>
      </span>
    </p>
  );
}
