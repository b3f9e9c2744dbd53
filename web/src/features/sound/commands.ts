// What a person does with her own sound.
import type { Role } from '../../wire/control/control.js';
import type { Session } from '../../session/session.js';

export function mute(session: Session, muted: boolean): void {
  session.send({ type: 'mute', muted });
}

/** Becomes a singer, with a microphone once the server has said yes, or a listener without one. */
export function setRole(session: Session, role: Role): void {
  session.microphone.openWhenSinger = role === 'singer';
  if (role === 'listener') session.microphone.close(session.soundNow);
  session.send({ type: 'role', role });
}

export function setBackingVolume(session: Session, volume: number): void {
  session.volumes.setBacking(volume);
  session.applyVolumes();
}

export function setMetronomeVolume(session: Session, volume: number): void {
  session.volumes.setMetronome(volume);
  session.applyVolumes();
}

export function hearPartLouder(session: Session, louder: boolean): void {
  session.part.setLouder(louder);
  session.applyVolumes();
}

export function setMasterVolume(session: Session, volume: number): void {
  session.volumes.setMaster(volume);
  session.applyVolumes();
}

export function silence(session: Session, silent: boolean): void {
  session.volumes.silent.value = silent;
  session.applyVolumes();
}

/** A hint about one's microphone that was read. */
export function putAway({ microphone }: Session, hint: string): void {
  microphone.putAway.value = [...microphone.putAway.value, hint];
}
