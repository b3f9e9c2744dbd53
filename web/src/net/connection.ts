// The socket to the server: says hello, comes back by itself with its token, measures the way there and back. Runs in the codec worker; time,
// chance and the socket are injected.
import { MAX_BINARY_BYTES } from '../wire/header.js';
import { readControl, writeControl, type ClientMessage, type Hello, type ServerError, type ServerMessage } from '../wire/control/control.js';
import { readMix, type MixMessage } from '../wire/mix.js';
import {
  endingOf,
  expulsionOf,
  hindranceOf,
  PLACE_KEPT_MS,
  reconnectDelayMs,
  RESTART_MS,
  RESTARTING_CODE,
  type Ending,
  type Hindrance,
  type HttpAnswer,
} from './reconnect.js';
import { ServerClock } from './server_clock.js';

export const SUB_PROTOCOL = 'roundelay.1';
const PING_MS = 2_000;
/** Without any message for so long (there is a pong every two seconds), the connection is taken for dead. */
const SILENCE_MS = 6_500;
/** A socket that is not open after so long will not be. */
const OPEN_MS = 5_500;
/** A server that is alive lets one in within so long, even when thousands come at once. */
const WELCOME_MS = 30_000;
/** Whoever is not in yet is told to look at her network, and may press a button, after so long. */
const GIVE_UP_MS = 120_000;
/** Whoever was sent away for errors comes back, but not the third time within so long: then coming back does not help. */
const MOST_ERROR_CLOSES = 3;
const ERROR_CLOSES_MS = 600_000;
/** Sound that waits in the socket beyond this is dropped: it would only come too late. */
const MOST_BUFFERED_BYTES = 32_768;

export type ConnectionState =
  /** `why` it had to come to a further attempt; `keptUntilMs` (epoch): how long one's place is kept, where one had one. */
  | { state: 'connecting'; attempt: number; why: Hindrance; keptUntilMs?: number }
  | { state: 'open' }
  /** Lost, or not reached: tries again at `untilMs` (epoch). */
  | { state: 'waiting'; attempt: number; untilMs: number; why: Hindrance; keptUntilMs?: number }
  /** Never let in, for long: tried no longer. */
  | { state: 'given_up'; why: Hindrance }
  /** The server does not let one in like this: with another name, or as a listener, it may. */
  | { state: 'refused'; error: ServerError }
  | { state: 'ended'; ending: Ending; error: ServerError | null }
  | { state: 'left' };

/** What a socket tells. */
export interface SocketEvents {
  opened(): void;
  closed(code: number): void;
  /** Text as string, sound as ArrayBuffer. */
  message(data: unknown): void;
}

/** A WebSocket as far as it is used here. */
export interface Socket {
  readonly bufferedAmount: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export interface Surroundings {
  open(url: string, protocol: string, events: SocketEvents): Socket;
  nowMs: () => number;
  /** What nowMs counts from, since the epoch. */
  originMs: number;
  random: () => number;
  /** Asks the server by plain HTTP whether it is there. */
  ask(): Promise<HttpAnswer>;
  /** Calls once after `ms`; the result undoes it. */
  after(ms: number, call: () => void): () => void;
}

export interface ConnectionEvents {
  state(state: ConnectionState): void;
  message(message: ServerMessage): void;
  mix(message: MixMessage): void;
}

export class Connection {
  readonly clock = new ServerClock();
  private socket: Socket | null = null;
  private hello: Hello | null = null;
  private token: string | null = null;
  private attempt = 0;
  private opened = false;
  private admitted = false;
  /** Sockets in a row that did not open, and whether one of them was not even answered. */
  private unopened = 0;
  private timedOut = false;
  private why: Hindrance = 'lost';
  private helloMs = 0;
  private enteredMs = 0;
  private everAdmitted = false;
  /** When the server was heard last before the connection broke off; null: it did not, or there is no place to lose. */
  private lostMs: number | null = null;
  /** When the server said that it starts anew. */
  private restartMs = 0;
  /** When the server closed for too many errors, lately. */
  private errorClosesMs: number[] = [];
  private lastError: ServerError | null = null;
  private undoRetry: (() => void) | null = null;
  private undoPing: (() => void) | null = null;
  private pingId = 0;
  private pingSentMs = 0;
  private heardMs = 0;
  /** Messages that could not be read. */
  malformed = 0;
  droppedSound = 0;
  reconnects = 0;

