// The recordings that this browser keeps: to download, or to delete for good.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { recordings, type Finished } from './recordings.js';
import { minutes } from '../song/status.js';
import { DownloadIcon, TrashIcon } from '../../page/parts/icons.js';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';

export function RecordingsList({ title }: { title: string }): JSX.Element | null {
  useEffect(() => void recordings.look(), []);
  const finished = recordings.finished.value;
  if (finished.length === 0) return null;
  return (
    <section class="recordings" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {finished.map((one) => (
          <Recording key={one.url} one={one} />
        ))}
      </ul>
      <p class="hint">{finished.some((one) => one.fleeting) ? t.recording.downloadThemBeforeYouClose : t.recording.thisBrowserKeepsThemUntil}</p>
    </section>
  );
}

function Recording({ one }: { one: Finished }): JSX.Element {
  const [sure, setSure] = useState(false);
  return (
    <li>
      <p class="recording-name">
        {one.name} <span class="hint">{describe(one)}</span>
      </p>
      <p class="actions">
        <a class="button secondary" href={one.url} download={one.name}>
          <DownloadIcon />
          {t.recording.download}
          <span class="only-read"> {one.name}</span>
        </a>
        <button type="button" class="quiet" onClick={() => (sure ? void recordings.remove(one) : setSure(true))}>
          <TrashIcon />
          {sure ? t.recording.deleteForGood : t.recording.deleteWord}
          <span class="only-read"> {one.name}</span>
        </button>
      </p>
    </li>
  );
}

function describe(one: Finished): string {
  return `${minutes(one.seconds)}, ${numberText(Math.max(1, Math.round(one.bytes / 1e6)))} MB`;
}
