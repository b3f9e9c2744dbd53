// In the room: a song of the library becomes the backing track or a song of the programme. Looked for while one types, or on a playlist.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
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
import { PlaylistChoice, useChosenList, type ChosenList } from './playlist_choice.js';
import { Takings } from './takings.js';

interface PartProps {
  session: Session;
  room: RoomState;
}

export function FromLibrary({ session, room }: PartProps): JSX.Element | null {
  const [there, setThere] = useState(false);
  const [open, setOpen] = useState(false);
  const takings = useTakings(session, room);
  useEffect(() => {
    void hasLibrary().then(setThere);
    // Chosen on the library's page, before one was in this room.
    const chosen = remembered.takeSong(session.roomId);
    if (chosen) void takings.take([chosen], 'track');
  }, []);
  if (!there) return null;
  return (
    <div class="from-library">
      <button type="button" class="secondary" disabled={!session.connected.value} onClick={() => setOpen(true)}>
        {t.libraryRoom.fromTheLibrary}
      </button>
      {!open && <Told takings={takings} />}
      <Dialog title={t.libraryRoom.fromTheLibrary} open={open} onClose={() => setOpen(false)}>
        <Choice room={room} takings={takings} />
      </Dialog>
    </div>
  );
}

function useTakings(session: Session, room: RoomState): Takings {
  const now = useRef(room);
  now.current = room;
  return useMemo(
    () =>
      new Takings(async ({ id, title }, as) => {
        const answer = await takeIntoRoom(id, session.roomId, now.current.token, as);
        endUpload(session, title);
        if (!answer.ok) return answer.error;
        if (answer.value !== null) keepUpload(session, answer.value, now.current.you);
        return null;
      }),
    [session],
  );
}

function Told({ takings }: { takings: Takings }): JSX.Element {
  return (
    <>
      <p class="hint" role="status">
        {takings.status.value}
      </p>
      {takings.problems.value.map((why, i) => (
        <Problem key={i}>{why}</Problem>
      ))}
    </>
  );
}

interface ChoiceProps {
  room: RoomState;
  takings: Takings;
}

function Choice({ room, takings }: ChoiceProps): JSX.Element {
  const list = useChosenList();
  return (
    <div class="library-form from-library-choice">
      <PlaylistChoice list={list} />
      {list.id === null ? <Search room={room} takings={takings} /> : <OfList list={list} room={room} takings={takings} />}
    </div>
  );
}

function Search({ room, takings }: ChoiceProps): JSX.Element {
  const songs = useMemo(() => new SongBook(), []);
  useEffect(() => {
    void songs.load();
    return () => songs.close();
  }, [songs]);
  const shown = songs.shown.value?.filter(hasSound) ?? null;
  const looking = songs.looking.value;
  return (
    <>
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
      <Told takings={takings} />
      <ListFrame
        status={looking ? t.library.lookingForSongs : shown?.length === 0 && songs.problem.value === null ? t.library.nothingFound : ''}
        problem={songs.problem.value}
        onAgain={() => void songs.load()}
        more={songs.more.value}
        busy={looking}
        onMore={() => void songs.goOn()}
      >
        <Rows songs={shown ?? []} room={room} takings={takings} />
      </ListFrame>
    </>
  );
}

function OfList({ list, room, takings }: ChoiceProps & { list: ChosenList }): JSX.Element {
  const songs = list.songs?.ok ? list.songs.value : [];
  return (
    <>
      {songs.length > 1 && may(room, 'put_entry') && (
        <button type="button" class="primary" onClick={() => void takings.take(songs, 'entry')}>
          {t.libraryRoom.allIntoTheProgramme({ count: songs.length })}
        </button>
      )}
      <Told takings={takings} />
      {list.songs === null && <p role="status">{t.library.lookingForSongs}</p>}
      {list.songs?.ok === false && <Problem>{list.songs.error}</Problem>}
      {list.songs?.ok && songs.length === 0 && <p class="hint">{t.libraryRoom.noneToBeHeard}</p>}
      <Rows songs={songs} room={room} takings={takings} />
    </>
  );
}

function Rows({ songs, room, takings }: ChoiceProps & { songs: readonly LibrarySong[] }): JSX.Element {
  return (
    <ul class="library-songs">
      {songs.map((song, i) => (
        <Row key={`${song.id}.${i}`} song={song} room={room} takings={takings} />
      ))}
    </ul>
  );
}

function Row({ song, room, takings }: ChoiceProps & { song: LibrarySong }): JSX.Element {
  const about = aboutSong(song);
  const button = (as: TakenAs, words: string): JSX.Element => (
    <button type="button" class="secondary" onClick={() => void takings.take([song], as)}>
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
