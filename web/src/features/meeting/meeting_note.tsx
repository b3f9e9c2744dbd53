// The room's next evening, for everybody: at the door and in the room, with the file for one's calendar.
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { Meeting } from '../../wire/control/control.js';
import { comingMeeting, meetingFile, meetingText } from './meeting.js';

interface MeetingNoteProps {
  meeting: Meeting | null | undefined;
  roomName: string;
  /** Of the room. */
  link: string;
}

export function MeetingNote({ meeting, roomName, link }: MeetingNoteProps): JSX.Element | null {
  const coming = comingMeeting(meeting, Date.now());
  if (coming === null) return null;
  const save = (): void =>
    download(meetingFile(coming, roomName, link, Date.now()), `${roomName.replace(/[^\p{L}\p{N} -]/gu, '') || t.meeting.ourRoom}.ics`);
  return (
    <div class="note meeting-note">
      <p>
        <strong>{coming.title || t.meeting.theNextEvening}:</strong> {meetingText(coming)}.
      </p>
      <button type="button" class="secondary" onClick={save}>
        {t.meeting.saveItForTheCalendar}
      </button>
    </div>
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
