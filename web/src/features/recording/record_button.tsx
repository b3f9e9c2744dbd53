// Records what one hears, into a file on one's own computer.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { recordings } from './recordings.js';
import type { Session } from '../../session/session.js';
import { minutes } from '../song/status.js';
import { RecordIcon, StopIcon } from '../../page/parts/icons.js';
import { Problem } from '../../page/parts/parts.js';
import { RecordingsList } from './recordings_list.js';
import { t } from '../../i18n/words.js';

export function RecordButton({ session, roomName }: { session: Session; roomName: string }): JSX.Element {
  const running = recordings.running.value;
  const problem = recordings.problem.value;
  const start = (): void => {
    const played = session.soundNow?.played;
    if (played) void recordings.start(played, roomName);
  };
  return (
    <div class="record">
      {/* One button, so that the focus stays on it. */}
      <button type="button" class={`secondary wide${running ? ' recording' : ''}`} onClick={() => (running ? void recordings.stop() : start())}>
        {running ? <StopIcon /> : <RecordIcon />}
        {running ? (
          <span>
            {t.recording.stopRecording} (<Elapsed sinceMs={running.sinceMs} />)
          </span>
        ) : (
          <span>{t.recording.recordWhatIHear}</span>
        )}
      </button>
      {running?.kept === false && <p class="hint">{t.recording.thisBrowserCannotKeepIt}</p>}
      {problem && <Problem>{problem}</Problem>}
      <RecordingsList title={t.recording.yourRecordings} />
    </div>
  );
}

function Elapsed({ sinceMs }: { sinceMs: number }): JSX.Element {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return <>{minutes((now - sinceMs) / 1000)}</>;
}
