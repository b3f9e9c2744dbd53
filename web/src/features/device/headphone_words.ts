// What to do where headphones do not give left and right, on this very device. Pure.
import type { Device, System } from './device.js';

/** both: left, then right; mixed: both at once, on one side only, or the wrong way round. */
export type Heard = 'both' | 'mixed' | 'nothing';

const MONO: Partial<Record<System, string>> = {
  windows: 'In the settings of Windows, open “Accessibility”, “Audio”, and switch “Mono audio” off.',
  macos: 'In the System Settings, open “Accessibility”, “Audio”, and switch “Play stereo audio as mono” off.',
  android: 'In the settings of the phone, open “Accessibility”, and look that “Mono audio” is off and the balance in the middle.',
  ios: 'In Settings, open “Accessibility”, “Audio & Visual”, and look that “Mono Audio” is off and the balance in the middle.',
  chromeos: 'In the settings, open “Accessibility”, “Audio and captions”, and switch “Play mono audio” off.',
};
const MONO_ELSEWHERE = 'Look in the sound settings of your device that the balance is in the middle and nothing says “mono”.';

const LOUDER: Partial<Record<System, string>> = {
  windows: 'Press the loudspeaker at the bottom right of the screen: choose your headphones there, and make it louder.',
  macos: 'Press the sign for sound in the menu bar: choose your headphones there, and make it louder.',
  android: 'Make it louder with the keys at the side, and look that the headphones are plugged in or connected.',
  ios: 'Make it louder with the keys at the side, and look in the Control Centre that the sound goes to your headphones; without headphones, silent mode must be off.',
};
const LOUDER_ELSEWHERE = 'Look in the sound settings of your device: choose your headphones there, and make it louder.';

export function headphoneWords(heard: Heard, { system }: Device): string {
  switch (heard) {
    case 'both':
      return 'Good: your headphones are right.';
    case 'mixed':
      return `Was it the wrong way round? Turn them round. On one side only, or on both at once? Push the plug in all the way. ${MONO[system] ?? MONO_ELSEWHERE} You can sing like this, too.`;
    case 'nothing':
      return `${LOUDER[system] ?? LOUDER_ELSEWHERE} Then play it again.`;
  }
}
