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
    <Dialog title="Your sound" open={open} onClose={onClose}>
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
      <span>{singer ? 'You are here to sing.' : 'You are here to listen.'}</span>
      <button type="button" class="secondary" disabled={!session.connected.value} onClick={change}>
        {singer ? 'Just listen' : 'Sing along'}
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
  const ms = (value: number | undefined): string => `${(value ?? 0).toFixed(1)} ms`;
  return (
    <section class="round-trip">
      <h3>Your sound card’s round trip</h3>
      <p class="hint">
        How long a sound takes from your headphones into your microphone. Your voice is placed with it. If the others hear you late, make the
        correction larger; if early, smaller.
      </p>
      <dl>
        <dt>To the loudspeaker</dt>
        <dd>{ms((parts?.outputMs ?? 0) + (parts?.baseMs ?? 0))}</dd>
        <dt>From the microphone</dt>
        <dd>{ms(parts?.inputMs)}</dd>
        <dt>In all, with the correction</dt>
        <dd>
          <strong>{ms(parts?.totalMs)}</strong>
        </dd>
      </dl>
      {question && <p class="note">{question.text} Set it here.</p>}
      <NumberField
        label="Correction by hand"
        unit="ms"
        value={correction.ms.value}
        least={-MOST_CORRECTION_MS}
        most={MOST_CORRECTION_MS}
        step={1}
        onValue={setCorrection}
      />
      {correction.source.value === 'hand' && (
        <button type="button" class="quiet" onClick={takeBack}>
          Take the correction back to none
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
      setSaid('Copied');
    } catch {
      setSaid('The browser does not allow copying');
    }
    setTimeout(() => setSaid(''), SAID_MS);
  };
  return (
    <section class="details">
      <h3>Trouble?</h3>
      <p class="hint">Copy these details and send them to who helps you. They hold numbers about your sound, and nothing that you sang.</p>
      <button type="button" class="secondary" onClick={() => void copy()}>
        {said || 'Copy technical details'}
      </button>
      <span class="only-read" role="status">
        {said}
      </span>
    </section>
  );
}
