// What one needs while singing, always within reach: the microphone, the meters, and the song's buttons.
import type { JSX } from 'preact';
import { may, yourself, type RoomState } from '../state/room.js';
import type { Session } from '../session/session.js';
import { Meter } from './parts/meter.js';
import { Notices } from './parts/notices.js';
import { SongControls } from '../features/song/song_controls.js';
import { MicrophoneButton, VoiceNote } from '../features/sound/voice_note.js';

export function Dock({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const you = yourself(room);
  const voice = session.voice.value;
  return (
    <section class="dock" aria-label="Microphone and song" data-keeps-focus>
      <Notices session={session} />
      {voice && <VoiceNote session={session} voice={voice} />}
      <div class="dock-inner">
        {voice && <MicrophoneButton session={session} voice={voice} muted={you.muted} fixed={!may(room, 'mute')} />}
        <div class="meters">
          {voice && (
            <div class="meter-row">
              <span>You</span>
              <Meter label="Your microphone" read={() => session.ownLevel()} off={!voice.sent} />
            </div>
          )}
          <div class="meter-row">
            <span>All</span>
            <Meter label="What you hear" read={() => session.mixLevel()} />
          </div>
        </div>
        <SongControls session={session} room={room} />
      </div>
    </section>
  );
}
