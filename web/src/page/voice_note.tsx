// The microphone's button, and what is wrong with one's own voice: always what is true of what is sent.
import type { JSX } from 'preact';
import type { Session } from '../state/session.js';
import { named, type VoiceState } from '../state/voice_state.js';
import { MicrophoneIcon, MicrophoneOffIcon } from './icons.js';

interface VoiceProps {
  session: Session;
  voice: VoiceState;
}

export function MicrophoneButton({ session, voice, muted }: VoiceProps & { muted: boolean }): JSX.Element {
  // Without a microphone there is nothing to switch: the same button opens one.
  const press = (): void => {
    if (voice.wanting) void session.microphone.open().catch(() => undefined);
    else session.send({ type: 'mute', muted: !muted });
  };
  return (
    <button
      type="button"
      class={voice.sent ? 'mute' : 'mute muted'}
      title={voice.wanting ? 'Opens your microphone' : 'Space bar'}
      disabled={!session.connected.value}
      onClick={press}
    >
      {voice.sent ? <MicrophoneIcon /> : <MicrophoneOffIcon />}
      {voice.label}
    </button>
  );
}

/** Nothing where nothing is wrong. */
export function VoiceNote({ session, voice }: VoiceProps): JSX.Element | null {
  const { microphone } = session;
  const offer = microphone.offer.value;
  const text = microphone.problem.value ?? voice.trouble ?? microphone.insteadText.value;
  if (text === null) return null;
  return (
    <div class={voice.sent ? 'voice-note' : 'voice-note warning'}>
      <p role={voice.sent ? 'status' : 'alert'}>{text}</p>
      {offer ? (
        <button type="button" class="secondary" onClick={() => void microphone.choose(offer).catch(() => undefined)}>
          Use {named(offer.label)}
        </button>
      ) : (
        voice.wanting && (
          <button type="button" class="secondary" onClick={() => void microphone.open().catch(() => undefined)}>
            Open my microphone
          </button>
        )
      )}
    </div>
  );
}
