// One recording: what it is, who sang, how far it is; to hear it, to take it home, to delete it.
import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { DownloadIcon, FadersIcon, TrashIcon } from '../../page/parts/icons.js';
import { Problem } from '../../page/parts/parts.js';
import type { Recording } from '../../wire/control/control.js';
import { KeepRecording } from './keep_recording.js';
import { isUnderWay, type RecordingBook } from './book.js';
import { Player } from './player.js';
import { leftOutWords, lengthOf, lossWords, singersOf, sizeText, stateWords, titleOf, whenOf } from './words.js';
import { partName } from '../../i18n/voice_parts.js';

/** The mix as it was heard, until the one of the tracks is made. */
const QUICK_MIX = 'quick.opus';

interface CardProps {
  book: RecordingBook;
  one: Recording;
  /** One may delete it. */
  keeps: boolean;
  /** To mix it again; null: it cannot be. */
  mixer: ComponentChildren;
}

export function RecordingCard({ book, one, keeps, mixer }: CardProps): JSX.Element {
  const [mixes, setMixes] = useState(false);
  const title = titleOf(one);
  const name = `${title}, ${whenOf(one)}`;
  const file = one.mix ?? null;
  const words = stateWords(one);
  const refused = book.refused.value.get(one.id);
  const track = book.tracks.value.get(one.id);
  return (
    <article class="recording-card" aria-labelledby={`recording-${one.id}`}>
      <header>
        <h2 id={`recording-${one.id}`}>{title}</h2>
        <p class="hint">
          {whenOf(one)}
          {one.seconds > 0 && <span> · {lengthOf(one)}</span>}
        </p>
      </header>
      {words !== null && (
        <div class={`recording-state ${one.state}`} role="status">
          <p>{words}</p>
          {one.state === 'rendering' && <progress max={100} value={one.percent} aria-label={t.recordings.mixing({ title })} />}
          {file === QUICK_MIX && <p class="hint">{t.recordings.hearAlready}</p>}
        </div>
      )}
      {lossWords(one).map((sentence) => (
        <p key={sentence} class="note">
          {sentence}
        </p>
      ))}
      {file !== null && (
        <Player
          name={name}
          address={book.address(one.id, file)}
          waveform={file !== QUICK_MIX ? book.address(one.id, 'waveform.json') : null}
          seconds={one.seconds}
        />
      )}
      {one.state === 'ready' && <Again book={book} one={one} name={name} />}
      {(one.tracks.length > 0 || one.state === 'ready') && (
        <p class="recording-singers">
          {one.tracks.length > 0 && <strong>{t.recordings.singers({ count: one.tracks.length })} </strong>}
          {singersOf(one)}
          {leftOutWords(one) !== null && <span class="hint"> {leftOutWords(one)}</span>}
        </p>
      )}
      {file !== null && file !== QUICK_MIX && <Downloads book={book} one={one} />}
      {one.again_failed === true && one.state === 'ready' && <Problem>{t.recordings.againFailed}</Problem>}
      {refused !== undefined && <Problem>{refused}</Problem>}
      {track !== undefined && (
        <p class="note" role="status">
          {t.recordings.isATrackNow({ name: track })}
        </p>
      )}
      <div class="actions" data-keeps-focus>
        {mixer !== null && one.state === 'ready' && (
          <button type="button" class="secondary" aria-expanded={mixes} onClick={() => setMixes(!mixes)}>
            <FadersIcon />
            {mixes ? t.recordings.closeTheMixer : t.recordings.mixItAgain}
          </button>
        )}
        {keeps && !isUnderWay(one) && <Delete book={book} one={one} name={name} />}
      </div>
      {mixes && mixer}
    </article>
  );
}

/** The mix that somebody made of the tracks, where there is one. */
function Again({ book, one, name }: { book: RecordingBook; one: Recording; name: string }): JSX.Element | null {
  const address = book.address(one.id, 'again.opus');
  const [made, setMade] = useState<string | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    fetch(address, { method: 'HEAD', cache: 'no-store', signal: gone.signal })
      .then((answer) => setMade(answer.ok ? (answer.headers.get('etag') ?? 'made') : null))
      .catch(() => undefined);
    return () => gone.abort();
  }, [address]);
  if (made === null) return null;
  const title = titleOf(one);
  return (
    <section class="recording-again" aria-label={t.recordings.mixedAgainOf({ name })}>
      <h3>{t.recordings.mixedAgain}</h3>
      <Player
        name={t.recordings.theNewMixOf({ name })}
        address={book.address(one.id, 'again.opus', false, made)}
        waveform={null}
        seconds={one.seconds}
      />
      <p class="actions">
        <Keep address={book.address(one.id, 'again.opus', true)} what={t.recordings.downloadNewMix({ title })}>
          {t.recordings.newMix}
        </Keep>
        <Keep address={book.address(one.id, 'again.flac', true)} what={t.recordings.downloadNewMixWithoutLoss({ title })}>
          {t.recordings.newMixWithoutLoss}
        </Keep>
        <SingTo book={book} one={one} file="again.flac" what={t.recordings.theNewMixOf({ name: title })} />
      </p>
    </section>
  );
}

