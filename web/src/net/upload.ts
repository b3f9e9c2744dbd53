// Uploads a backing track, a score or a programme in pieces (PROTOCOL.md 4.1), so that a line that breaks costs a piece and not the upload: after each
// break the server says from where on. XMLHttpRequest, because fetch does not tell how much has been sent.
import { under } from '../base_path.js';
import { bad, good, type Result } from '../wire/result.js';
import { begunUpload, errorBody, finishedScore, finishedUpload, readAnswer, uploadOffset } from './answers.js';
import { sentenceOf } from './api.js';
import { broughtIn, type Brought } from './programme.js';
import { t } from '../i18n/words.js';

export interface Upload<T = string> {
  /** The id of the track or of the score; what came of a programme. */
  done: Promise<Result<T>>;
  cancel(): void;
}

export interface UploadEvents {
  /** The name that the server gives to it. */
  named(name: string): void;
  /** The share that has been sent, 0 to 1. */
  progress(share: number): void;
  /** The line is broken, or whole again. */
  broken(broken: boolean): void;
}

export interface HttpReply {
  /** 0: no answer came. */
  status: number;
  body: unknown;
}

/** How requests are sent; tests put another one in its place. */
export interface Sender {
  send(method: string, path: string, body: Blob | null, sent: (bytes: number) => void): { done: Promise<HttpReply>; cancel(): void };
  wait(ms: number): Promise<void>;
}

const ANSWER_MS = 30_000;
// A piece stands still for so long: the line is as good as broken, whatever the browser believes.
const STILL_MS = 40_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
// Without a single byte: longer than a tunnel, shorter than the server's patience.
const GIVE_UP_AFTER_MS = 5 * 60_000;
const LEAST_PIECE_BYTES = 100_000;

const BROKEN_OFF = () => t.net.theUploadBrokeOffAnd;
const STOPPED = () => t.net.theUploadWasStopped;
const PROXY_LIMIT = () => t.net.somethingBetweenYouAndThe;

interface Begun {
  upload: string;
  name: string;
  pieceBytes: number;
}

/** `seconds`: how long the sound lasts, if that is known. */
export function uploadTrack(room: string, token: string, file: File, seconds: number | null, events: UploadEvents): Upload {
  return started(new PieceUpload(room, file, seconds, events, xhrSender(token), TRACK));
}

export function uploadScore(room: string, token: string, file: File, events: UploadEvents): Upload {
  return started(new PieceUpload(room, file, null, events, xhrSender(token), { kind: 'score', finished: scoreIn }));
}

export function uploadProgramme(room: string, token: string, file: File, events: UploadEvents): Upload<Brought> {
  return started(new PieceUpload(room, file, null, events, xhrSender(token), { kind: 'programme', finished: broughtIn }));
}

function started<T>(sending: PieceUpload<T>): Upload<T> {
  return { done: sending.run(), cancel: () => sending.cancel() };
}

/** What a file is to become, and what the last answer says of it. */
export interface UploadKind<T> {
  kind: 'track' | 'score' | 'programme';
  finished: (body: unknown) => Result<T>;
}

export const TRACK: UploadKind<string> = { kind: 'track', finished: trackIn };

export class PieceUpload<T> {
  private readonly path: string;
  private current: { cancel(): void } | null = null;
  private cancelled = false;
  private silentMs = 0;
  private waitMs = FIRST_WAIT_MS;

  constructor(
    room: string,
    private readonly file: File,
    private readonly seconds: number | null,
    private readonly events: UploadEvents,
    private readonly sender: Sender,
    private readonly become: UploadKind<T>,
  ) {
    this.path = under(`/api/rooms/${encodeURIComponent(room)}/uploads`);
  }

  cancel(): void {
    this.cancelled = true;
    this.current?.cancel();
  }

  async run(): Promise<Result<T>> {
    const begun = await this.begin();
    if (!begun.ok) return begun;
    const result = await this.sendAll(begun.value);
    if (!result.ok) {
      void this.sender.send('DELETE', `${this.path}/${begun.value.upload}`, null, () => {}).done;
    }
    return this.cancelled && !result.ok ? bad(STOPPED()) : result;
  }

