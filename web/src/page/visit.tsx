// A visit to a room, from the door to the good-bye.
import { useEffect, useState } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { RoomCard } from '../net/answers.js';
import { askRoom } from '../net/api.js';
import type { Session } from '../session/session.js';
import { tabTitle } from '../features/song/status.js';
import { remembered } from '../state/storage.js';
import { askBrowser, missingForAll, missingForSinging, type Missing } from '../features/door/support.js';
import { thisDevice } from '../features/device/device.js';
import { Crash } from './crash.js';
import { InAppNote } from '../features/door/browser_note.js';
import { Door } from '../features/door/door.js';
import { EndedPage } from '../features/leaving/ended.js';
import { MeetingNote } from '../features/meeting/meeting_note.js';
import { roomLink } from '../features/share/share_button.js';
import { OtherTabPage } from '../features/tabs/other_tab_page.js';
import type { Role } from '../wire/control/control.js';
import { LiveDoorNote } from '../features/live/live_sign.js';
import { RecordingsList } from '../features/recording/recordings_list.js';
import { RecordingDoorNote } from '../features/recordings/door_note.js';
import { RecordingsLink } from '../features/recordings/recordings_panel.js';
import { CalibrationPanel } from '../features/calibration/calibration_panel.js';
import { LanguageChoice } from '../features/language/language_choice.js';
import { LoudnessPanel } from '../features/loudness/loudness_panel.js';
import { MicrophonePicker } from '../features/sound/microphone_picker.js';
import { HeadphoneTest } from '../features/sound/headphone_test.js';
import { SoundFaultProblem, SoundRunNote } from '../features/sound/sound_trouble.js';
import { Nowhere } from './nowhere.js';
import { PlainPage, Problem } from './parts/parts.js';
import { RoomPage } from './room_page.js';
import { Unsupported } from '../features/door/unsupported.js';
import { t } from '../i18n/words.js';

const device = thisDevice();

interface Lacks {
  all: Missing[];
  singing: Missing[];
}

export function Visit({ session }: { session: Session }): JSX.Element {
  const [lacks, setLacks] = useState<Lacks | null>(null);
  const card = useSignal<RoomCard | null | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const [back, setBack] = useState(() => (wasReloaded() ? remembered.visit(session.roomId) : null));
  const [attempt, setAttempt] = useState(0);
  /** About another tab that is in. */
  const [decided, setDecided] = useState(false);

  useEffect(() => {
    void askBrowser().then((needs) => setLacks({ all: missingForAll(needs, device), singing: missingForSinging(needs, device) }));
  }, []);
  useEffect(() => {
    setProblem(null);
    void askRoom(session.roomId).then((answer) => {
      if (answer.ok) card.value = answer.value;
      else setProblem(answer.error);
    });
  }, [session, attempt]);
  useTitle(session, card.value?.name ?? '');
  const inside = session.room.value !== null;
  useEffect(() => {
    window.scrollTo(0, 0);
    if (inside) setBack(null);
  }, [inside]);

  const wayOut = device.inApp === null ? null : <InAppNote device={device} />;
  if (session.crash.value !== null) return <Crash message={session.crash.value} />;
  if (lacks !== null && lacks.all.length > 0) return <Unsupported missing={lacks.all} wayOut={wayOut} />;
  const connection = session.connection.value;
  if (connection?.state === 'ended' || connection?.state === 'left')
    return (
      <EndedPage
        connection={connection}
        room={session.roomId}
        recordings={
          <>
            {connection.state === 'left' && <RecordingsLink room={session.roomId} />}
            <RecordingsList title={t.page.yourRecordings} />
          </>
        }
      />
    );
  if (session.room.value) return <RoomPage session={session} room={session.room.value} />;
  const gone = connection?.state === 'refused' && connection.error.code === 'no_room';
  if (card.value === null || gone) return <Nowhere room />;
  if (problem !== null) return <Unreached problem={problem} onRetry={() => setAttempt(attempt + 1)} />;
  if (card.value === undefined || lacks === null) return <Waiting />;
  const otherTab = decided || connection !== null ? false : session.tabs.there.value;
  if (otherTab === null) return <Waiting />;
  if (otherTab) {
    const goOn = (as: Role | null): void => {
      setBack(as);
      setDecided(true);
    };
    return <OtherTabPage session={session} onGoOn={goOn} />;
  }
  return (
    <Door
      session={session}
      card={card.value}
      lacking={lacks.singing}
      back={back}
      wayOut={wayOut}
      microphone={<MicrophonePicker session={session} />}
      calibration={(onListen) => (
        <>
          <CalibrationPanel session={session} onListen={onListen} />
          <LoudnessPanel session={session} atDoor />
        </>
      )}
      headphones={<HeadphoneTest session={session} />}
      soundFault={
        <>
          <SoundFaultProblem session={session} />
          <SoundRunNote session={session} />
        </>
      }
      consent={(role) => (
        <>
          {card.value && <LiveDoorNote card={card.value} connection={session.connection.value} />}
          <RecordingDoorNote room={session.roomId} policy={card.value?.recording ?? 'off'} role={role} />
        </>
      )}
      recordings={<RecordingsList title={t.page.yourRecordings} />}
      languages={<LanguageChoice />}
      meeting={<MeetingNote meeting={card.value.meeting} roomName={card.value.name || t.meeting.ourRoom} link={roomLink()} />}
    />
  );
}

/** Not opened anew, nor come to by a link. */
function wasReloaded(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return (navigation as PerformanceNavigationTiming | undefined)?.type === 'reload';
}

function useTitle(session: Session, doorName: string): void {
  const room = session.room.value;
  const title = tabTitle(session.connection.value, room && session.song.status.value, room?.room.name || doorName);
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function Waiting(): JSX.Element {
  return (
    <PlainPage>
      <p role="status">{t.page.lookingForTheRoom}</p>
    </PlainPage>
  );
}

function Unreached({ problem, onRetry }: { problem: string; onRetry: () => void }): JSX.Element {
  return (
    <PlainPage card>
      <h1>{t.page.theRoomDoesNotAnswer}</h1>
      <Problem>{problem}</Problem>
      <p class="actions">
        <button type="button" class="primary large" onClick={onRetry}>
          {t.page.tryAgain}
        </button>
      </p>
    </PlainPage>
  );
}
