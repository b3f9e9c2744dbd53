// What is offered and can wait: below the line, so that nothing pushes the line out of sight.
import type { JSX } from 'preact';
import type { RoomState } from '../state/room.js';
import type { Session } from '../session/session.js';
import { CalibrationOffer } from '../features/calibration/calibration_offer.js';
import { slowSingersText } from '../features/line/time_travel.js';
import { LoudnessOffer } from '../features/loudness/loudness_offer.js';
import { MeetingNote } from '../features/meeting/meeting_note.js';
import { roomLink } from '../features/share/share_button.js';
import { t } from '../i18n/words.js';
import { TimingNote } from '../features/timing/timing_note.js';
import { NewRoomNote } from '../features/order/link_section.js';

interface OffersProps {
  session: Session;
  room: RoomState;
  onMeasure: () => void;
}

export function Offers({ session, room, onMeasure }: OffersProps): JSX.Element {
  const slow = slowSingersText(room);
  return (
    <div class="notes" data-keeps-focus>
      <TimingNote session={session} room={room} />
      <CalibrationOffer session={session} onMeasure={onMeasure} />
      <LoudnessOffer session={session} onMeasure={onMeasure} />
      {slow && (
        <p class="note" role="status">
          {slow}
        </p>
      )}
      <NewRoomNote session={session} />
      {room.song.state !== 'playing' && <MeetingNote meeting={room.room.meeting} roomName={room.room.name || t.meeting.ourRoom} link={roomLink()} />}
    </div>
  );
}
