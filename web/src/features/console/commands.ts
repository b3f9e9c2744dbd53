// What the engineer does at the console.
import type { Session } from '../../session/session.js';
import type { ConsoleCommand, SettingsChange } from '../../wire/control/control.js';

/** A fader that is drawn along says a lot; the server is told of it so often. */
const FADER_MS = 150;

export function openConsole(session: Session, open: boolean): void {
  session.send({ type: 'console', open });
}

export function solo(session: Session, person: string, on: boolean): void {
  session.send({ type: 'solo', person, on });
}

export function listenTo(session: Session, to: 'solo' | 'room'): void {
  session.send({ type: 'listen', to });
}

export function muteSinger(session: Session, person: string, muted: boolean): void {
  session.send({ type: 'mute_person', person, muted });
}

/** Sends the newest of what comes in a row for one fader, at most every FADER_MS. */
export class FaderSender {
  private readonly waiting = new Map<string, () => void>();

  constructor(
    private readonly session: Pick<Session, 'send'>,
    private readonly later: (run: () => void, ms: number) => void = (run, ms) => setTimeout(run, ms),
  ) {}

  volume(command: Extract<ConsoleCommand, { type: 'volume' }>): void {
    this.say('part' in command ? `part ${command.part}` : command.person, () => this.session.send(command));
  }

  setting(change: SettingsChange): void {
    this.say(Object.keys(change).join(), () => this.session.send({ type: 'settings', ...change }));
  }

  private say(key: string, send: () => void): void {
    if (this.waiting.has(key)) {
      this.waiting.set(key, send);
      return;
    }
    send();
    const nothing = (): void => undefined;
    this.waiting.set(key, nothing);
    const look = (): void => {
      const next = this.waiting.get(key);
      if (next === undefined || next === nothing) {
        this.waiting.delete(key);
        return;
      }
      this.waiting.set(key, nothing);
      next();
      this.later(look, FADER_MS);
    };
    this.later(look, FADER_MS);
  }
}
