// Records what one hears, as a file on one's own computer.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { LONGEST_RECORDING_S } from '../audio/recorder.js';
import { wavFile } from '../audio/wav.js';
import { recordingName } from '../state/recording_name.js';
import type { Session } from '../state/session.js';
import { minutes } from '../state/status.js';
import { DownloadIcon, RecordIcon, StopIcon } from './icons.js';

interface Finished {
  url: string;
  name: string;
}

export function RecordButton({ session, roomName }: { session: Session; roomName: string }): JSX.Element {
  const [since, setSince] = useState<number | null>(null);
  const [seconds, setSeconds] = useState(0);
  const [finished, setFinished] = useState<Finished | null>(null);
  const last = useRef<Finished | null>(null);

  const start = (): void => {
    session.soundNow?.startRecording('heard');
    setSeconds(0);
    setSince(Date.now());
  };
  const stop = async (): Promise<void> => {
    const begun = since ?? Date.now();
    setSince(null);
    const recording = await session.soundNow?.stopRecording('heard');
    if (!recording || recording.left.length === 0) return;
    if (last.current) URL.revokeObjectURL(last.current.url);
    const file = new Blob([wavFile(recording.left, recording.right)], { type: 'audio/wav' });
    last.current = { url: URL.createObjectURL(file), name: recordingName(roomName, new Date(begun)) };
    setFinished(last.current);
  };
  useEffect(() => {
    if (since === null) return;
    const timer = setInterval(() => {
      const passed = (Date.now() - since) / 1000;
      setSeconds(passed);
      if (passed >= LONGEST_RECORDING_S) void stop();
    }, 500);
    return () => clearInterval(timer);
  }, [since]);

  return (
    <div class="record">
      {since === null ? (
        <button type="button" class="secondary wide" onClick={start}>
          <RecordIcon />
          Record what I hear
        </button>
      ) : (
        <button type="button" class="secondary wide recording" onClick={() => void stop()}>
          <StopIcon />
          Stop recording ({minutes(seconds)})
        </button>
      )}
      {finished && since === null && (
        <a class="button secondary wide" href={finished.url} download={finished.name}>
          <DownloadIcon />
          Download the recording
        </a>
      )}
    </div>
  );
}
