// In the room: a song of the library becomes the backing track or a song of the programme. Looked for while one types.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { hasSound, type LibrarySong } from '../../net/library.js';
import { takeIntoRoom, type TakenAs } from '../../net/library_rooms.js';
import { Dialog, Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import { may, type RoomState } from '../../state/room.js';
import { remembered } from '../../state/storage.js';
import { endUpload, keepUpload } from './commands.js';
import { hasLibrary } from '../library/library.js';
import { aboutSong } from '../library/about_song.js';
import { ListFrame } from '../../page/parts/list_frame.js';
import { SongBook } from '../library/songs.js';

interface PartProps {
  session: Session;
  room: RoomState;
}

interface Wish {
  id: number;
  title: string;
}

/** What one asked for last, and what came of it. */
interface Taking {
  say: (wish: Wish, as: TakenAs) => void;
  status: string;
  problem: string | null;
}

export function FromLibrary({ session, room }: PartProps): JSX.Element | null {
  const [there, setThere] = useState(false);
  const [open, setOpen] = useState(false);
  const taking = useTaking(session, room);
  useEffect(() => {
    void hasLibrary().then(setThere);
    // Chosen on the library's page, before one was in this room.
    const chosen = remembered.takeSong(session.roomId);
    if (chosen) taking.say(chosen, 'track');
  }, []);
  if (!there) return null;
  return (
    <div class="from-library">
      <button type="button" class="secondary" disabled={!session.connected.value} onClick={() => setOpen(true)}>
        {t.libraryRoom.fromTheLibrary}
      </button>
      {!open && <Told taking={taking} />}
      <Dialog title={t.libraryRoom.fromTheLibrary} open={open} onClose={() => setOpen(false)}>
        <Choice room={room} taking={taking} />
      </Dialog>
    </div>
  );
}

function useTaking(session: Session, room: RoomState): Taking {
  const [status, setStatus] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const say = async ({ id, title }: Wish, as: TakenAs): Promise<void> => {
    setProblem(null);
    setStatus(t.libraryRoom.itComes({ title }));
    const answer = await takeIntoRoom(id, session.roomId, room.token, as);
    endUpload(session, title);
    setStatus('');
    if (!answer.ok) return setProblem(t.libraryRoom.didNotCome({ title, reason: answer.error }));
    if (answer.value !== null) keepUpload(session, answer.value, room.you);
    setStatus(as === 'track' ? t.libraryRoom.isHere({ title }) : t.libraryRoom.isInTheProgramme({ title }));
  };
  return { say: (wish, as) => void say(wish, as), status, problem };
}

function Told({ taking }: { taking: Taking }): JSX.Element {
  return (
    <>
      <p class="hint" role="status">
        {taking.status}
      </p>
      {taking.problem !== null && <Problem>{taking.problem}</Problem>}
    </>
  );
}

function Choice({ room, taking }: { room: RoomState; taking: Taking }): JSX.Element {
  const songs = useMemo(() => new SongBook(), []);
  useEffect(() => {
    void songs.load();
    return () => songs.close();
  }, [songs]);
  const shown = songs.shown.value?.filter(hasSound) ?? null;
  const looking = songs.looking.value;
  return (
    <div class="library-form from-library-choice">
      <form role="search" onSubmit={(event) => event.preventDefault()}>
        <label for="from-library">{t.libraryRoom.searchTheLibrary}</label>
        <input
          id="from-library"
          type="text"
          inputMode="search"
          autocomplete="off"
          spellcheck={false}
          value={songs.typed.value}
          onInput={(event) => songs.search(event.currentTarget.value)}
        />
      </form>
      <Told taking={taking} />
      <ListFrame
        status={looking ? t.library.lookingForSongs : shown?.length === 0 && songs.problem.value === null ? t.library.nothingFound : ''}
        problem={songs.problem.value}
        onAgain={() => void songs.load()}
        more={songs.more.value}
        busy={looking}
        onMore={() => void songs.goOn()}
      >
        <ul class="library-songs">
          {shown?.map((song) => (
            <Row key={song.id} song={song} room={room} taking={taking} />
          ))}
        </ul>
      </ListFrame>
    </div>
  );
}

function Row({ song, room, taking }: { song: LibrarySong; room: RoomState; taking: Taking }): JSX.Element {
  const about = aboutSong(song);
  const button = (as: TakenAs, words: string): JSX.Element => (
    <button type="button" class="secondary" onClick={() => taking.say(song, as)}>
      {words}
      <span class="only-read">: {song.title}</span>
    </button>
  );
  return (
    <li>
      <span class="library-song">
        <span>{song.title}</span>
        {about !== '' && <span class="hint">{about}</span>}
      </span>
      <span class="actions">
        {button('track', t.libraryRoom.asTheTrack)}
        {may(room, 'put_entry') && button('entry', t.libraryRoom.intoTheProgramme)}
      </span>
    </li>
  );
}
