// What is sound elsewhere is kept in the library, for oneself until it is shared: fetched here and uploaded as a song is.
import { t } from '../../i18n/words.js';
import { askAccount, uploadSong } from '../../net/library.js';
import { bad, good, type Result } from '../../wire/result.js';
import { hasLibrary, songPath } from './library.js';

/** Whoever is logged in to a library that this server has. */
export async function mayKeep(): Promise<boolean> {
  if (!(await hasLibrary())) return false;
  const account = await askAccount();
  return account.ok && account.value !== null;
}

export interface KeptSong {
  title: string;
  path: string;
}

/** `fetched`: null where it did not come. `progress`: the share that is there, 0 to 1. */
export async function keepSound(fetched: Promise<Blob | null>, title: string, progress: (share: number) => void): Promise<Result<KeptSong>> {
  const sound = await fetched;
  if (sound === null) return bad(t.libraryRoom.theFileDidNotCome);
  const kept = await uploadSong(new File([sound], `${title}.opus`), title, progress).done;
  return kept.ok ? good({ title: kept.value.title, path: songPath(kept.value.id) }) : bad(kept.error);
}

export async function fetchedSound(address: string): Promise<Blob | null> {
  try {
    const answer = await fetch(address, { cache: 'no-store' });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}