  constructor(
    private readonly url: string,
    private readonly around: Surroundings,
    private readonly events: ConnectionEvents,
  ) {}

  get isOpen(): boolean {
    return this.admitted;
  }

  /** Opens the connection; `hello` is repeated with the token whenever it has to come back. */
  enter(hello: Hello): void {
    this.drop();
    this.hello = hello;
    this.token = hello.token ?? null;
    this.attempt = 0;
    this.unopened = 0;
    this.timedOut = false;
    this.why = 'lost';
    this.everAdmitted = false;
    this.lostMs = null;
    this.enteredMs = this.around.nowMs();
    this.connect();
  }

  /** For good: the place is free at once. */
  leave(): void {
    this.send({ type: 'leave' });
    this.hello = null;
    this.drop();
    this.events.state({ state: 'left' });
  }

  /** The network is said to be back: do not wait any longer. */
  hurry(): void {
    if (this.undoRetry === null) return;
    this.undoRetry();
    this.undoRetry = null;
    this.connect();
  }

  send(message: ClientMessage): void {
    if (message.type === 'name' && this.hello) this.hello = { ...this.hello, name: message.name };
    if (message.type === 'part' && this.hello) this.hello = { ...this.hello, part: message.part };
    if (message.type === 'role' && this.hello) this.hello = { ...this.hello, role: message.role };
    if (this.admitted) this.socket?.send(writeControl(message));
  }

  /** True where the sound was handed to the socket. */
  sendSound(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (!this.socket || !this.admitted) return false;
    if (this.socket.bufferedAmount > MOST_BUFFERED_BYTES) {
      this.droppedSound++;
      return false;
    }
    this.socket.send(bytes);
    return true;
  }

  private connect(): void {
    this.events.state({ state: 'connecting', attempt: this.attempt, why: this.why, ...this.place() });
    this.lastError = null;
    this.opened = false;
    const socket: Socket = this.around.open(this.url, SUB_PROTOCOL, {
      opened: () => this.sayHello(socket),
      message: (data) => {
        if (socket === this.socket) this.take(data);
      },
      closed: (code) => {
        if (socket === this.socket) this.closed(code);
      },
    });
    this.socket = socket;
    this.heardMs = this.around.nowMs();
    this.watch();
  }

  private sayHello(socket: Socket): void {
    if (socket !== this.socket || !this.hello) return;
    this.opened = true;
    this.unopened = 0;
    this.timedOut = false;
    this.why = 'lost';
    this.helloMs = this.around.nowMs();
    const hello: Hello = { ...this.hello };
    delete hello.token;
    if (this.token !== null) hello.token = this.token;
    // The token gives the same rights, and the organiser's link may be another by now.
    if (this.token !== null && this.everAdmitted) delete hello.key;
    socket.send(writeControl(hello));
  }

  private take(data: unknown): void {
    this.heardMs = this.around.nowMs();
    if (typeof data === 'string') this.takeControl(data);
    else if (data instanceof ArrayBuffer) this.takeSound(data);
  }

  private takeSound(data: ArrayBuffer): void {
    const mix = data.byteLength <= MAX_BINARY_BYTES ? readMix(new Uint8Array(data)) : null;
    if (mix?.ok) this.events.mix(mix.value);
    else this.malformed++;
  }

  private takeControl(json: string): void {
    const read = readControl(json);
    if (!read.ok) {
      this.malformed++;
      return;
    }
    const message = read.value;
    if (message.type === 'pong') {
      if (message.id === this.pingId) this.clock.answer(message.position, this.pingSentMs, this.heardMs);
    } else if (message.type === 'welcome') {
      this.admit(message.token, message.position);
    } else if (message.type === 'done') {
      if (message.key !== null && this.hello) this.hello = { ...this.hello, key: message.key };
    } else if (message.type === 'error') {
      if (!this.admitted) return this.takeRefusal(message);
      this.lastError = message;
    }
    this.events.message(message);
  }

  /** What the server says instead of a welcome. */
  private takeRefusal(error: ServerError): void {
    const { socket } = this;
    if (!socket || !this.hello) return;
    if (error.code === 'bad_token' && this.token !== null) {
      // The place is not kept any longer: come in as somebody new.
      this.token = null;
      this.lostMs = null;
      return this.sayHello(socket);
    }
    if (error.code === 'not_allowed' && this.everAdmitted && this.hello.key !== undefined) {
      // The organiser's link is another by now.
      delete this.hello.key;
      return this.sayHello(socket);
    }
    if (error.code === 'busy') return this.closed(1006, 'busy');
    this.hello = null;
    this.drop();
    this.events.state({ state: 'refused', error });
  }

