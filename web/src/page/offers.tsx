// What is offered and can wait: below the line, so that nothing pushes the line out of sight.
import type { JSX } from 'preact';
import type { RoomState } from '../state/room.js';
import type { Session } from '../session/session.js';
import { CalibrationOffer } from '../features/calibration/calibration_offer.js';
import { slowSingersText } from '../features/line/time_travel.js';
import { LoudnessOffer } from '../features/loudness/loudness_offer.js';
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
    </div>
  );
}
