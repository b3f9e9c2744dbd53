// The room's next evening in words, and as a file for calendars. Pure but for the browser's language and time zone.
import { dateText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import type { Meeting } from '../../wire/control/control.js';
import { calendarFile } from './calendar.js';

const MINUTE_MS = 60_000;

/** Null: none is set, or it is over. */
export function comingMeeting(meeting: Meeting | null | undefined, nowMs: number): Meeting | null {
  return meeting && (meeting.begins + meeting.minutes * 60) * 1_000 > nowMs ? meeting : null;
}

/** As "Monday, 7 December at 19:30, 2 hours", in the time of where one is. */
export function meetingText({ begins, minutes }: Meeting, timeZone?: string): string {
  const when = dateText(begins * 1_000, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone });
  return `${when}, ${lengthText(minutes)}`;
}

export function lengthText(minutes: number): string {
  const hours = minutes / 60;
  if (minutes < 60 || minutes % 30 !== 0) return t.meeting.minutes({ minutes });
  return t.meeting.hours({ hours: `${Math.floor(hours)}${minutes % 60 === 30 ? '½' : ''}` });
}

export function meetingFile(meeting: Meeting, roomName: string, link: string, nowMs: number): string {
  const startMs = meeting.begins * 1_000;
  const { minutes } = meeting;
  // One evening of a room at a time: what a calendar has of it is replaced.
  return calendarFile({ title: meeting.title || roomName, startMs, minutes, link }, `${startMs}@${new URL(link).host}`, nowMs);
}

/** What a field for date and time shows, in this browser's time zone. */
export function fieldOf(begins: number): string {
  const local = new Date(begins * 1_000);
  return new Date(local.getTime() - local.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}
