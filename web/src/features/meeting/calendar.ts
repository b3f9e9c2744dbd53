// An evening as a calendar takes it (iCalendar, RFC 5545). Times are told in UTC, so that each calendar shows them in its owner's own time zone. Pure.
import { t } from '../../i18n/words.js';

const MOST_OCTETS = 75;

export interface Meeting {
  title: string;
  /** Since the epoch. */
  startMs: number;
  minutes: number;
  /** Of the room. */
  link: string;
}

/** `uid`: the same for the same evening, so that a later file takes the place of an earlier one. */
export function calendarFile(meeting: Meeting, uid: string, nowMs: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Roundelay//Roundelay//EN',
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${utc(nowMs)}`,
    `DTSTART:${utc(meeting.startMs)}`,
    `DTEND:${utc(meeting.startMs + meeting.minutes * 60_000)}`,
    `SUMMARY:${escaped(meeting.title)}`,
    `URL:${meeting.link}`,
    `DESCRIPTION:${escaped(t.meeting.weSingHere({ link: meeting.link }))}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** 20261203T180000Z */
function utc(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');
}

/** No line is longer than 75 octets, and no character is cut. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let out = '';
  let octets = 0;
  for (const character of line) {
    const length = encoder.encode(character).length;
    if (octets + length > MOST_OCTETS) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += length;
  }
  return out;
}

/** What a field for date and time holds, in this browser's time zone; null: nothing that is a time. */
export function startOf(field: string): number | null {
  const ms = field === '' ? NaN : new Date(field).getTime();
  return Number.isFinite(ms) ? ms : null;
}
