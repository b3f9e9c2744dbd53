// Measure the sound card's round trip with a press: offered, and never forced. Shown while a microphone is open; not during a song, whose sound it would
// disturb.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { Problem } from '../../page/parts/parts.js';
import { measureAfterSong, startMeasuring, stopMeasuring, tapAlong } from './commands.js';
import { confirmedWords, differsWords, inMs, listeningWords, measuredWords, refusalWords, WITHOUT } from './words.js';
import { t } from '../../i18n/words.js';

interface CalibrationPanelProps {
  session: Session;
  /** Comes in without a microphone; null: one is in. */
  onListen: (() => void) | null;
}

export function CalibrationPanel({ session, onListen }: CalibrationPanelProps): JSX.Element | null {
  const state = session.calibration.state.value;
  const song = session.room.value?.song.state === 'playing';
  useEffect(() => () => stopMeasuring(session), [session]);
  if (!session.microphone.isOpen.value) return null;
  const Title = onListen ? 'h2' : 'h3';
  return (
    <section class="calibration" aria-labelledby="calibration">
      <Title id="calibration">{t.calibration.measureTheDelayOfYour}</Title>
      {state.kind === 'listening' ? (
        <>
          <p role="status">{listeningWords(state.way)}</p>
          <progress aria-label={t.calibration.howFarTheMeasuringIs} value={state.share} />
          {state.way === 'keys' && <TapHere session={session} />}
        </>
      ) : song ? null : (
        <p class="hint">{t.calibration.itBringsYourVoiceTo}</p>
      )}
      <div role="status">
        <Found session={session} />
      </div>
      {state.kind === 'refused' && <Problem>{refusalWords(state.reason)}</Problem>}
      {(state.kind === 'refused' || state.kind === 'differs') && onListen && <p class="hint">{WITHOUT()}</p>}
      {state.kind === 'differs' && <Problem>{differsWords(state.ms, state.knownMs)}</Problem>}
      {song ? <InSong session={session} /> : <Buttons session={session} onListen={onListen} />}
    </section>
  );
}

/** A large target; any key does the same. */
function TapHere({ session }: { session: Session }): JSX.Element {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    ref.current?.focus();
    const press = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.key === 'Escape' || event.key === 'Tab') return;
      // Stop can be pressed.
      if (document.activeElement !== ref.current && document.activeElement?.tagName === 'BUTTON') return;
      // Space and Enter would press the button besides.
      event.preventDefault();
      event.stopPropagation();
      tapAlong(session, event);
    };
    document.addEventListener('keydown', press, true);
    return () => document.removeEventListener('keydown', press, true);
  }, [session]);
  return (
    <button ref={ref} type="button" class="primary large tap-here" onPointerDown={(event) => tapAlong(session, event)}>
      {t.calibration.tapHere}
    </button>
  );
}

function InSong({ session }: { session: Session }): JSX.Element {
  if (session.calibration.state.value.kind !== 'waiting') {
    return (
      <>
        <p class="hint">{t.calibration.betweenSongsItCanBe}</p>
        <p class="calibration-buttons">
          <button type="button" class="secondary" onClick={() => measureAfterSong(session)}>
            {t.calibration.measureWhenTheSongIs}
          </button>
        </p>
      </>
    );
  }
  return (
    <>
      <p role="status">{t.calibration.waitingForTheEndOf}</p>
      <StopButton session={session} />
    </>
  );
}

function StopButton({ session }: { session: Session }): JSX.Element {
  return (
    <p class="calibration-buttons">
      <button type="button" class="secondary" onClick={() => stopMeasuring(session)}>
        {t.calibration.stop}
      </button>
    </p>
  );
}

function Buttons({ session, onListen }: CalibrationPanelProps): JSX.Element {
  const { kind } = session.calibration.state.value;
  if (kind === 'listening') return <StopButton session={session} />;
  const known = session.microphone.correction.source.value === 'measured';
  const again = kind !== 'rest' || known;
  return (
    <p class="calibration-buttons">
      {known && kind === 'rest' && (
        <button type="button" class="secondary" onClick={() => startMeasuring(session, 'quick')}>
          {t.calibration.checkItIn2Seconds}
        </button>
      )}
      <button type="button" class="secondary" onClick={() => startMeasuring(session, 'chirps')}>
        {again ? t.calibration.measureAgain : t.calibration.start}
      </button>
      <button type="button" class="quiet" onClick={() => startMeasuring(session, 'clicks')}>
        {t.calibration.tapAlongInstead}
      </button>
      <button type="button" class="quiet" onClick={() => startMeasuring(session, 'keys')}>
        {t.calibration.tapOnAKeyOr}
      </button>
      {(kind === 'refused' || kind === 'differs') && onListen && (
        <button type="button" class="secondary" onClick={onListen}>
          {t.calibration.comeInToListen}
        </button>
      )}
    </p>
  );
}

/** Now, or for these devices on another day. */
function Found({ session }: { session: Session }): JSX.Element | null {
  const state = session.calibration.state.value;
  if (state.kind === 'measured') return <p class="measured">{measuredWords(state.way, state.ms, state.spreadMs)}</p>;
  if (state.kind === 'confirmed') return <p class="measured">{confirmedWords(state.ms)}</p>;
  const { source, ms } = session.microphone.correction;
  if (source.value === null || source.value === 'hand' || state.kind !== 'rest') return null;
  const how = source.value === 'measured' ? t.calibration.measured : t.calibration.tappedLessExact;
  return <p class="measured">{t.calibration.alreadyForTheseDevicesThe({ how, inMs: inMs(ms.value) })}</p>;
}
