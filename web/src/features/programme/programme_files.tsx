// The programme goes to other rooms: into a file, out of one, and from another room of one's own.
import { useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { copyProgramme, programmeFile, type Brought } from '../../net/programme.js';
import { uploadProgramme } from '../../net/upload.js';
import { FileUpload, type FileUploadWords } from '../../page/parts/file_upload.js';
import { Dialog, Problem } from '../../page/parts/parts.js';
import { Progress } from '../../page/parts/progress.js';
import type { Session } from '../../session/session.js';
import { may, type RoomState } from '../../state/room.js';
import { broughtSentences, fileNameOf, roomsToCopyFrom } from './brought.js';

const words = (): FileUploadWords => ({
  choose: t.carrying.importAFile,
  stop: t.carrying.stop,
  drop: t.carrying.orDropAFileHere,
  label: t.carrying.programmeToImport,
  broken: t.carrying.theNetworkIsAway,
  uploading: t.carrying.uploading,
  preparing: t.carrying.readingTheProgramme,
});

interface FilesProps {
  session: Session;
  room: RoomState;
}

/** Nothing for who may not prepare the programme. */
export function ProgrammeFiles({ session, room }: FilesProps): JSX.Element | null {
  const [open, setOpen] = useState(false);
  if (!may(room, 'put_entry')) return null;
  return (
    <>
      <button type="button" class="quiet" onClick={() => setOpen(true)}>
        {t.carrying.exportImportCopy}
      </button>
      <Dialog title={t.carrying.theProgrammeElsewhere} open={open} onClose={() => setOpen(false)}>
        <div class="programme-files">
          <Export session={session} room={room} />
          <Arrivals session={session} room={room} />
        </div>
      </Dialog>
    </>
  );
}

function Export({ session, room }: FilesProps): JSX.Element {
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stopping = useRef<AbortController | null>(null);
  const fetchIt = async (): Promise<void> => {
    setProblem(null);
    setShare(0);
    const stop = new AbortController();
    stopping.current = stop;
    const file = await programmeFile({ room: session.roomId, token: room.token }, setShare, stop.signal);
    setShare(null);
    stopping.current = null;
    if (file.ok) save(file.value, fileNameOf(room.room.name));
    else if (!stop.signal.aborted) setProblem(file.error);
  };
  return (
    <section aria-labelledby="programme-export">
      <h3 id="programme-export">{t.carrying.asAFile}</h3>
      <p class="hint">{t.carrying.whatTheFileHolds}</p>
      {share === null ? (
        <button type="button" class="secondary wide" disabled={!session.connected.value || room.entries.length === 0} onClick={() => void fetchIt()}>
          {t.carrying.exportTheProgramme}
        </button>
      ) : (
        <>
          <Progress words={t.carrying.writingTheFile({ round: Math.round(share * 100) })} share={share === 0 ? null : share} />
          <button type="button" class="quiet" onClick={() => stopping.current?.abort()}>
            {t.carrying.stop}
          </button>
        </>
      )}
      {room.entries.length === 0 && <p class="hint">{t.server.programme_is_empty}</p>}
      {problem !== null && <Problem>{problem}</Problem>}
    </section>
  );
}

/** What comes, and what came of the last one. */
function Arrivals({ session, room }: FilesProps): JSX.Element {
  const [brought, setBrought] = useState<Brought | null>(null);
  return (
    <>
      <section aria-labelledby="programme-import">
        <h3 id="programme-import">{t.carrying.fromAFile}</h3>
        <FileUpload
          words={words()}
          kinds=".zip,application/zip"
          disabled={!session.connected.value}
          begin={(file, events) => {
            setBrought(null);
            return uploadProgramme(session.roomId, room.token, file, events);
          }}
          onEnd={(_, result) => setBrought(result.ok ? result.value : null)}
        />
      </section>
      <CopyFromRoom session={session} room={room} onBrought={setBrought} />
      <div class="brought" role="status">
        {brought && broughtSentences(brought).map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
    </>
  );
}

function CopyFromRoom({ session, room, onBrought }: FilesProps & { onBrought: (brought: Brought | null) => void }): JSX.Element {
  const rooms = roomsToCopyFrom(session.roomId);
  const [from, setFrom] = useState(rooms[0]?.room ?? '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const copy = async (): Promise<void> => {
    const key = rooms.find((one) => one.room === from)?.key;
    if (key === undefined || busy) return;
    onBrought(null);
    setProblem(null);
    setBusy(true);
    const result = await copyProgramme({ room: session.roomId, token: room.token }, from, key);
    setBusy(false);
    if (result.ok) onBrought(result.value);
    else setProblem(result.error);
  };
  return (
    <section aria-labelledby="programme-copy">
      <h3 id="programme-copy">{t.carrying.fromAnotherRoom}</h3>
      {rooms.length === 0 ? (
        <p class="hint">{t.carrying.noOtherRoom}</p>
      ) : (
        <div class="copy-from">
          <label for="copy-from">{t.carrying.roomToCopyFrom}</label>
          <select id="copy-from" value={from} onChange={(event) => setFrom(event.currentTarget.value)}>
            {rooms.map((one) => (
              <option key={one.room} value={one.room}>
                {one.name}
              </option>
            ))}
          </select>
          <button type="button" class="secondary wide" disabled={!session.connected.value || busy} onClick={() => void copy()}>
            {busy ? t.carrying.copying : t.carrying.copyItsSongs}
          </button>
        </div>
      )}
      {problem !== null && <Problem>{problem}</Problem>}
    </section>
  );
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
