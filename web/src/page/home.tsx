// The first page: what it is, and how to begin.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { makeRoom } from '../net/api.js';
import { cleanName, MOST_NAME_UNITS, nameProblem } from '../features/door/name.js';
import { BrowserNote } from '../features/door/browser_note.js';
import { thisDevice } from '../features/device/device.js';
import { LanguageChoice } from '../features/language/language_choice.js';
import { LibraryLink } from '../features/library/library_link.js';
import { bestWith } from '../features/device/ways.js';
import { remembered } from '../state/storage.js';
import { HowItWorks } from './how_it_works.js';
import { RobotIcon } from './parts/icons.js';
import { Brand, Marked, Problem } from './parts/parts.js';
import { ownRooms } from '../features/rooms/own_rooms.js';
import { ListedRooms } from '../features/rooms/listed_rooms.js';
import { RoomsList } from '../features/rooms/rooms_list.js';
import { RecordingsList } from '../features/recording/recordings_list.js';
import { go } from './routes.js';
import { t } from '../i18n/words.js';

/** What rooms are called that nobody named. */
const NO_NAME = () => t.page.ourRoom;
const ROBOTS_NAME = () => t.page.robotChoir;

export function Home(): JSX.Element {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState<'room' | 'robots' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const make = async (robots: boolean): Promise<void> => {
    const wish = robots ? ROBOTS_NAME() : cleanName(name) || NO_NAME();
    const wrong = nameProblem(wish);
    setProblem(wrong);
    if (wrong !== null) return;
    setBusy(robots ? 'robots' : 'room');
    const made = await makeRoom({ name: wish, ...(robots ? { robots } : {}) });
    setBusy(null);
    if (!made.ok) return setProblem(made.error);
    remembered.setKey(made.value.room, made.value.key);
    remembered.setMade(made.value.room, true);
    ownRooms.visited({ room: made.value.room, name: wish, lastMs: Date.now(), organiser: true });
    go(`/r/${encodeURIComponent(made.value.room)}`);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void make(false);
  };

  return (
    <div class="home">
      <header class="masthead">
        <Brand />
        <div class="masthead-ways">
          <LibraryLink />
          <LanguageChoice />
        </div>
      </header>
      <main>
        <section class="hero">
          <div class="hero-words">
            <h1>
              <Marked as="em" text={t.page.singTogetherInTime} />
            </h1>
            <p class="lead">{t.page.choirsRoundsCarolsLessonsOpen}</p>
          </div>
          <div class="begin">
            <BrowserNote />
            <form class="card" onSubmit={submit}>
              <h2>{t.page.begin}</h2>
              <label for="room-name">
                {t.page.nameOfTheRoom} <span class="optional">{t.page.ifYouLike}</span>
              </label>
              <input
                id="room-name"
                type="text"
                maxLength={MOST_NAME_UNITS}
                autocomplete="off"
                placeholder={t.page.mondayChoir}
                value={name}
                onInput={(event) => setName(event.currentTarget.value)}
              />
              <button type="submit" class="primary large" disabled={busy !== null}>
                {busy === 'room' ? t.page.makingTheRoom : t.page.makeARoom}
              </button>
              <p class="or">
                <span>{t.page.orAllByYourself}</span>
              </p>
              <button type="button" class="secondary large" disabled={busy !== null} onClick={() => void make(true)}>
                <RobotIcon />
                {busy === 'robots' ? t.page.theRobotsAreComing : t.page.tryItWithARobot}
              </button>
              {problem && <Problem>{problem}</Problem>}
            </form>
          </div>
        </section>
        <RoomsList />
        <ListedRooms />
        <ol class="steps" aria-label={t.page.inThreeSteps}>
          <li>
            <h3>{t.page.makeARoom}</h3>
            <p>{t.page.oneClickYouGetA}</p>
          </li>
          <li>
            <h3>{t.page.sendTheLink}</h3>
            <p>{t.page.whoeverOpensItGivesA}</p>
          </li>
          <li>
            <h3>{t.page.leadASong}</h3>
            <p>{t.page.chooseABackingTrackOr}</p>
          </li>
        </ol>
        <RecordingsList title={t.page.yourRecordings} />
        <HowItWorks />
      </main>
      <footer class="foot">
        <p>{t.page.yourVoiceGoesToThe({ bestWith: bestWith(thisDevice()) })}</p>
      </footer>
    </div>
  );
}
