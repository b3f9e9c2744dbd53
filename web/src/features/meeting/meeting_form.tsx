// The next evening, as a file for everybody's calendar, with the room's link in it.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Problem } from '../../page/parts/parts.js';
import { calendarFile, startOf } from './calendar.js';
import { t } from '../../i18n/words.js';

const LENGTHS: readonly (readonly [number, string])[] = [
  [60, '1 hour'],
  [90, '1½ hours'],
  [120, '2 hours'],
  [180, '3 hours'],
];
const MOST_TITLE = 80;

export function MeetingForm({ roomName, link }: { roomName: string; link: string }): JSX.Element {
  const [title, setTitle] = useState(roomName);
  const [start, setStart] = useState('');
  const [minutes, setMinutes] = useState(120);
  const [problem, setProblem] = useState<string | null>(null);
  const save = (event: Event): void => {
    event.preventDefault();
    const startMs = startOf(start);
    setProblem(startMs === null ? t.meeting.chooseTheDayAndThe : null);
    if (startMs === null) return;
    const text = calendarFile({ title: title.trim() || roomName, startMs, minutes, link }, `${startMs}@${new URL(link).host}`, Date.now());
    download(text, `${roomName.replace(/[^\p{L}\p{N} -]/gu, '') || 'Singing'}.ics`);
  };
  return (
    <form class="meeting" onSubmit={save} noValidate>
      <h3>{t.meeting.theNextEvening}</h3>
      <label for="meeting-start">{t.meeting.when}</label>
      <input id="meeting-start" type="datetime-local" value={start} onInput={(event) => setStart(event.currentTarget.value)} />
      <label for="meeting-length">{t.meeting.howLong}</label>
      <select id="meeting-length" value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value))}>
        {LENGTHS.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <label for="meeting-title">{t.meeting.what}</label>
      <input id="meeting-title" type="text" maxLength={MOST_TITLE} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
      {problem && <Problem>{problem}</Problem>}
      <button type="submit" class="secondary large">
        {t.meeting.saveItForTheCalendar}
      </button>
      <p class="hint">{t.meeting.aFileForAnyCalendar}</p>
    </form>
  );
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
