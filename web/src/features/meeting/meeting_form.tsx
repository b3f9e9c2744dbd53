// The next evening: an organiser sets it for everybody; the others see it.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import { may, type RoomState } from '../../state/room.js';
import { startOf } from './calendar.js';
import { setMeeting } from './commands.js';
import { comingMeeting, fieldOf, lengthText } from './meeting.js';
import { MeetingNote } from './meeting_note.js';
import { t } from '../../i18n/words.js';

const LENGTHS = [60, 90, 120, 180];
const MOST_TITLE = 80;

interface MeetingProps {
  session: Session;
  room: RoomState;
  link: string;
}

export function NextMeeting({ session, room, link }: MeetingProps): JSX.Element | null {
  const meeting = comingMeeting(room.room.meeting, Date.now());
  const sets = may(room, 'room');
  if (!sets && meeting === null) return null;
  return (
    <section class="meeting">
      <h3>{t.meeting.theNextEvening}</h3>
      <MeetingNote meeting={meeting} roomName={room.room.name || t.meeting.ourRoom} link={link} />
      {sets && <MeetingForm key={JSON.stringify(meeting)} session={session} room={room} />}
    </section>
  );
}

function MeetingForm({ session, room }: Pick<MeetingProps, 'session' | 'room'>): JSX.Element {
  const meeting = comingMeeting(room.room.meeting, Date.now());
  const [title, setTitle] = useState(meeting?.title ?? '');
  const [start, setStart] = useState(meeting ? fieldOf(meeting.begins) : '');
  const [minutes, setMinutes] = useState(meeting?.minutes ?? 120);
  const [problem, setProblem] = useState<string | null>(null);
  const save = (event: Event): void => {
    event.preventDefault();
    const startMs = startOf(start);
    const wrong = startMs === null ? t.meeting.chooseTheDayAndThe : startMs < Date.now() ? t.meeting.thisTimeIsOver : null;
    setProblem(wrong);
    if (startMs !== null && wrong === null) setMeeting(session, { begins: Math.floor(startMs / 1_000), minutes, title: title.trim() });
  };
  const lengths = LENGTHS.includes(minutes) ? LENGTHS : [...LENGTHS, minutes];
  return (
    <form onSubmit={save} noValidate>
      <fieldset class="bare" disabled={!session.connected.value}>
        <legend class="only-read">{t.meeting.setTheNextEvening}</legend>
        <label for="meeting-start">{t.meeting.when}</label>
        <input id="meeting-start" type="datetime-local" value={start} onInput={(event) => setStart(event.currentTarget.value)} />
        <label for="meeting-length">{t.meeting.howLong}</label>
        <select id="meeting-length" value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value))}>
          {lengths.map((value) => (
            <option key={value} value={value}>
              {lengthText(value)}
            </option>
          ))}
        </select>
        <label for="meeting-title">{t.meeting.what}</label>
        <input
          id="meeting-title"
          type="text"
          maxLength={MOST_TITLE}
          placeholder={room.room.name}
          value={title}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
        {problem && <Problem>{problem}</Problem>}
        <p class="actions">
          <button type="submit" class="secondary large">
            {meeting ? t.meeting.changeItForEverybody : t.meeting.setItForEverybody}
          </button>
          {meeting && (
            <button type="button" class="quiet" onClick={() => setMeeting(session, null)}>
              {t.meeting.takeItBack}
            </button>
          )}
        </p>
        <p class="hint">{t.meeting.everybodySeesItAtThe}</p>
      </fieldset>
    </form>
  );
}
