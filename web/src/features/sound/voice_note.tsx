// The microphone's button, and what is wrong with one's own voice: always what is true of what is sent.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { mute, putAway } from './commands.js';
import { named, type VoiceState } from './voice_state.js';
import { MicrophoneIcon, MicrophoneOffIcon } from '../../page/parts/icons.js';
import { t } from '../../i18n/words.js';

interface VoiceProps {
  session: Session;
  voice: VoiceState;
}

export function MicrophoneButton({ session, voice, muted, fixed }: VoiceProps & { muted: boolean; fixed: boolean }): JSX.Element {
  // Without a microphone there is nothing to switch: the same button opens one.
  const press = (): void => {
    if (voice.wanting) void session.microphone.open().catch(() => undefined);
    else mute(session, !muted);
  };
  return (
    <button
      type="button"
      class={voice.sent ? 'mute' : 'mute muted'}
      title={voice.wanting ? t.sound.opensYourMicrophone : t.sound.spaceBar}
      disabled={!session.connected.value || (fixed && !voice.wanting)}
      onClick={press}
    >
      {voice.sent ? <MicrophoneIcon /> : <MicrophoneOffIcon />}
      {voice.label}
    </button>
  );
}

/** What is wrong with one's own voice, or else what has to be asked about it; nothing where nothing is. */
export function VoiceNote({ session, voice }: VoiceProps): JSX.Element | null {
  const { microphone } = session;
  const problem = microphone.problem.value ?? (voice.sent ? null : voice.trouble);
  if (problem !== null) return <Note text={problem} warning={!voice.sent} buttons={<Ways session={session} voice={voice} />} />;
  const instead = microphone.insteadText.value;
  if (instead !== null && microphone.offer.value !== null) return <Note text={instead} buttons={<Ways session={session} voice={voice} />} />;
  if (session.startedMuted.value && !voice.wanting)
    return <Note text={t.startMuted.inTheRoom} buttons={<Button text={t.startMuted.switchOn} press={() => mute(session, false)} />} />;
  if (voice.trouble !== null) return <Note text={voice.trouble} />;
  const { correction } = microphone;
  const question = correction.question.value;
  if (question) {
    const buttons = [question.formerMs, 0].map((ms) => <Button key={ms} text={t.sound.useMs({ ms })} press={() => correction.set(ms)} />);
    return <Note text={question.text} buttons={<>{buttons}</>} />;
  }
  const hint = microphone.hint.value;
  if (hint === null) return null;
  return <Note text={hint} buttons={<Button text={t.sound.putAway} press={() => putAway(session, hint)} />} />;
}

/** The ways to another microphone, or to one at all. */
function Ways({ session, voice }: VoiceProps): JSX.Element | null {
  const { microphone } = session;
  const offer = microphone.offer.value;
  if (offer) return <Button text={t.sound.use({ named: named(offer.label) })} press={() => void microphone.choose(offer).catch(() => undefined)} />;
  return voice.wanting ? <Button text={t.sound.openMyMicrophone} press={() => void microphone.open().catch(() => undefined)} /> : null;
}

function Note({ text, warning = false, buttons }: { text: string; warning?: boolean; buttons?: JSX.Element }): JSX.Element {
  return (
    <div class={warning ? 'voice-note warning' : 'voice-note'}>
      <p role={warning ? 'alert' : 'status'}>{text}</p>
      {buttons && <div class="voice-ways">{buttons}</div>}
    </div>
  );
}

function Button({ text, press }: { text: string; press: () => void }): JSX.Element {
  return (
    <button type="button" class="secondary" onClick={press}>
      {text}
    </button>
  );
}
