// Whether one's own voice is sent, from what the room, the microphone and the sound say.
import type { SoundRun } from '../../audio/engine/engine.js';
import { yourself, type RoomState } from '../../state/room.js';
import type { MicrophoneMode } from './microphone_mode.js';
import type { OwnMicrophone } from './own_microphone.js';
import { voiceState, type VoiceState } from './voice_state.js';

/** Null outside of a room, and for who listens. */
export function ownVoice(room: RoomState | null, microphone: OwnMicrophone, { mode }: MicrophoneMode, run: SoundRun): VoiceState | null {
  if (!room) return null;
  const { role, muted, held } = yourself(room);
  const { isOpen, lost, mutedElsewhere, input, device } = microphone;
  const lostName = lost.value?.label ?? null;
  if (role !== 'singer') return null;
  const untilSong = mode.value === 'songs' && room.song.state !== 'playing';
  return voiceState({
    muted,
    held,
    untilSong,
    open: isOpen.value,
    lost: lostName,
    mutedElsewhere: mutedElsewhere.value,
    input: input.value,
    run,
    device,
  });
}
