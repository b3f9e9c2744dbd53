// Sing some notes, and one's voice is brought to the loudness that all voices have: offered, and never forced. Shown while a microphone is open; not
// during a song.
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { Meter } from '../../page/parts/meter.js';
import { Problem } from '../../page/parts/parts.js';
import { startSinging, stopSinging } from './commands.js';
import { gainWords, loudnessRefusalWords } from './words.js';
import { t } from '../../i18n/words.js';

interface LoudnessPanelProps {
  session: Session;
  /** At the door, or in the sound settings. */
  atDoor: boolean;
}

export function LoudnessPanel({ session, atDoor }: LoudnessPanelProps): JSX.Element | null {
  const state = session.loudness.state.value;
  const { gain } = session.microphone;
  const open = session.microphone.isOpen.value;
  const song = session.room.value?.song.state === 'playing';
  useEffect(() => () => stopSinging(session), [session]);
  if (!open) return null;
  const Title = atDoor ? 'h2' : 'h3';
  const listening = state.kind === 'listening';
  return (
    <section class="calibration" aria-labelledby="loudness">
      <Title id="loudness">{t.loudness.makeYourVoiceAsLoud}</Title>
      {listening ? (
        <>
          <p role="status">{t.loudness.singSomeNotesNowAs}</p>
          <progress aria-label={t.loudness.howFarTheMeasuringIs} value={state.share} />
          <Meter label={t.loudness.howLoudYouAre} read={() => session.ownLevel()} />
        </>
      ) : song ? null : (
        <p class="hint">{t.loudness.singSomeNotesForFive}</p>
      )}
      <div role="status">
        {state.kind === 'measured' && <p class="measured">{t.loudness.measured({ gainWords: gainWords(state.gainDb) })}</p>}
        {state.kind === 'rest' && gain.source.value !== null && (
          <p class="measured">{`${gain.source.value === 'measured' ? t.loudness.measuredAlready : t.loudness.setByHand}. ${gainWords(gain.db.value)}`}</p>
        )}
      </div>
      {state.kind === 'refused' && <Problem>{loudnessRefusalWords(state.reason)}</Problem>}
      {song ? (
        <p class="hint">{t.loudness.betweenSongsItCanBe}</p>
      ) : (
        <p class="calibration-buttons">
          {listening ? (
            <button type="button" class="secondary" onClick={() => stopSinging(session)}>
              {t.loudness.stop}
            </button>
          ) : (
            <button type="button" class="secondary" onClick={() => startSinging(session)}>
              {gain.source.value === null && state.kind === 'rest' ? t.loudness.singNow : t.loudness.singAgain}
            </button>
          )}
        </p>
      )}
    </section>
  );
}
