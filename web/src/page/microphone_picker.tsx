// Choose a microphone and see whether it hears you. Used at the door and in the sound settings.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { listMicrophones, type MicrophoneChoice } from '../audio/microphone.js';
import type { Session } from '../state/session.js';
import { remembered } from '../state/storage.js';
import { Meter } from './meter.js';
import { Problem } from './parts.js';

export function MicrophonePicker({ session }: { session: Session }): JSX.Element {
  const [choices, setChoices] = useState<MicrophoneChoice[]>([]);
  const [chosen, setChosen] = useState<string | null>(remembered.microphone);
  const [opening, setOpening] = useState(false);
  const open = session.microphoneOpen.value;
  const problem = session.microphoneProblem.value;

  useEffect(() => {
    if (!open) return;
    const refresh = (): void => {
      void listMicrophones().then((found) => {
        setChoices(found);
        setChosen(remembered.microphone);
      });
    };
    refresh();
    navigator.mediaDevices.addEventListener('devicechange', refresh);
    return () => navigator.mediaDevices.removeEventListener('devicechange', refresh);
  }, [open]);

  // Where it is shown again, it is asked for again.
  useEffect(() => () => void (session.microphoneProblem.value = null), [session]);

  const use = async (id: string | null): Promise<void> => {
    setOpening(true);
    await session.useMicrophone(id);
    setOpening(false);
    setChosen(remembered.microphone);
  };
  const read = (): { peak: number; rms: number } => {
    const state = session.soundNow?.state;
    return { peak: state?.ownPeak ?? 0, rms: state?.ownRms ?? 0 };
  };

  return (
    <div class="microphone">
      {!open && (
        <button type="button" class="secondary" disabled={opening} onClick={() => void use(remembered.microphone)}>
          {opening ? 'Opening ...' : 'Try my microphone'}
        </button>
      )}
      {open && (
        <>
          <label for="microphone">Microphone</label>
          <select id="microphone" value={chosen ?? ''} onChange={(event) => void use(event.currentTarget.value)}>
            {choices.map((choice) => (
              <option key={choice.id} value={choice.id}>
                {choice.label}
              </option>
            ))}
          </select>
          <Meter label="How loud your microphone hears you" read={read} />
          <p class="hint">Sing a line as loud as you will. The bar should move and not turn red.</p>
        </>
      )}
      {problem && <Problem>{problem}</Problem>}
    </div>
  );
}
