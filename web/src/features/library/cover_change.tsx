// Another picture for a song or an album: brought as a file, or the brought one taken away again.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { said } from '../../i18n/server.js';
import { t } from '../../i18n/words.js';
import type { LibraryResult } from '../../net/library.js';
import { MOST_COVER_BYTES } from '../../net/library_covers.js';
import type { Upload } from '../../net/upload.js';
import { FileUpload } from '../../page/parts/file_upload.js';
import { Problem } from '../../page/parts/parts.js';

const KINDS = 'image/png,image/jpeg,image/webp,.png,.jpg,.jpeg,.webp';
const MEGABYTE = 1_000_000;
/** The code of the server's sentence. */
const TOO_LARGE = 'cover_is_too_large';

interface CoverChangeProps<Row> {
  /** Somebody brought the one that is there. */
  own: boolean;
  begin: (file: File, progress: (share: number) => void) => Upload<Row>;
  remove: () => Promise<LibraryResult<Row>>;
  onChange: (row: Row) => void;
}

export function CoverChange<Row>({ own, begin, remove, onChange }: CoverChangeProps<Row>): JSX.Element {
  const [done, setDone] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const takeAway = async (): Promise<void> => {
    setDone('');
    const answer = await remove();
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    setDone(t.covers.isTakenAway);
    onChange(answer.value);
  };
  return (
    <section class="library-cover-change" aria-label={t.covers.changeThePicture} data-keeps-focus>
      <FileUpload
        words={{
          choose: t.covers.changeThePicture,
          stop: t.library.stopTheUpload,
          drop: t.covers.orDropAPicture,
          label: t.covers.pictureFile,
          broken: t.library.uploading,
          uploading: t.library.uploading,
          preparing: t.covers.makingItReady,
        }}
        kinds={KINDS}
        disabled={false}
        refuse={({ size }) => (size > MOST_COVER_BYTES ? tooLarge() : null)}
        begin={(file, events) => {
          setDone('');
          setProblem(null);
          return begin(file, (share) => events.progress(share));
        }}
        onEnd={(_, result) => {
          if (!result.ok) return;
          setDone(t.covers.isChanged);
          onChange(result.value);
        }}
      />
      {own && (
        <button type="button" class="quiet" onClick={() => void takeAway()}>
          {t.covers.takeItAway}
        </button>
      )}
      {problem !== null && <Problem>{problem}</Problem>}
      <p class="hint" role="status">
        {done}
      </p>
    </section>
  );
}

/** As the server would say it. */
function tooLarge(): string {
  return said(t.server.cover_is_too_large, { sentence: TOO_LARGE, values: { most: MOST_COVER_BYTES / MEGABYTE } });
}
