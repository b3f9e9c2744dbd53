// The room.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { may, yourself, type RoomState } from '../state/room.js';
import type { Session } from '../session/session.js';
import { tryingAgain } from '../features/song/status.js';
import { lateWarning, slowSingersText } from '../features/line/time_travel.js';
import { Dock } from './dock.js';
import { DoorIcon, SlidersIcon } from './parts/icons.js';
import { LeaveButton } from '../features/leaving/leave_button.js';
import { LineOfBuckets } from '../features/line/line_of_buckets.js';
import { ArrivalTitle, Brand } from './parts/parts.js';
import { LoudspeakerNotes } from '../features/loudspeaker/loudspeaker_notes.js';
import { RecordButton } from '../features/recording/record_button.js';
import { NewRoomNote } from '../features/order/link_section.js';
import { PersonDialog } from '../features/order/person_dialog.js';
import { RoomDialog } from '../features/order/room_dialog.js';
import { RoomSettings } from '../features/settings/room_settings.js';
import { ShareLink } from '../features/share/share_link.js';
import { mute } from '../features/sound/commands.js';
import { CalibrationOffer } from '../features/calibration/calibration_offer.js';
import { CalibrationPanel } from '../features/calibration/calibration_panel.js';
import { GainByHand } from '../features/loudness/gain_by_hand.js';
import { LoudnessOffer } from '../features/loudness/loudness_offer.js';
import { LoudnessPanel } from '../features/loudness/loudness_panel.js';
import { SoundSettings } from '../features/sound/sound_settings.js';
import { SoundRunNote } from '../features/sound/sound_trouble.js';
import { StatusLine } from '../features/song/status_line.js';
import { Tracks } from '../features/tracks/tracks.js';
import { Volumes } from '../features/sound/volumes.js';

interface RoomProps {
  session: Session;
  room: RoomState;
}

export function RoomPage({ session, room }: RoomProps): JSX.Element {
  const [dialog, setDialog] = useState<'sound' | 'room' | null>(null);
  /** Whose menu is open. */
  const [person, setPerson] = useState<string | null>(null);
  useMuteKey(session);
  useWakefulness();
  const status = session.song.status.value;
  const warning = lateWarning(room);
  const slow = slowSingersText(room);
  const close = (): void => setDialog(null);

  return (
    <div class="room">
      <div class="room-scroll">
        <header class="room-head">
          <div class="room-name">
            <Brand />
            <ArrivalTitle>{room.room.name || 'Our room'}</ArrivalTitle>
          </div>
          <ShareLink />
          <nav class="room-nav" aria-label="Settings" data-keeps-focus>
            {(may(room, 'settings') || may(room, 'room')) && (
              <button type="button" class="quiet" onClick={() => setDialog('room')}>
                <DoorIcon />
                Room
              </button>
            )}
            <button type="button" class="quiet" onClick={() => setDialog('sound')}>
              <SlidersIcon />
              Sound
            </button>
            <LeaveButton session={session} room={room} />
          </nav>
        </header>
        <main class="room-main">
          {status && <StatusLine status={status} trying={tryingAgain(session.connection.value)} onTry={() => session.hurry()} />}
          <SoundRunNote session={session} />
          <NewRoomNote session={session} />
          <CalibrationOffer session={session} onMeasure={() => setDialog('sound')} />
          <LoudnessOffer session={session} onMeasure={() => setDialog('sound')} />
          <LoudspeakerNotes session={session} room={room} />
          {warning && (
            <p class="note warning" role="alert">
              {warning}
            </p>
          )}
          {slow && (
            <p class="note" role="status">
              {slow}
            </p>
          )}
          <LineOfBuckets session={session} room={room} onPerson={setPerson} />
          <div class="side">
            <Tracks session={session} room={room} />
            <section class="panel" aria-labelledby="listening" data-keeps-focus>
              <h2 id="listening">What you hear</h2>
              <Volumes session={session} />
              <RecordButton session={session} roomName={room.room.name} />
            </section>
          </div>
        </main>
      </div>
      <Dock session={session} room={room} />
      <SoundSettings
        session={session}
        singer={yourself(room).role === 'singer'}
        calibration={
          <>
            <CalibrationPanel session={session} onListen={null} />
            <LoudnessPanel session={session} atDoor={false} />
          </>
        }
        gainByHand={<GainByHand session={session} />}
        open={dialog === 'sound'}
        onClose={close}
      />
      <RoomDialog session={session} room={room} settings={<RoomSettings session={session} room={room} />} open={dialog === 'room'} onClose={close} />
      <PersonDialog session={session} room={room} id={person} onClose={() => setPerson(null)} />
    </div>
  );
}

/** The space bar switches the microphone, wherever it does nothing else. */
function useMuteKey(session: Session): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.code !== 'Space' || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      const target = event.target as HTMLElement;
      if (target.closest('input, select, textarea, button, a, summary, dialog, [contenteditable]')) return;
      const room = session.room.value;
      if (!room || !session.connected.value || yourself(room).role !== 'singer' || !may(room, 'mute')) return;
      event.preventDefault();
      mute(session, !yourself(room).muted);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [session]);
}

/** Keeps the screen from going dark while one is in the room: nobody touches it while singing. */
function useWakefulness(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    const ask = (): void => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      navigator.wakeLock.request('screen').then(
        (given) => {
          lock = given;
        },
        // A browser that saves power may refuse: then the screen goes dark, and the sound goes on.
        () => undefined,
      );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}
