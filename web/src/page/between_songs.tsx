// Lists and what one sets, which have their place below the line: the next song's track and tempo, and one's own volumes.
import type { JSX } from 'preact';
import { yourself, type RoomState } from '../state/room.js';
import type { Session } from '../session/session.js';
import { canPresent } from '../features/presentation/presentation.js';
import { PresentationButton } from '../features/presentation/presentation_screen.js';
import { ChatCount, ChatPanel } from '../features/chat/chat_panel.js';
import { ChimeSwitch } from '../features/chime/chime_switch.js';
import { HandButton, HandsUp } from '../features/hand/hands_panel.js';
import { CreditsSheet } from '../features/credits/credits_sheet.js';
import { RecordingsPanel } from '../features/recordings/recordings_panel.js';
import { RecordButton } from '../features/recording/record_button.js';
import { PlanFields } from '../features/plan/plan_fields.js';
import { PlanPanel } from '../features/plan/plan_panel.js';
import { ProgrammeFiles } from '../features/programme/programme_files.js';
import { ProgrammePanel } from '../features/programme/programme_panel.js';
import { ScoreView } from '../features/scores/score_view.js';
import { ScoresList } from '../features/scores/scores_list.js';
import { MicrophoneModes } from '../features/sound/microphone_modes.js';
import { Volumes } from '../features/sound/volumes.js';
import { LanguageChoice } from '../features/language/language_choice.js';
import { ThemeChoice } from '../features/theme/theme_choice.js';
import { WordsList } from '../features/words/words_list.js';
import { WordsView } from '../features/words/words_view.js';
import { Tracks } from '../features/tracks/tracks.js';
import { t } from '../i18n/words.js';

export function BetweenSongs({ session, room, onPresent }: { session: Session; room: RoomState; onPresent: () => void }): JSX.Element {
  return (
    <div class="side">
      {room.song.state === 'playing' ? <ChatCount session={session} /> : <ChatPanel session={session} room={room} />}
      <section class="panel" aria-labelledby="hands" data-keeps-focus>
        <h2 id="hands">{t.page.aQuestion}</h2>
        <HandButton session={session} room={room} />
        <HandsUp session={session} room={room} />
      </section>
      <ProgrammePanel
        session={session}
        room={room}
        planFields={(plan, onChange) => <PlanFields session={session} plan={plan} onChange={onChange} scope="entry-" />}
        files={<ProgrammeFiles session={session} room={room} />}
      />
      <Tracks session={session} room={room} credits={<CreditsSheet session={session} room={room} />} />
      <PlanPanel session={session} room={room} />
      <WordsList session={session} room={room} />
      {room.song.state !== 'playing' && <WordsView session={session} room={room} />}
      <RecordingsPanel session={session} room={room} />
      <ScoresList session={session} room={room} />
      {room.song.state !== 'playing' && <ScoreView session={session} room={room} />}
      {yourself(room).role === 'singer' && (
        <section class="panel" aria-label={t.sound.ownMicrophone} data-keeps-focus>
          <MicrophoneModes session={session} room={room} />
        </section>
      )}
      <section class="panel" aria-labelledby="listening" data-keeps-focus>
        <h2 id="listening">{t.page.whatYouHear}</h2>
        <Volumes session={session} />
        <ChimeSwitch session={session} room={room} />
        <RecordButton session={session} roomName={room.room.name} />
      </section>
      <section class="panel" aria-labelledby="the-screen">
        <h2 id="the-screen">{t.page.theScreen}</h2>
        <LanguageChoice />
        <ThemeChoice />
        {canPresent() && (
          <div class="hall">
            <p class="hint">{t.page.inAHallSongWords}</p>
            <PresentationButton onEnter={onPresent} />
          </div>
        )}
      </section>
    </div>
  );
}
