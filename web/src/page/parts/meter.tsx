// A level meter: drawn straight from shared memory, without passing through the page's state.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { decibels, meterShare } from '../../audio/shared/decibels.js';
import { drawOften } from './drawing.js';

interface MeterProps {
  label: string;
  /** The current level, as amplitudes. */
  read: () => { peak: number; rms: number };
  /** Shown in grey: it is measured, but nobody hears it. */
  off?: boolean;
}

/** From this level on a voice is too loud, in dBFS. */
const TOO_LOUD_DB = -3;
/** How often a screen reader may ask for the value. */
const TELL_MS = 500;

export function Meter({ label, read, off = false }: MeterProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const power = useRef<HTMLSpanElement>(null);
  const peak = useRef<HTMLSpanElement>(null);
  const reader = useRef(read);
  reader.current = read;
  useEffect(() => {
    let told = 0;
    return drawOften((time) => {
      const level = reader.current();
      if (power.current) power.current.style.transform = `scaleX(${meterShare(level.rms)})`;
      if (peak.current) peak.current.style.transform = `translateX(${(meterShare(level.peak) - 1) * 100}%)`;
      if (root.current && time - told > TELL_MS) {
        told = time;
        const db = decibels(level.peak);
        root.current.classList.toggle('too-loud', db > TOO_LOUD_DB);
        root.current.setAttribute('aria-valuenow', String(Math.round(meterShare(level.rms) * 100)));
      }
    });
  }, []);
  return (
    <div ref={root} class={off ? 'meter off' : 'meter'} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={0}>
      <span class="meter-power" ref={power} />
      <span class="meter-peak" ref={peak} />
    </div>
  );
}
