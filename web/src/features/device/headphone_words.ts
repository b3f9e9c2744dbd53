// What to do where headphones do not give left and right, on this very device. Pure.
import type { Device, System } from './device.js';
import { t } from '../../i18n/words.js';

/** both: left, then right; mixed: both at once, on one side only, or the wrong way round. */
export type Heard = 'both' | 'mixed' | 'nothing';

const MONO = (): Partial<Record<System, string>> => ({
  windows: t.device.inTheSettingsOfWindows4,
  macos: t.device.inTheSystemSettingsOpen2,
  android: t.device.inTheSettingsOfThe2,
  ios: t.device.inSettingsOpenAccessibilityAudio,
  chromeos: t.device.inTheSettingsOpenAccessibility,
});
const MONO_ELSEWHERE = () => t.device.lookInTheSoundSettings;

const LOUDER = (): Partial<Record<System, string>> => ({
  windows: t.device.pressTheLoudspeakerAtThe,
  macos: t.device.pressTheSignForSound,
  android: t.device.makeItLouderWithThe,
  ios: t.device.makeItLouderWithThe2,
});
const LOUDER_ELSEWHERE = () => t.device.lookInTheSoundSettings2;

export function headphoneWords(heard: Heard, { system }: Device): string {
  switch (heard) {
    case 'both':
      return t.device.goodYourHeadphonesAreRight;
    case 'mixed':
      return t.device.wasItTheWrongWay({ value: MONO()[system] ?? MONO_ELSEWHERE() });
    case 'nothing':
      return t.device.thenPlayItAgain({ value: LOUDER()[system] ?? LOUDER_ELSEWHERE() });
  }
}
