// Measure the sound card's round trip with a press: offered, and never forced. Shown while a microphone is open; not during a song, whose sound it would
// disturb.
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { Problem } from '../../page/parts/parts.js';
import { giveWayToSong, startMeasuring, stopMeasuring } from './commands.js';
import { inMs, listeningWords, measuredWords, refusalWords, WITHOUT } from './words.js';

interface CalibrationPanelProps {
  session: Session;
  /** Comes in without a microphone; null: one is in. */
  onListen: (() => void) | null;
}

export function CalibrationPanel({ session, onListen }: CalibrationPanelProps): JSX.Element | null {
  const state = session.calibration.state.value;
  const open = session.microphone.isOpen.value;
  const song = (session.room.value?.song.state ?? 'none') !== 'none';
  useEffect(() => () => stopMeasuring(session), [session]);
  useEffect(() => {
    if (song) giveWayToSong(session);
  }, [session, song]);
  if (!open) return null;
  const Title = onListen ? 'h2' : 'h3';
  return (
    <section class="calibration" aria-labelledby="calibration">
      <Title id="calibration">Measure the delay of your sound card</Title>
      {state.kind === 'listening' ? (
        <>
          <p role="status">{listeningWords(state.way)}</p>
          <progress aria-label="How far the measuring is" value={state.share} />
        </>
      ) : song ? null : (
        <p class="hint">
          It brings your voice to the others in time. Hold one side of your headphones to the microphone, and press Start: six soft chirps, five
          seconds.
        </p>
      )}
      <div role="status">
        {state.kind === 'measured' ? <p class="measured">{measuredWords(state.way, state.ms, state.spreadMs)}</p> : <Known session={session} />}
      </div>
      {state.kind === 'refused' && <Problem>{refusalWords(state.reason)}</Problem>}
      {state.kind === 'refused' && onListen && <p class="hint">{WITHOUT}</p>}
      {song ? <p class="hint">Between songs, it can be measured here.</p> : <Buttons session={session} onListen={onListen} />}
    </section>
  );
}

function Buttons({ session, onListen }: CalibrationPanelProps): JSX.Element {
  const { kind } = session.calibration.state.value;
  if (kind === 'listening') {
    return (
      <p class="calibration-buttons">
        <button type="button" class="secondary" onClick={() => stopMeasuring(session)}>
          Stop
        </button>
      </p>
    );
  }
  return (
    <p class="calibration-buttons">
      <button type="button" class="secondary" onClick={() => startMeasuring(session, 'chirps')}>
        {kind === 'rest' ? 'Start' : 'Measure again'}
      </button>
      <button type="button" class="quiet" onClick={() => startMeasuring(session, 'clicks')}>
        Tap along instead
      </button>
      {kind === 'refused' && onListen && (
        <button type="button" class="secondary" onClick={onListen}>
          Come in to listen
        </button>
      )}
    </p>
  );
}

/** What was found for these devices on another day. */
function Known({ session }: { session: Session }): JSX.Element | null {
  const { source, ms } = session.microphone.correction;
  if (source.value === null || source.value === 'hand' || session.calibration.state.value.kind !== 'rest') return null;
  const how = source.value === 'measured' ? 'Measured' : 'Tapped (less exact)';
  return <p class="measured">{`${how} already for these devices; the correction is ${inMs(ms.value)}.`}</p>;
}