function Downloads({ book, one }: { book: RecordingBook; one: Recording }): JSX.Element {
  const title = titleOf(one);
  return (
    <div class="recording-downloads">
      <p class="actions">
        <Keep address={book.address(one.id, 'mix.opus', true)} what={t.recordings.downloadMix({ title })}>
          {t.recordings.mix}
        </Keep>
        <Keep address={book.address(one.id, 'mix.flac', true)} what={t.recordings.downloadMixWithoutLoss({ title })}>
          {t.recordings.mixWithoutLoss}
        </Keep>
        <SingTo book={book} one={one} file="mix.flac" what={title} />
        <KeepRecording address={book.address(one.id, 'mix.opus')} title={title} />
      </p>
      {one.tracks.length > 0 && (
        <details>
          <summary>{t.recordings.eachTrack}</summary>
          <ul class="recording-tracks">
            {one.tracks.map((track) => (
              <li key={track.track}>
                <span>{track.part === '' ? track.name : `${track.name} (${partName(track.part)})`}</span>
                <Keep address={book.address(one.id, `${track.track}.opus`, true)} what={t.recordings.downloadTrack({ name: track.name })}>
                  {t.recordings.track}
                </Keep>
                <SingTo book={book} one={one} file={`${track.track}.opus`} what={track.name} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <Everything book={book} one={one} />
    </div>
  );
}

/** It becomes the room's track: what was sung is sung to. */
function SingTo({ book, one, file, what }: { book: RecordingBook; one: Recording; file: string; what: string }): JSX.Element {
  return (
    <button type="button" class="secondary" onClick={() => void book.sing(one, file)}>
      {t.recordings.singToThis}
      <span class="only-read">: {what}</span>
    </button>
  );
}

/** All of it as one file: asked for, then made by the server, then there for a day. */
function Everything({ book, one }: { book: RecordingBook; one: Recording }): JSX.Element | null {
  const { zip } = one;
  if (zip === undefined || one.tracks.length === 0) return null;
  const title = titleOf(one);
  const size = sizeText(zip.bytes);
  if (zip.state === 'ready') {
    return (
      <p class="actions">
        <Keep address={book.address(one.id, 'all.zip', true)} what={t.recordings.downloadEverything({ title })}>
          {t.recordings.everything({ size })}
        </Keep>
        <span class="hint">{t.recordings.thereForADay}</span>
      </p>
    );
  }
  if (zip.state === 'making') {
    return (
      <div class="recording-state" role="status">
        <p>{t.recordings.preparingEverything({ percent: zip.percent })}</p>
        <progress max={100} value={zip.percent} aria-label={t.recordings.preparingEverythingOf({ title })} />
      </div>
    );
  }
  return (
    <>
      {zip.state === 'failed' && <Problem>{t.recordings.everythingFailed}</Problem>}
      <p class="actions" data-keeps-focus>
        <button type="button" class="secondary" onClick={() => void book.pack(one)}>
          <DownloadIcon />
          {t.recordings.prepareEverything({ size })}
          <span class="only-read">: {title}</span>
        </button>
        <span class="hint">{t.recordings.whatEverythingIs}</span>
      </p>
    </>
  );
}

function Keep({ address, what, children }: { address: string; what: string; children: ComponentChildren }): JSX.Element {
  return (
    <a class="button secondary" href={address} download>
      <DownloadIcon />
      {children}
      <span class="only-read">: {what}</span>
    </a>
  );
}

function Delete({ book, one, name }: { book: RecordingBook; one: Recording; name: string }): JSX.Element {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <button type="button" class={asked ? 'primary' : 'quiet'} onClick={() => (asked ? void book.remove(one) : setAsked(true))}>
        <TrashIcon />
        {asked ? t.recordings.deleteForGood : t.recordings.deleteAsk}
        <span class="only-read"> {name}</span>
      </button>
      {asked && (
        <button type="button" class="quiet" onClick={() => setAsked(false)}>
          {t.recordings.keepIt}
        </button>
      )}
    </>
  );
}