  private async begin(): Promise<Result<Begun>> {
    const seconds = this.seconds === null ? '' : `&seconds=${this.seconds.toFixed(1)}`;
    const kind = this.become.kind === 'track' ? '' : `&kind=${this.become.kind}`;
    const query = `?name=${encodeURIComponent(this.file.name)}&size=${this.file.size}${seconds}${kind}`;
    const reply = await this.request('POST', this.path + query, null);
    if (this.cancelled) return bad(STOPPED());
    if (reply.status === 0) return bad(t.net.theServerCannotBeReached);
    if (reply.status !== 201) return bad(sentenceOf(reply.body, reply.status));
    const answer = readAnswer(begunUpload, reply.body);
    if (!answer.ok) return answer;
    const { upload, name, piece_bytes: pieceBytes } = answer.value;
    this.events.named(name);
    return good({ upload, name, pieceBytes });
  }

  private async sendAll({ upload, pieceBytes }: Begun): Promise<Result<T>> {
    const address = `${this.path}/${upload}`;
    let offset = 0;
    while (!this.cancelled) {
      const piece = this.file.slice(offset, offset + pieceBytes);
      const reply = await this.request('POST', `${address}?offset=${offset}`, piece, offset);
      if (reply.status === 201) return this.become.finished(reply.body);
      if (reply.status === 200 || reply.status === 409) {
        const answer = readAnswer(uploadOffset(this.file.size), reply.body);
        if (!answer.ok) return answer;
        const next = answer.value.offset;
        if (next > offset) this.whole();
        offset = next;
        continue;
      }
      if (reply.status === 413 && !isOurs(reply.body)) {
        if (pieceBytes <= LEAST_PIECE_BYTES) return bad(PROXY_LIMIT());
        pieceBytes = Math.max(LEAST_PIECE_BYTES, Math.floor(pieceBytes / 2));
        continue;
      }
      if (reply.status !== 0 && reply.status < 500 && isOurs(reply.body)) return bad(sentenceOf(reply.body, reply.status));
      if (reply.status === 507) return bad(sentenceOf(reply.body, reply.status));
      if (!(await this.pause())) return bad(BROKEN_OFF());
      // All may be there, only the answer was lost: the next try is told so.
    }
    return bad(STOPPED());
  }

  /** False when it has been long enough. */
  private async pause(): Promise<boolean> {
    if (this.cancelled) return true;
    this.events.broken(true);
    if (this.silentMs >= GIVE_UP_AFTER_MS) return false;
    await this.sender.wait(this.waitMs);
    this.silentMs += this.waitMs;
    this.waitMs = Math.min(2 * this.waitMs, LONGEST_WAIT_MS);
    return true;
  }

  private whole(): void {
    this.silentMs = 0;
    this.waitMs = FIRST_WAIT_MS;
    this.events.broken(false);
  }

  private async request(method: string, path: string, body: Blob | null, offset = 0): Promise<HttpReply> {
    const request = this.sender.send(method, path, body, (bytes) => this.events.progress((offset + bytes) / this.file.size));
    this.current = request;
    const reply = await request.done;
    this.current = null;
    return reply;
  }
}

function xhrSender(token: string): Sender {
  return {
    send(method, path, body, sent) {
      const request = new XMLHttpRequest();
      const done = new Promise<HttpReply>((resolve) => {
        const none = (): void => resolve({ status: 0, body: null });
        let still = window.setTimeout(() => request.abort(), body === null ? ANSWER_MS : STILL_MS);
        request.upload.onprogress = (event) => {
          sent(event.loaded);
          window.clearTimeout(still);
          // Everything is sent: the answer to the last piece comes when the track is prepared.
          if (event.loaded < event.total) still = window.setTimeout(() => request.abort(), STILL_MS);
        };
        request.onload = () => resolve({ status: request.status, body: parsed(request.responseText) });
        request.onerror = none;
        request.onabort = none;
        request.onloadend = () => window.clearTimeout(still);
      });
      request.open(method, path);
      request.setRequestHeader('Authorization', `Bearer ${token}`);
      if (body !== null) request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.send(body);
      return { done, cancel: () => request.abort() };
    },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

/** An answer of the server itself, not of a proxy on the way. */
function isOurs(body: unknown): boolean {
  return readAnswer(errorBody, body).ok;
}

export function trackIn(body: unknown): Result<string> {
  const answer = readAnswer(finishedUpload, body);
  return answer.ok ? good(answer.value.track.id) : answer;
}

function scoreIn(body: unknown): Result<string> {
  const answer = readAnswer(finishedScore, body);
  return answer.ok ? good(answer.value.score.id) : answer;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
