// One singer at the console.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { amplitudeOf, meterShare } from '../../audio/shared/decibels.js';
import type { Session } from '../../session/session.js';
import type { Person } from '../../wire/control/control.js';
import { MOST_VOLUME } from '../../wire/control/settings.js';
import { sounds } from './board.js';
import { muteSinger, solo, type FaderSender } from './commands.js';
import { Fader } from './fader.js';
import { volumeText } from './room_faders.js';
import { lateSongsText, lateText, levelText, troubles } from './words.js';
import { t } from '../../i18n/words.js';
import { partName } from '../../i18n/voice_parts.js';

interface SingerRowProps {
  session: Session;
  person: Person;
  /** From 1. */
  row: number;
  /** Pixels from the list's beginning. */
  top: number;
  loudspeaker: boolean;
  faders: FaderSender;
}

/** Levels come as often. */
const DRAW_MS = 200;

export function SingerRow({ session, person, row, top, loudspeaker, faders }: SingerRowProps): JSX.Element {
  const board = session.console;
  const soloed = board.isSoloed(person.id);
  const disabled = !session.connected.value;
  const where = [t.console.group({ group: person.bucket }), partName(person.part), person.leader ? t.console.leads : '']
    .filter((word) => word !== '')
    .join(', ');
  return (
    <div class="console-row" role="row" aria-rowindex={row} data-singer={person.id} style={{ transform: `translateY(${top}px)` }}>
      <div class="console-who" role="rowheader">
        <strong>{person.name}</strong>
        <small>{where}</small>
      </div>
      <LevelCell session={session} person={person} loudspeaker={loudspeaker} />
      <div class="console-volume" role="cell">
        <Fader
          label={t.console.volumeOf({ name: person.name })}
          hidesLabel
          text={volumeText}
          value={board.volumeOf(person.id)}
          most={MOST_VOLUME}
          rest={1}
          disabled={disabled}
          onValue={(volume) => faders.volume({ type: 'volume', person: person.id, volume })}
        />
      </div>
      <div class="console-buttons" role="cell">
        <button
          type="button"
          class={person.muted ? 'primary' : 'secondary'}
          aria-pressed={person.muted}
          aria-label={t.console.mute({ name: person.name })}
          disabled={disabled || (person.muted && !person.held)}
          onClick={() => muteSinger(session, person.id, !person.muted)}
        >
          {t.console.mute2}
        </button>
        <button
          type="button"
          class={soloed ? 'primary' : 'secondary'}
          aria-pressed={soloed}
          aria-label={t.console.solo({ name: person.name })}
          disabled={disabled}
          onClick={() => solo(session, person.id, !soloed)}
        >
          {t.console.solo2}
        </button>
      </div>
    </div>
  );
}

/** Written straight into the page, five times a second, and only what has changed. */
function LevelCell({ session, person, loudspeaker }: Pick<SingerRowProps, 'session' | 'person' | 'loudspeaker'>): JSX.Element {
  const before = useRef<HTMLSpanElement>(null);
  const after = useRef<HTMLSpanElement>(null);
  const words = useRef<HTMLElement>(null);
  const trouble = useRef<HTMLElement>(null);
  useEffect(() => {
    const draw = (): void => {
      const nowMs = performance.now();
      const levels = session.console.of(person.id);
      const heard = sounds(levels, nowMs);
      bar(before.current, heard ? levels.beforeDb : -Infinity);
      bar(after.current, heard ? levels.afterDb : -Infinity);
      const late = [lateText(levels), lateSongsText(session.console.lateSongs(person.id))].filter((text) => text !== '').join(', ');
      write(words.current, late === '' ? levelText(levels, nowMs) : `${levelText(levels, nowMs)}; ${late}`);
      write(trouble.current, troubles(levels, loudspeaker, nowMs).join(', '));
    };
    draw();
    const timer = setInterval(draw, DRAW_MS);
    return () => clearInterval(timer);
  }, [session, person.id, loudspeaker]);
  return (
    <div class="console-level" role="cell">
      <span class="console-bar" aria-hidden="true">
        <span ref={before} />
      </span>
      <span class="console-bar after" aria-hidden="true">
        <span ref={after} />
      </span>
      <small ref={words} />
      <small ref={trouble} class="console-trouble" />
    </div>
  );
}

function bar(element: HTMLElement | null, db: number): void {
  if (!element) return;
  const to = `scaleX(${meterShare(amplitudeOf(db)).toFixed(2)})`;
  if (element.style.transform !== to) element.style.transform = to;
}

function write(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
