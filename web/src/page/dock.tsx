// What one needs while singing, always within reach: one's own place, the microphone and the meters. News stand above them, one line high.
import type { JSX } from 'preact';
import { may, yourself, type RoomState } from '../state/room.js';
import type { Session } from '../session/session.js';
import { OwnPlace } from '../features/line/own_place.js';
import { MicrophoneButton } from '../features/sound/voice_note.js';
import { Meter } from './parts/meter.js';
import { Notices } from './parts/notices.js';
import { t } from '../i18n/words.js';

interface DockProps {
  session: Session;
  room: RoomState;
  onPerson: (id: string) => void;
}

export function Dock({ session, room, onPerson }: DockProps): JSX.Element {
  const you = yourself(room);
  const voice = session.voice.value;
  return (
    <section class="dock" aria-label={t.page.yourPlaceAndYourMicrophone} data-keeps-focus>
      <Notices session={session} />
      <div class="dock-inner">
        <OwnPlace room={room} onPerson={onPerson} />
        {voice && <MicrophoneButton session={session} voice={voice} muted={you.muted} fixed={!may(room, 'mute')} />}
        <div class="meters">
          {voice && (
            <div class="meter-row">
              <span>{t.page.you}</span>
              <Meter label={t.page.yourMicrophone} read={() => session.ownLevel()} off={!voice.sent} />
            </div>
          )}
          <div class="meter-row">
            <span>{t.page.all}</span>
            <Meter label={t.page.whatYouHear} read={() => session.mixLevel()} />
          </div>
        </div>
      </div>
    </section>
  );
}
