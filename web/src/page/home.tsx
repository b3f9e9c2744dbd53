// The first page: what it is, and how to begin.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { makeRoom } from '../net/api.js';
import { cleanName, MOST_NAME_UNITS, nameProblem } from '../features/door/name.js';
import { BrowserNote } from '../features/door/browser_note.js';
import { thisDevice } from '../features/device/device.js';
import { bestWith } from '../features/device/ways.js';
import { remembered } from '../state/storage.js';
import { HowItWorks } from './how_it_works.js';
import { RobotIcon } from './parts/icons.js';
import { Brand, Problem } from './parts/parts.js';
import { ownRooms } from '../features/rooms/own_rooms.js';
import { ListedRooms } from '../features/rooms/listed_rooms.js';
import { RoomsList } from '../features/rooms/rooms_list.js';
import { RecordingsList } from '../features/recording/recordings_list.js';
import { go } from './routes.js';

/** What rooms are called that nobody named. */
const NO_NAME = 'Our room';
const ROBOTS_NAME = 'Robot choir';

export function Home(): JSX.Element {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState<'room' | 'robots' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const make = async (robots: boolean): Promise<void> => {
    const wish = robots ? ROBOTS_NAME : cleanName(name) || NO_NAME;
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
    go(made.value.link);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void make(false);
  };

  return (
    <div class="home">
      <header class="masthead">
        <Brand />
      </header>
      <main>
        <section class="hero">
          <div class="hero-words">
            <h1>
              Sing together, in&nbsp;time, <em>wherever you are</em>
            </h1>
            <p class="lead">
              Choirs, rounds, carols, lessons: open a link, put on headphones and sing, all on the same beat. In the browser, with nothing to install.
            </p>
          </div>
          <div class="begin">
            <BrowserNote />
            <form class="card" onSubmit={submit}>
              <h2>Begin</h2>
              <label for="room-name">
                Name of the room <span class="optional">(if you like)</span>
              </label>
              <input
                id="room-name"
                type="text"
                maxLength={MOST_NAME_UNITS}
                autocomplete="off"
                placeholder="Monday choir"
                value={name}
                onInput={(event) => setName(event.currentTarget.value)}
              />
              <button type="submit" class="primary large" disabled={busy !== null}>
                {busy === 'room' ? 'Making the room ...' : 'Make a room'}
              </button>
              <p class="or">
                <span>or, all by yourself</span>
              </p>
              <button type="button" class="secondary large" disabled={busy !== null} onClick={() => void make(true)}>
                <RobotIcon />
                {busy === 'robots' ? 'The robots are coming ...' : 'Try it with a robot choir'}
              </button>
              {problem && <Problem>{problem}</Problem>}
            </form>
          </div>
        </section>
        <RoomsList />
        <ListedRooms />
        <ol class="steps" aria-label="In three steps">
          <li>
            <h3>Make a room</h3>
            <p>One click. You get a link, and you are its organiser.</p>
          </li>
          <li>
            <h3>Send the link</h3>
            <p>Whoever opens it gives a name and is in. No account, and a password only if you set one.</p>
          </li>
          <li>
            <h3>Lead a song</h3>
            <p>Choose a backing track, or none. You start; the others follow and sing with you.</p>
          </li>
        </ol>
        <RecordingsList title="Your recordings" />
        <HowItWorks />
      </main>
      <footer class="foot">
        <p>{bestWith(thisDevice())} Your voice goes to the people in your room, through this server and to nobody else.</p>
      </footer>
    </div>
  );
}
