// A button that keeps some sound in the library, and what has become of it. Nothing for who may not.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { under } from '../../base_path.js';
import { t } from '../../i18n/words.js';
import type { Result } from '../../wire/result.js';
import { PageLink } from './page_link.js';
import { Problem } from './parts.js';

interface Props {
  title: string;
  may: () => Promise<boolean>;
  keep: (progress: (share: number) => void) => Promise<Result<{ title: string; path: string }>>;
  /** It stands beside others and in a room, which one does not leave: with its title, and a link into a new tab. */
  inRoom?: boolean;
}

export function KeepButton({ title, may, keep, inRoom = false }: Props): JSX.Element | null {
  const [allowed, setAllowed] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [kept, setKept] = useState<{ title: string; path: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let here = true;
    void may().then((is) => here && setAllowed(is));
    return () => {
      here = false;
    };
  }, []);
  const press = async (): Promise<void> => {
    setProblem(null);
    setShare(0);
    const result = await keep(setShare);
    setShare(null);
    if (result.ok) setKept(result.value);
    else setProblem(result.error);
  };
  if (!allowed) return null;
  if (kept !== null)
    return (
      <span role="status">
        {t.libraryRoom.onlyYouSeeIt}{' '}
        {inRoom ? (
          <a href={under(kept.path)} target="_blank" rel="noopener">
            {kept.title}
            <span class="only-read"> {t.recordings.inANewTab}</span>
          </a>
        ) : (
          <PageLink path={kept.path}>{kept.title}</PageLink>
        )}
      </span>
    );
  return (
    <>
      <button type="button" class="secondary" disabled={share !== null} onClick={() => void press()}>
        <span>
          {share === null ? t.libraryRoom.keepInTheLibrary : t.libraryRoom.itIsKept({ round: String(Math.round(share * 100)) })}
          <span class={inRoom ? undefined : 'only-read'}>: {title}</span>
        </span>
      </button>
      {problem !== null && <Problem>{problem}</Problem>}
    </>
  );
}
