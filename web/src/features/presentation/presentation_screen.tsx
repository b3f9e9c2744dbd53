// The whole screen for a hall: readable from ten metres, and nothing on it that could be pressed. Escape leaves it.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { shownOf } from './presentation.js';
import { t } from '../../i18n/words.js';

interface PresentationProps {
  session: Session;
  room: RoomState;
  /** The words of the song, or its score; null: there are none. */
  words: ComponentChildren;
  /** That the song is recorded. */
  sign?: JSX.Element;
  onLeave: () => void;
}

export function PresentationScreen({ session, room, words, sign, onLeave }: PresentationProps): JSX.Element {
  const screen = useRef<HTMLElement>(null);
  useLeaving(onLeave);
  // Before keys are pressed again: what is behind it is not to be reached by them.
  useLayoutEffect(() => screen.current?.focus(), []);
  const shown = shownOf(room, session.now.value, session.heard.value);
  const sentence = session.connected.value ? shown.sentence : t.presentation.connectionLostComingBack;
  /** Without anything larger, the sentence is the largest. */
  const alone = shown.countDown === null && words === null;
  return (
    <section ref={screen} class={`presentation ${shown.tone}`} tabIndex={-1} aria-label={t.presentation.forTheHallsScreenEscape}>
      <header class="presentation-head">
        <h1>{shown.title}</h1>
        {sign}
        <p class="presentation-time">{session.song.time.value ?? ''}</p>
      </header>
      <div class="presentation-middle">
        {shown.countDown === null ? words : <p class="presentation-count">{shown.countDown}</p>}
        {alone && <Sentence text={sentence} />}
      </div>
      <footer class="presentation-foot">
        {!alone && <Sentence text={sentence} />}
        <p>{shown.leader}</p>
      </footer>
    </section>
  );
}

function Sentence({ text }: { text: string }): JSX.Element {
  return (
    <p class="presentation-sentence" role="status">
      {text}
    </p>
  );
}

/** By Escape, and by whatever else ends the full screen. All other keys do nothing. */
function useLeaving(onLeave: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      event.stopImmediatePropagation();
      if (event.key === 'Escape') leave();
      else if (!event.ctrlKey && !event.metaKey && !event.altKey) event.preventDefault();
    };
    const changed = (): void => {
      if (document.fullscreenElement === null) onLeave();
    };
    const leave = (): void => {
      if (document.fullscreenElement === null) onLeave();
      else void document.exitFullscreen();
    };
    window.addEventListener('keydown', press, true);
    document.addEventListener('fullscreenchange', changed);
    return () => {
      window.removeEventListener('keydown', press, true);
      document.removeEventListener('fullscreenchange', changed);
    };
  }, [onLeave]);
}

export function PresentationButton({ onEnter }: { onEnter: () => void }): JSX.Element {
  const press = (): void => {
    // Where it is refused, the page is filled all the same, and Escape leaves it.
    document.documentElement.requestFullscreen().then(onEnter, onEnter);
  };
  return (
    <button type="button" class="secondary" onClick={press}>
      {t.presentation.showItOnAHalls}
    </button>
  );
}