  private admit(token: string, position: number): void {
    if (this.attempt > 0) this.reconnects++;
    this.token = token;
    this.attempt = 0;
    this.admitted = true;
    this.everAdmitted = true;
    this.lostMs = null;
    this.clock.reset();
    // Until the first pong: as if the way there and back took 200 ms.
    this.clock.answer(position, this.heardMs - 200, this.heardMs);
    this.events.state({ state: 'open' });
    this.ping();
  }

  /** `known`: what hinders, where that is known already. */
  private closed(code: number, known: Hindrance | null = null): void {
    const { opened } = this;
    const expulsion = this.admitted ? expulsionOf(code, this.lastError?.code ?? null) : null;
    if (this.admitted) this.lostMs = this.heardMs;
    this.drop();
    if (!this.hello) return;
    const ending = expulsion ?? endingOf(code);
    if (ending !== null && !(ending === 'too_many_errors' && this.mayComeBack())) {
      this.hello = null;
      this.events.state({ state: 'ended', ending, error: this.lastError });
      return;
    }
    if (!opened) this.unopened++;
    if (opened && code === RESTARTING_CODE) this.restartMs = this.around.nowMs();
    this.why = opened ? (known ?? (code === RESTARTING_CODE ? 'restarting' : 'lost')) : this.why;
    if (!this.everAdmitted && this.around.nowMs() - this.enteredMs > GIVE_UP_MS) {
      this.hello = null;
      this.events.state({ state: 'given_up', why: this.why });
      return;
    }
    const inMs = reconnectDelayMs(this.attempt++, this.around.random);
    const { attempt } = this;
    const untilMs = this.around.originMs + this.around.nowMs() + inMs;
    this.events.state({ state: 'waiting', attempt, untilMs, why: this.why, ...this.place() });
    this.undoRetry = this.around.after(inMs, () => {
      this.undoRetry = null;
      this.connect();
    });
    if (!opened) void this.findOut(untilMs, attempt);
  }

  /** After a close for too many errors. */
  private mayComeBack(): boolean {
    const nowMs = this.around.nowMs();
    this.errorClosesMs = [...this.errorClosesMs.filter((ms) => nowMs - ms < ERROR_CLOSES_MS), nowMs];
    return this.errorClosesMs.length < MOST_ERROR_CLOSES;
  }

  /** Whether the whole server is out of reach, or only its sockets. */
  private async findOut(untilMs: number, attempt: number): Promise<void> {
    const answer = await this.around.ask();
    if (this.unopened === 0) return;
    if (this.why === 'restarting' && answer !== 'ready' && this.around.nowMs() - this.restartMs < RESTART_MS) return;
    this.why = hindranceOf(answer, this.unopened, this.timedOut);
    // Else it was tried again meanwhile: told when that fails.
    if (this.undoRetry !== null && this.attempt === attempt)
      this.events.state({ state: 'waiting', attempt, untilMs, why: this.why, ...this.place() });
  }

  /** How long it is kept. */
  private place(): { keptUntilMs?: number } {
    return this.lostMs === null ? {} : { keptUntilMs: this.around.originMs + this.lostMs + PLACE_KEPT_MS };
  }

  private drop(): void {
    this.undoRetry?.();
    this.undoPing?.();
    this.undoRetry = null;
    this.undoPing = null;
    this.admitted = false;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private ping(): void {
    this.pingId++;
    this.pingSentMs = this.around.nowMs();
    this.socket?.send(writeControl({ type: 'ping', id: this.pingId }));
  }

  private watch(): void {
    this.undoPing?.();
    this.undoPing = this.around.after(PING_MS, () => {
      const nowMs = this.around.nowMs();
      if (nowMs - this.heardMs > (this.opened ? SILENCE_MS : OPEN_MS)) {
        this.timedOut = !this.opened;
        return this.closed(1006);
      }
      if (this.opened && !this.admitted && nowMs - this.helloMs > WELCOME_MS) return this.closed(1006, 'busy');
      if (this.opened) this.ping();
      this.watch();
    });
  }
}
