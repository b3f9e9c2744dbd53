// A recording's mix is kept in the library, for oneself until it is shared: fetched here and uploaded as a song is.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { askAccount, uploadSong, type LibrarySong } from '../../net/library.js';
import { Problem } from '../../page/parts/parts.js';
import { hasLibrary, songPath } from '../library/library.js';
import { PageLink } from '../../page/parts/page_link.js';

async function isMember(): Promise<boolean> {
  if (!(await hasLibrary())) return false;
  const account = await askAccount();
  return account.ok && account.value !== null;
}

/** Nothing for who is not logged in to the library. */
export function KeepRecording({ address, title }: { address: string; title: string }): JSX.Element | null {
  const [may, setMay] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [kept, setKept] = useState<LibrarySong | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let here = true;
    void isMember().then((is) => here && setMay(is));
    return () => {
      here = false;
    };
  }, []);
  const keep = async (): Promise<void> => {
    setProblem(null);
    setShare(0);
    const file = await fetched(address, title);
    const result = file === null ? null : await uploadSong(file, title, setShare).done;
    setShare(null);
    if (result?.ok) setKept(result.value);
    else setProblem(result === null ? t.libraryRoom.theFileDidNotCome : result.error);
  };
  if (!may) return null;
  if (kept !== null)
    return (
      <span role="status">
        {t.libraryRoom.onlyYouSeeIt} <PageLink path={songPath(kept.id)}>{kept.title}</PageLink>
      </span>
    );
  return (
    <>
      <button type="button" class="secondary" disabled={share !== null} onClick={() => void keep()}>
        {share === null ? t.libraryRoom.keepInTheLibrary : t.libraryRoom.itIsKept({ round: String(Math.round(share * 100)) })}
        <span class="only-read">: {title}</span>
      </button>
      {problem !== null && <Problem>{problem}</Problem>}
    </>
  );
}

async function fetched(address: string, title: string): Promise<File | null> {
  try {
    const answer = await fetch(address, { cache: 'no-store' });
    return answer.ok ? new File([await answer.blob()], `${title}.opus`) : null;
  } catch {
    return null;
  }
}
