// The room: the song and its line first; words and notes while one sings; lists and settings between songs.
import { useCallback, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { may, yourself, type RoomState } from '../state/room.js';
import type { Session } from '../session/session.js';
import { lateWarning } from '../features/line/time_travel.js';
import { AnnouncementNote } from '../features/chat/chat_panel.js';
import { IdleQuestion } from '../features/idle/idle_question.js';
import { NextSong } from '../features/programme/next_song.js';
import { ProgramsSection } from '../features/programs/programs_section.js';
import { ConsoleDialog } from '../features/console/console_dialog.js';
import { LineOfBuckets } from '../features/line/line_of_buckets.js';
import { StreamView } from '../features/line/stream_view.js';
import { LoudspeakerNotes } from '../features/loudspeaker/loudspeaker_notes.js';
import { PersonDialog } from '../features/order/person_dialog.js';
import { RoomDialog } from '../features/order/room_dialog.js';
import { PresentationScreen } from '../features/presentation/presentation_screen.js';
import { LiveSection } from '../features/live/live_section.js';
import { LiveSign } from '../features/live/live_sign.js';
import { RecordingPolicySection } from '../features/recordings/policy_section.js';
import { RecordingSign, RecordingSignOnScreen } from '../features/recordings/recording_sign.js';
import { RoomSettings } from '../features/settings/room_settings.js';
import { CalibrationPanel } from '../features/calibration/calibration_panel.js';
import { GainByHand } from '../features/loudness/gain_by_hand.js';
import { LoudnessPanel } from '../features/loudness/loudness_panel.js';
import { SongCard } from '../features/song/song_card.js';
import { SoundSettings } from '../features/sound/sound_settings.js';
import { SoundRunNote } from '../features/sound/sound_trouble.js';
import { ScoreOnScreen } from '../features/scores/score_view.js';
import { WordsOnScreen } from '../features/words/words_view.js';
import { VoiceNote } from '../features/sound/voice_note.js';
import { BetweenSongs } from './between_songs.js';
import { Dock } from './dock.js';
import { Offers } from './offers.js';
import { RoomHead } from './room_head.js';
import { Stage } from './stage.js';
import { useMuteKey } from './mute_key.js';
import { useWakefulness } from './wakefulness.js';

interface RoomProps {
  session: Session;
  room: RoomState;
}

export function RoomPage({ session, room }: RoomProps): JSX.Element {
  const [dialog, setDialog] = useState<'sound' | 'room' | 'console' | null>(null);
  /** Whose menu is open. */
  const [person, setPerson] = useState<string | null>(null);
  const openPerson = useCallback((id: string) => setPerson(id), []);
  const [presenting, setPresenting] = useState(false);
  const present = useCallback(() => setPresenting(true), []);
  const leaveScreen = useCallback(() => setPresenting(false), []);
  useMuteKey(session);
  useWakefulness();
  const voice = session.voice.value;
  const warning = lateWarning(room);
  const singing = room.song.state === 'playing';
  const mayKeep = may(room, 'settings') || may(room, 'room');
  const close = (): void => setDialog(null);
  const openSound = (): void => setDialog('sound');

  // In a hall the words are for everybody; the score stands in for them where there are none.
  const words = session.words.shown.value ? <WordsOnScreen session={session} /> : session.score.chosen.value && <ScoreOnScreen session={session} />;

  if (presenting)
    return <PresentationScreen session={session} room={room} words={words} sign={<RecordingSignOnScreen room={room} />} onLeave={leaveScreen} />;
  return (
    <div class={singing ? 'room singing' : 'room'}>
      <RoomHead
        session={session}
        room={room}
        onRoom={mayKeep ? () => setDialog('room') : null}
        onSound={openSound}
        onConsole={may(room, 'console') ? () => setDialog('console') : null}
      />
      <SongCard
        session={session}
        room={room}
        sign={
          <>
            <RecordingSign session={session} room={room} />
            <LiveSign room={room} />
          </>
        }
      />
      <div class="room-scroll">
        <main class="room-main">
          <div class="first-screen">
            <StreamView session={session} room={room} />
            {/* What cannot wait. */}
            <div class="notes" data-keeps-focus>
              <IdleQuestion session={session} />
              <AnnouncementNote session={session} sings={singing} />
              <SoundRunNote session={session} />
              {voice && <VoiceNote session={session} voice={voice} />}
              {warning && (
                <p class="note warning" role="alert">
                  {warning}
                </p>
              )}
              <LoudspeakerNotes session={session} room={room} />
            </div>
            <NextSong session={session} room={room} />
            {singing && <Stage session={session} room={room} />}
          </div>
          <LineOfBuckets session={session} room={room} onPerson={openPerson} />
          <Offers session={session} room={room} onMeasure={openSound} />
          <BetweenSongs session={session} room={room} onPresent={present} />
        </main>
      </div>
      <Dock session={session} room={room} onPerson={openPerson} />
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
      <RoomDialog
        session={session}
        room={room}
        settings={<RoomSettings session={session} room={room} />}
        recordings={<RecordingPolicySection session={session} room={room} />}
        live={<LiveSection session={session} room={room} />}
        programs={<ProgramsSection session={session} room={room} />}
        open={dialog === 'room'}
        onClose={close}
      />
      <ConsoleDialog session={session} room={room} open={dialog === 'console'} onClose={close} />
      <PersonDialog session={session} room={room} id={person} onClose={() => setPerson(null)} />
    </div>
  );
}
