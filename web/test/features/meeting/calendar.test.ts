import { describe, expect, it } from 'vitest';
import { calendarFile, startOf } from '../../../src/features/meeting/calendar.js';

const MEETING = { title: 'Monday choir', startMs: Date.UTC(2026, 11, 7, 18, 30), minutes: 90, link: 'https://sing.example/r/abcdefghij' };
const NOW = Date.UTC(2026, 10, 26, 12, 0, 5, 250);

describe('a file for calendars', () => {
  it('tells begin and end in UTC, lines end as RFC 5545 wants', () => {
    expect(calendarFile(MEETING, '1@sing.example', NOW).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Roundelay//Roundelay//EN',
      'BEGIN:VEVENT',
      'UID:1@sing.example',
      'DTSTAMP:20261126T120005Z',
      'DTSTART:20261207T183000Z',
      'DTEND:20261207T200000Z',
      'SUMMARY:Monday choir',
      'URL:https://sing.example/r/abcdefghij',
      'DESCRIPTION:We sing here: https://sing.example/r/abcdefghij',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('escapes what has a meaning there, and a title brings no lines of its own', () => {
    const text = calendarFile({ ...MEETING, title: 'Bach, Brahms; \\o/\r\nEND:VEVENT' }, '1', NOW);
    expect(text).toContain('SUMMARY:Bach\\, Brahms\\; \\\\o/\\nEND:VEVENT\r\n');
    expect(text.match(/^END:VEVENT/gm)).toHaveLength(1);
  });

  it('folds long lines at 75 octets without cutting a character', () => {
    const title = 'Größere Chöre 𝄞 '.repeat(12).trim();
    const text = calendarFile({ ...MEETING, title }, '1', NOW);
    for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}\r\n`);
    expect(text).not.toContain('\ufffd');
  });

  it('takes a field’s time in the zone of the browser, and nothing for what is none', () => {
    expect(startOf('2026-12-07T19:30')).toBe(new Date(2026, 11, 7, 19, 30).getTime());
    expect(startOf('')).toBe(null);
    expect(startOf('soon')).toBe(null);
  });
});
