// The gain of one's own voice, set by hand: for who knows what she does.
import type { JSX } from 'preact';
import { LEAST_GAIN_DB, MOST_GAIN_DB } from '../../audio/shared/voice_loudness.js';
import type { Session } from '../../session/session.js';
import { NumberField } from '../../page/parts/parts.js';
import { setInputGain } from './commands.js';
import { t } from '../../i18n/words.js';

export function GainByHand({ session }: { session: Session }): JSX.Element {
  return (
    <section>
      <h3>{t.loudness.yourVoicesGain}</h3>
      <p class="hint">{t.loudness.howMuchLouderOrBelow}</p>
      <NumberField
        label={t.loudness.gainByHand}
        unit={t.units.decibel}
        value={session.microphone.gain.db.value}
        least={LEAST_GAIN_DB}
        most={MOST_GAIN_DB}
        step={0.1}
        onValue={(db) => setInputGain(session, db)}
      />
    </section>
  );
}
