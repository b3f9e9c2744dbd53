// The top of the room: its name, and the ways to what lies behind it.
import type { JSX } from 'preact';
import type { RoomState } from '../state/room.js';
import type { Session } from '../session/session.js';
import { LeaveButton } from '../features/leaving/leave_button.js';
import { NextMeeting } from '../features/meeting/meeting_form.js';
import { roomLink, ShareButton } from '../features/share/share_button.js';
import { DoorIcon, FadersIcon, Sign, SlidersIcon } from './parts/icons.js';
import { ArrivalTitle } from './parts/parts.js';
import { t } from '../i18n/words.js';

interface RoomHeadProps {
  session: Session;
  room: RoomState;
  /** Null: one may change nothing of the room. */
  onRoom: (() => void) | null;
  onSound: () => void;
  /** Null: it is not hers to use. */
  onConsole: (() => void) | null;
}

export function RoomHead({ session, room, onRoom, onSound, onConsole }: RoomHeadProps): JSX.Element {
  const name = room.room.name || t.page.ourRoom;
  return (
    <header class="room-head">
      <Sign />
      <ArrivalTitle>{name}</ArrivalTitle>
      <nav class="room-nav" aria-label={t.page.settings} data-keeps-focus>
        <ShareButton roomName={name} more={<NextMeeting session={session} room={room} link={roomLink()} />} />
        {onRoom && (
          <button type="button" class="quiet" onClick={onRoom}>
            <DoorIcon />
            {t.page.room}
          </button>
        )}
        {onConsole && (
          <button type="button" class="quiet" onClick={onConsole}>
            <FadersIcon />
            {t.page.console}
          </button>
        )}
        <button type="button" class="quiet" onClick={onSound}>
          <SlidersIcon />
          {t.page.sound}
        </button>
        <LeaveButton session={session} room={room} />
      </nav>
    </header>
  );
}
