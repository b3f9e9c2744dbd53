// What one needs while singing, always within reach: the microphone, the meters, and the song's buttons.
import type { JSX } from 'preact';
import { yourself, type RoomState } from '../state/room.js';
import type { Session } from '../state/session.js';
import { MicrophoneIcon, MicrophoneOffIcon } from './icons.js';
import { Meter } from './meter.js';
import { Notices } from './notices.js';
import { SongControls } from './song_controls.js';

export function Dock({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const you = yourself(room);
  const sings = you.role === 'singer';
  const own = (): { peak: number; rms: number } => {
    const state = session.soundNow?.state;
    return { peak: state?.ownPeak ?? 0, rms: state?.ownRms ?? 0 };
  };
  const mix = (): { peak: number; rms: number } => {
    const state = session.soundNow?.state;
    return { peak: state?.mixPeak ?? 0, rms: state?.mixRms ?? 0 };
  };
  return (
    <section class="dock" aria-label="Microphone and song">
      <Notices session={session} />
      <div class="dock-inner">
        {sings && <MuteButton session={session} muted={you.muted} />}
        <div class="meters">
          {sings && (
            <div class="meter-row">
              <span>You</span>
              <Meter label="Your microphone" read={own} off={you.muted || !session.microphoneOpen.value} />
            </div>
          )}
          <div class="meter-row">
            <span>All</span>
            <Meter label="What you hear" read={mix} />
          </div>
        </div>
        <SongControls session={session} room={room} />
      </div>
    </section>
  );
}

function MuteButton({ session, muted }: { session: Session; muted: boolean }): JSX.Element {
  return (
    <button
      type="button"
      class={muted ? 'mute muted' : 'mute'}
      title="Space bar"
      disabled={!session.connected.value}
      onClick={() => session.send({ type: 'mute', muted: !muted })}
    >
      {muted ? <MicrophoneOffIcon /> : <MicrophoneIcon />}
      {muted ? 'Microphone off' : 'Microphone on'}
    </button>
  );
}
