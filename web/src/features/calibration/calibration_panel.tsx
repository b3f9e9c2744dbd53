// Measure the sound card's round trip with a press: offered, and never forced. Shown while a microphone is open.
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { Problem } from '../../page/parts/parts.js';
import { startMeasuring, stopMeasuring } from './commands.js';
import { inMs, measuredWords, refusalWords } from './words.js';

interface CalibrationPanelProps {
  session: Session;
  /** Goes in without a microphone; null: one is in. */
  onListen: (() => void) | null;
}

export function CalibrationPanel({ session, onListen }: CalibrationPanelProps): JSX.Element | null {
  const state = session.calibration.state.value;
  const open = session.microphone.isOpen.value;
  useEffect(() => () => stopMeasuring(session), [session]);
  if (!open) return null;
  return (
    <section class="calibration" aria-labelledby="calibration">
      <h2 id="calibration">Measure the delay of your sound card</h2>
      {state.kind === 'listening' ? (
        <>
          <p role="status">Listening to the chirps: keep the headphones at the microphone, and be silent.</p>
          <progress aria-label="How far the measuring is" value={state.share} />
        </>
      ) : (
        <p class="hint">
          It brings your voice to the others in time. Hold one side of your headphones to the microphone, and press Start: six soft chirps, five
          seconds.
        </p>
      )}
      <div role="status">
        {state.kind === 'measured' ? <p class="measured">{measuredWords(state.ms, state.spreadMs)}</p> : <Known session={session} />}
      </div>
      {state.kind === 'refused' && <Problem>{refusalWords(state.reason)}</Problem>}
      <p class="calibration-buttons">
        {state.kind === 'listening' ? (
          <button type="button" class="secondary" onClick={() => stopMeasuring(session)}>
            Stop
          </button>
        ) : (
          <button type="button" class="secondary" onClick={() => startMeasuring(session)}>
            {state.kind === 'rest' ? 'Start' : 'Measure again'}
          </button>
        )}
        {state.kind === 'refused' && onListen && (
          <button type="button" class="secondary" onClick={onListen}>
            Come in to listen
          </button>
        )}
      </p>
    </section>
  );
}

/** What was measured for these devices on another day. */
function Known({ session }: { session: Session }): JSX.Element | null {
  const { source, ms } = session.microphone.correction;
  if (source.value !== 'measured' || session.calibration.state.value.kind !== 'rest') return null;
  return <p class="measured">{`Measured already for these devices; the correction is ${inMs(ms.value)}.`}</p>;
}
