// The room's settings. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage, Settings, Welcome } from '../../wire/control/control.js';

export interface SettingsPart {
  settings: Settings;
}

export function enterSettings({ settings }: Welcome): SettingsPart {
  return { settings };
}

export function nextSettings<S extends SettingsPart>(state: S, message: ServerMessage): S {
  return message.type === 'settings' ? { ...state, settings: message.settings } : state;
}
