// Choose a microphone and see whether it hears you. Used at the door and in the sound settings.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { levelWords, VoiceLevels, type VoiceLevel } from './voice_level.js';
import { inputTrouble, named } from './voice_state.js';
import { Meter } from '../../page/parts/meter.js';
import { Problem } from '../../page/parts/parts.js';
import { t } from '../../i18n/words.js';

export function MicrophonePicker({ session }: { session: Session }): JSX.Element {
  const [opening, setOpening] = useState(false);
  const { microphone } = session;
  const used = microphone.used.value;
  const lost = microphone.lost.value;
  const offer = microphone.offer.value;
  const problem = microphone.problem.value;
  const trouble = used && inputTrouble(microphone.mutedElsewhere.value, microphone.input.value, microphone.device);
  const instead = microphone.insteadText.value;
  const quality = microphone.qualityText.value;
  const loudspeaker = microphone.loudspeakerText.value;

  // Where it is shown again, it is asked for again.
  useEffect(() => () => void (microphone.problem.value = null), [microphone]);

  const during = async (work: Promise<boolean>): Promise<void> => {
    setOpening(true);
    // What was wrong with the sound as a whole, the session knows.
    await work.catch(() => false);
    setOpening(false);
  };
  const choose = (select: HTMLSelectElement): void => {
    const choice = microphone.choices.value.find((one) => one.id === select.value);
    if (!choice) return;
    // Until another one is open, the one that is open is shown.
    select.value = used?.id ?? '';
    void during(microphone.choose(choice));
  };
  return (
    <div class="microphone">
      {!used && (
        <>
          {lost && <p class="note warning">{t.sound.yourMicrophoneIsGonePlug({ named: named(lost.label) })}</p>}
          <button type="button" class="secondary" disabled={opening} onClick={() => void during(microphone.open())}>
            {opening ? t.sound.opening : lost ? t.sound.openMyMicrophoneAgain : t.sound.tryMyMicrophone}
          </button>
        </>
      )}
      {used && (
        <>
          <label for="microphone">{t.sound.microphone}</label>
          <select id="microphone" value={used.id} disabled={opening} onChange={(event) => choose(event.currentTarget)}>
            {withUsed(microphone.choices.value, used).map((choice, i) => (
              <option key={choice.id} value={choice.id}>
                {choice.label || t.sound.microphoneNumber({ number: i + 1 })}
              </option>
            ))}
          </select>
          {instead && (
            <p class="note" role="status">
              {instead}
            </p>
          )}
          {loudspeaker && (
            <p class="note" role="status">
              {loudspeaker}
            </p>
          )}
          {quality && (
            <p class="note warning" role="status">
              {quality}
            </p>
          )}
          <Meter label={t.sound.howLoudYourMicrophoneHears} read={() => session.ownLevel()} />
          {trouble ? (
            <p class="note warning" role="status">
              {trouble}
            </p>
          ) : (
            <LevelWords session={session} />
          )}
        </>
      )}
      {offer && (
        <button type="button" class="secondary" disabled={opening} onClick={() => void during(microphone.choose(offer))}>
          {t.sound.use({ named: named(offer.label) })}
        </button>
      )}
      {problem && <Problem>{problem}</Problem>}
    </div>
  );
}

const LOOK_MS = 100;

/** What the meter shows, in words. */
function LevelWords({ session }: { session: Session }): JSX.Element {
  const [level, setLevel] = useState<VoiceLevel>('unheard');
  const { value: used } = session.microphone.used;
  useEffect(() => {
    const levels = new VoiceLevels();
    const timer = setInterval(() => setLevel(levels.look(session.ownLevel(), performance.now())), LOOK_MS);
    return () => clearInterval(timer);
  }, [session, used]);
  return (
    <p class="hint" role="status">
      {levelWords(level)}
    </p>
  );
}

/** The list may be older than what is used. */
function withUsed<T extends { id: string }>(choices: T[], used: T): T[] {
  return choices.some((choice) => choice.id === used.id) ? choices : [used, ...choices];
}
