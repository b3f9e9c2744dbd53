import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { comingMeeting, lengthText, meetingFile, meetingText } from '../../../src/features/meeting/meeting.js';
import { MeetingNote } from '../../../src/features/meeting/meeting_note.js';

const BEGINS_MS = Date.UTC(2026, 11, 7, 18, 30);
const meeting = { begins: BEGINS_MS / 1_000, minutes: 90, title: 'Carols' };
const LINK = 'https://sing.example/r/abcdefghij';

describe('the next evening', () => {
  it('is told until it is over', () => {
    expect(comingMeeting(meeting, BEGINS_MS + 89 * 60_000)).toBe(meeting);
    expect(comingMeeting(meeting, BEGINS_MS + 90 * 60_000)).toBeNull();
    expect(comingMeeting(null, 0)).toBeNull();
  });

  it('stands in words, in the time of where one is', () => {
    expect(meetingText(meeting, 'UTC')).toMatch(/^Monday,? 7 December(,| at) 18:30, 1½ hours$/);
    expect(meetingText(meeting, 'Asia/Tokyo')).toMatch(/^Tuesday,? 8 December(,| at) 03:30/);
    expect([1, 30, 45, 60, 75, 120].map(lengthText)).toEqual(['1 minute', '30 minutes', '45 minutes', '1 hour', '75 minutes', '2 hours']);
  });

  it('goes into a calendar under its title, or the room’s name', () => {
    const of = (title: string): string => meetingFile({ ...meeting, title }, 'Monday choir', LINK, 0);
    expect(of('Carols')).toContain('SUMMARY:Carols\r\n');
    expect(of('')).toContain('SUMMARY:Monday choir\r\n');
    expect(of('')).toContain('DTSTART:20261207T183000Z\r\nDTEND:20261207T200000Z');
  });

  it('is shown where there is one', () => {
    const shown = (begins: number): string => renderToString(<MeetingNote meeting={{ ...meeting, begins }} roomName="Monday choir" link={LINK} />);
    expect(shown(Math.floor(Date.now() / 1_000) + 3_600)).toContain('Carols');
    expect(shown(1)).toBe('');
  });
});
