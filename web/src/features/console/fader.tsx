// A fader: it follows the hand at once, and the server's word when nobody moves it.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';

interface FaderProps {
  label: string;
  /** Said, and shown where there is room. */
  text: (value: number) => string;
  value: number;
  least?: number;
  most: number;
  step?: number;
  /** Where it leaves everything as it is. */
  rest: number;
  disabled?: boolean;
  hidesLabel?: boolean;
  onValue: (value: number) => void;
}

/** The server's answer takes so long at most. */
const ANSWER_MS = 1_500;

export function Fader(props: FaderProps): JSX.Element {
  const { label, text, value, least = 0, most, step = 0.05, rest, disabled = false, hidesLabel = false, onValue } = props;
  const id = useId();
  const [held, setHeld] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const letGo = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHeld(null), ANSWER_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (next: number): void => {
    setHeld(next);
    onValue(next);
    letGo();
  };
  const shown = held ?? value;
  return (
    <div class="fader">
      <label for={id} class={hidesLabel ? 'only-read' : ''}>
        {label}
      </label>
      <input
        id={id}
        type="range"
        min={least}
        max={most}
        step={step}
        value={shown}
        disabled={disabled}
        aria-valuetext={text(shown)}
        onInput={(event) => set(event.currentTarget.valueAsNumber)}
        onDblClick={() => set(rest)}
      />
      <span class="fader-value" aria-hidden="true">
        {text(shown)}
      </span>
    </div>
  );
}
