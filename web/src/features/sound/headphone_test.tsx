// A test of one's headphones at the door: a short sound on the left, then on the right, and what to do where that is not what one hears.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { leftThenRight } from '../../audio/shared/side_sounds.js';
import { headphoneWords, type Heard } from '../device/headphone_words.js';
import { Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import { t } from '../../i18n/words.js';

const ANSWERS = (): readonly [Heard, string][] => [
  ['both', t.sound.yes],
  ['mixed', t.sound.notLikeThat],
  ['nothing', t.sound.iHeardNothing],
];

export function HeadphoneTest({ session }: { session: Session }): JSX.Element {
  const [state, setState] = useState<'rest' | 'playing' | 'asks' | Heard>('rest');
  const play = async (): Promise<void> => {
    setState('playing');
    try {
      const engine = await session.sound();
      engine.resume();
      setState((await engine.play(leftThenRight())) ? 'asks' : 'nothing');
    } catch {
      // What is wrong with the sound, is said elsewhere.
      setState('rest');
    }
  };
  const answered = state === 'both' || state === 'mixed' || state === 'nothing';
  return (
    <section class="headphones" aria-label={t.sound.yourHeadphones} data-keeps-focus>
      <button type="button" class="secondary" disabled={state === 'playing'} onClick={() => void play()}>
        {state === 'rest' ? t.sound.tryMyHeadphones : state === 'playing' ? t.sound.leftThenRight : t.sound.playItAgain}
      </button>
      {state === 'asks' && (
        <fieldset class="answers">
          <legend>{t.sound.didYouHearItLeft}</legend>
          {ANSWERS().map(([heard, text]) => (
            <button key={heard} type="button" class="secondary" onClick={() => setState(heard)}>
              {text}
            </button>
          ))}
        </fieldset>
      )}
      {state === 'both' && <p role="status">{headphoneWords('both', session.microphone.device)}</p>}
      {answered && state !== 'both' && <Problem>{headphoneWords(state, session.microphone.device)}</Problem>}
    </section>
  );
}
