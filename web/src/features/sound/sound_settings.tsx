// One's own sound: microphone, round trip of the sound card, and the details that help others to help.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { RoundTrip } from '../../audio/engine/engine.js';
import { detailsOf } from '../../session/details.js';
import type { Session } from '../../session/session.js';
import { MOST_CORRECTION_MS } from '../../state/storage.js';
import { setRole } from './commands.js';
import { MicrophonePicker } from './microphone_picker.js';
import { DialogErrors } from '../../page/parts/notices.js';
import { Dialog, NumberField } from '../../page/parts/parts.js';
import { t } from '../../i18n/words.js';

interface SoundSettingsProps {
  session: Session;
  singer: boolean;
  /** To measure the round trip, for who sings. */
  calibration?: JSX.Element;
  /** To set the gain of one's own voice by hand. */
  gainByHand?: JSX.Element;
  open: boolean;
  onClose: () => void;
}

export function SoundSettings({ session, singer, calibration, gainByHand, open, onClose }: SoundSettingsProps): JSX.Element {
  return (
    <Dialog title={t.sound.yourSound} open={open} onClose={onClose}>
      <DialogErrors session={session} />
      <RoleSwitch session={session} singer={singer} />
      {singer && <MicrophonePicker session={session} />}
      {singer && calibration}
      {singer && <RoundTripFields session={session} />}
      {singer && gainByHand}
      <CopyDetails session={session} />
    </Dialog>
  );
}

function RoleSwitch({ session, singer }: { session: Session; singer: boolean }): JSX.Element {
  const change = (): void => setRole(session, singer ? 'listener' : 'singer');
  return (
    <p class="role-switch">
      <span>{singer ? t.sound.youAreHereToSing : t.sound.youAreHereToListen}</span>
      <button type="button" class="secondary" disabled={!session.connected.value} onClick={change}>
        {singer ? t.sound.justListen : t.sound.singAlong}
      </button>
    </p>
  );
}

function RoundTripFields({ session }: { session: Session }): JSX.Element {
  const [parts, setParts] = useState<RoundTrip | null>(null);
  useEffect(() => {
    const renew = (): void => setParts(session.soundNow?.roundTrip() ?? null);
    renew();
    const timer = setInterval(renew, 1_000);
    return () => clearInterval(timer);
  }, [session]);
  const { correction } = session.microphone;
  const question = correction.question.value;
  const setCorrection = (ms: number): void => {
    correction.set(ms);
    setParts(session.soundNow?.roundTrip() ?? null);
  };
  const takeBack = (): void => {
    correction.takeBack();
    setParts(session.soundNow?.roundTrip() ?? null);
  };
  const ms = (value: number | undefined): string => t.sound.ms({ toFixed: (value ?? 0).toFixed(1) });
  return (
    <section class="round-trip">
      <h3>{t.sound.yourSoundCardsRoundTrip}</h3>
      <p class="hint">{t.sound.howLongASoundTakes}</p>
      <dl>
        <dt>{t.sound.toTheLoudspeaker}</dt>
        <dd>{ms((parts?.outputMs ?? 0) + (parts?.baseMs ?? 0))}</dd>
        <dt>{t.sound.fromTheMicrophone}</dt>
        <dd>{ms(parts?.inputMs)}</dd>
        <dt>{t.sound.inAllWithTheCorrection}</dt>
        <dd>
          <strong>{ms(parts?.totalMs)}</strong>
        </dd>
      </dl>
      {question && <p class="note">{t.sound.setItHere({ text: question.text })}</p>}
      <NumberField
        label={t.sound.correctionByHand}
        unit={t.units.milliseconds}
        value={correction.ms.value}
        least={-MOST_CORRECTION_MS}
        most={MOST_CORRECTION_MS}
        step={1}
        onValue={setCorrection}
      />
      {correction.source.value === 'hand' && (
        <button type="button" class="quiet" onClick={takeBack}>
          {t.sound.takeTheCorrectionBackTo}
        </button>
      )}
    </section>
  );
}

const SAID_MS = 2_500;

function CopyDetails({ session }: { session: Session }): JSX.Element {
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(JSON.stringify(await detailsOf(session), null, 2));
      setSaid(t.sound.copied);
    } catch {
      setSaid(t.sound.theBrowserDoesNotAllow);
    }
    setTimeout(() => setSaid(''), SAID_MS);
  };
  return (
    <section class="details">
      <h3>{t.sound.trouble}</h3>
      <p class="hint">{t.sound.copyTheseDetailsAndSend}</p>
      <button type="button" class="secondary" onClick={() => void copy()}>
        {said || t.sound.copyTechnicalDetails}
      </button>
      <span class="only-read" role="status">
        {said}
      </span>
    </section>
  );
}
