// Small parts that several pages use.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { Sign } from './icons.js';
import { go } from '../routes.js';
import type { Refusal } from '../../session/notices.js';
import { t } from '../../i18n/words.js';

/** The name of the house, as a link home where `onHome` is given. */
export function Brand({ onHome }: { onHome?: () => void }): JSX.Element {
  const name = (
    <>
      <Sign />
      <span>{t.parts.roundelay}</span>
    </>
  );
  if (!onHome) return <p class="brand">{name}</p>;
  const click = (event: MouseEvent): void => {
    event.preventDefault();
    onHome();
  };
  return (
    <a class="brand" href="/" onClick={click}>
      {name}
    </a>
  );
}

/** A page outside of the room: the name of the house above, one thing to say below. */
export function PlainPage({ card = false, children }: { card?: boolean; children: ComponentChildren }): JSX.Element {
  return (
    <div class="plain">
      <header class="masthead">
        <Brand onHome={() => go('/')} />
      </header>
      <main class={card ? 'card narrow' : 'narrow'}>{children}</main>
    </div>
  );
}

/** The title of a page that takes another's place: the keyboard goes on from here, and a screen reader says it. */
export function ArrivalTitle({ children }: { children: ComponentChildren }): JSX.Element {
  const ref = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => ref.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={ref} tabIndex={-1}>
      {children}
    </h1>
  );
}

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ComponentChildren;
}

/** A window over the page; Escape and the button close it, and the keyboard stays inside while it is open. */
export function Dialog({ title, open, onClose, children }: DialogProps): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  // With the drawing, not after it: what is asked for meanwhile must find the window as it is shown.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (open && dialog && !dialog.open) dialog.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  // The event comes later than the closing: the window may be open again by then.
  const closed = (): void => {
    if (!ref.current?.open) onClose();
  };
  return (
    <dialog ref={ref} class="dialog" aria-label={title} onClose={closed}>
      {open && (
        <>
          <header class="dialog-head">
            <h2>{title}</h2>
            <button type="button" class="quiet" onClick={onClose}>
              {t.parts.close}
            </button>
          </header>
          <div class="dialog-body">{children}</div>
        </>
      )}
    </dialog>
  );
}

/** An error that stays where it belongs; read aloud when it appears. */
export function Problem({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <p class="problem" role="alert">
      {children}
    </p>
  );
}

const COUNT_MS = 200;

interface NextTryProps {
  /** Epoch; null: it is being tried. */
  untilMs: number | null;
  onTry: () => void;
  /** What else there is to say of this moment. */
  meanwhile?: (nowMs: number) => string | null;
}

/** Counts down to the next try, and lets one not wait for it. Not read aloud second by second. */
export function NextTry({ untilMs, onTry, meanwhile }: NextTryProps): JSX.Element {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), COUNT_MS);
    return () => clearInterval(timer);
  }, []);
  const words = untilMs === null ? t.parts.trying : t.parts.tryingAgainInS({ max: Math.max(1, Math.ceil((untilMs - now) / 1000)) });
  const more = meanwhile?.(now) ?? null;
  return (
    <>
      <p class="next-try">
        <span aria-hidden="true">{words}</span>
        <button type="button" class="secondary" disabled={untilMs === null} onClick={onTry}>
          {t.parts.tryNow}
        </button>
      </p>
      {more !== null && <p class="hint">{more}</p>}
    </>
  );
}

interface NumberFieldProps {
  label: string;
  /** Tells it from another of the same label. */
  scope?: string | undefined;
  hint?: string;
  unit: string;
  value: number;
  least: number;
  most: number;
  step: number;
  onValue: (value: number) => void;
  /** Of values that the server may refuse: the last one of whatever it has refused. */
  refusal?: Refusal | null;
}

/** A number input that gives its value when it was changed for good; numbers out of range, or between two steps, are taken to
 * the nearest allowed. What is half typed stays, whatever is drawn anew meanwhile, until another value is in force. What was given and refused does
 * not: the value in force is shown again, and why, until one goes on typing. */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const given = useRef(false);
  useLayoutEffect(() => {
    given.current = false;
    setTyped(null);
    setRefused(null);
  }, [props.value]);
  useLayoutEffect(() => {
    if (!given.current) return;
    given.current = false;
    setTyped(null);
    setRefused(props.refusal ?? null);
  }, [props.refusal]);
  const type = (text: string | null): void => {
    given.current = false;
    setTyped(text);
    setRefused(null);
  };
  const give = (value: number): void => {
    given.current = value !== props.value;
    props.onValue(value);
  };
  return NumberInput({ ...props, typed, problem: refused?.text ?? null, onType: type, onValue: give });
}

/** The value on the grid of `step` from `least` on. */
function onStep(value: number, least: number, step: number): number {
  const decimals = Math.max(...[least, step].map((number) => String(number).split('.')[1]?.length ?? 0));
  return Number((least + Math.round((value - least) / step) * step).toFixed(decimals));
}

/** The same without a memory: `typed` is what was typed and is not in force. */
export function NumberInput(
  props: NumberFieldProps & { typed: string | null; problem?: string | null; onType: (typed: string | null) => void },
): JSX.Element {
  const { label, scope = '', hint, unit, value, least, most, step, onValue, typed, problem = null, onType } = props;
  const id = `${scope}field-${label.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  const change = (input: HTMLInputElement): void => {
    if (Number.isNaN(input.valueAsNumber)) return;
    const allowed = Math.min(most, Math.max(least, onStep(input.valueAsNumber, least, step)));
    input.valueAsNumber = allowed;
    onType(input.value);
    onValue(allowed);
  };
  // What is no number changes nothing: then the value in force is shown again.
  const leave = (input: HTMLInputElement): void => {
    if (!Number.isNaN(input.valueAsNumber)) return;
    input.valueAsNumber = value;
    onType(null);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="with-unit">
        <input
          id={id}
          type="number"
          inputMode="decimal"
          min={least}
          max={most}
          step={step}
          value={typed ?? value}
          onInput={(event) => onType(event.currentTarget.value)}
          onChange={(event) => change(event.currentTarget)}
          onBlur={(event) => leave(event.currentTarget)}
          aria-describedby={[problem !== null && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined}
        />
        <span>{unit}</span>
      </div>
      {problem !== null && (
        <p class="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** A sentence in which *some words* stand out. */
export function Marked({ text, as: Element = 'strong' }: { text: string; as?: 'strong' | 'em' }): JSX.Element {
  return <>{text.split('*').map((piece, i) => (i % 2 === 1 ? <Element key={i}>{piece}</Element> : piece))}</>;
}
