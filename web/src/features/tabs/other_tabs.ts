// Whether another tab of this browser is in the same room (a duplicated tab, or the link opened twice), and how the place passes from one to the other.
// A tab that is in holds a lock of the browser's, which goes with the tab, however that ends; the tabs speak over a channel of the room.
import { signal, type Signal } from '@preact/signals';
import type { Role } from '../../wire/control/control.js';

/** The browser's, as far as they are used here. */
export interface TabSurroundings {
  locks: Pick<LockManager, 'query' | 'request'>;
  channel(name: string): Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
  /** Calls once after `ms`; the result undoes it. */
  after(ms: number, call: () => void): () => void;
  /** Tells two questions apart. */
  random: () => number;
}

/** One's place in the room, as the tab that has it knows it. */
export interface Place {
  token: string;
  role: Role;
}

interface TabEvents {
  place(): Place | null;
  /** Somebody in another tab goes back to this one. */
  shown(): void;
}

type Said = { kind: 'ask'; id: number } | { kind: 'place'; id: number; token: string; role: Role } | { kind: 'show' };

const LOOK_MS = 1_000;
/** The lock of a page that is being reloaded goes a moment later. */
const SURE_MS = 300;
const ANSWER_MS = 1_000;

export class OtherTabs {
  /** Another tab is in; null: not known yet. */
  readonly there: Signal<boolean | null> = signal(null);
  private readonly channel: ReturnType<TabSurroundings['channel']> | null;
  private readonly name: string;
  private inside = false;
  private letGo: (() => void) | null = null;
  private undoLook: (() => void) | null = null;
  private closed = false;
  private waiting: { id: number; answer: (place: Place) => void } | null = null;

  constructor(
    room: string,
    private readonly around: TabSurroundings | null,
    private readonly events: TabEvents,
  ) {
    this.name = `roundelay.room.${room}`;
    this.channel = around?.channel(this.name) ?? null;
    if (this.channel) this.channel.onmessage = (event: MessageEvent<unknown>) => this.hear(event.data);
    if (!around) this.there.value = false;
    else void this.look(false);
  }

  /** This tab is in the room from now on. */
  enter(): void {
    if (this.inside || !this.around) return;
    this.inside = true;
    this.undoLook?.();
    this.there.value = false;
    // Shared: two people may sing from one browser.
    void this.around.locks
      .request(this.name, { mode: 'shared' }, () => (this.inside ? new Promise<void>((resolve) => (this.letGo = resolve)) : undefined))
      .catch(() => undefined);
  }

  leave(): void {
    this.inside = false;
    this.letGo?.();
    this.letGo = null;
  }

  /** The place of a tab that is in; null: none answers. */
  askPlace(): Promise<Place | null> {
    const { around, channel } = this;
    if (!around || !channel) return Promise.resolve(null);
    return new Promise((resolve) => {
      const id = around.random();
      const undo = around.after(ANSWER_MS, () => done(null));
      const done = (place: Place | null): void => {
        undo();
        this.waiting = null;
        resolve(place);
      };
      this.waiting = { id, answer: done };
      this.say({ kind: 'ask', id });
    });
  }

  /** Tells the other tab that it is the one. */
  show(): void {
    this.say({ kind: 'show' });
  }

  close(): void {
    this.closed = true;
    this.undoLook?.();
    this.leave();
    this.channel?.close();
  }

  /** `again`: it was seen there a moment ago. */
  private async look(again: boolean): Promise<void> {
    const { around } = this;
    if (!around) return;
    const held = await around.locks.query().then(
      (state) => (state.held ?? []).some((lock) => lock.name === this.name),
      () => false,
    );
    if (this.inside || this.closed) return;
    const unsure = held && !again && this.there.value !== true;
    if (!unsure) this.there.value = held;
    this.undoLook = around.after(unsure ? SURE_MS : LOOK_MS, () => void this.look(held));
  }

  private say(said: Said): void {
    this.channel?.postMessage(said);
  }

  private hear(data: unknown): void {
    const said = data as { kind?: unknown; id?: unknown; token?: unknown; role?: unknown } | null;
    if (said?.kind === 'ask' && this.inside && typeof said.id === 'number') {
      const place = this.events.place();
      if (place) this.say({ kind: 'place', id: said.id, ...place });
    } else if (said?.kind === 'place' && said.id === this.waiting?.id && typeof said.token === 'string') {
      this.waiting?.answer({ token: said.token, role: said.role === 'listener' ? 'listener' : 'singer' });
    } else if (said?.kind === 'show' && this.inside) {
      this.events.shown();
    }
  }
}
