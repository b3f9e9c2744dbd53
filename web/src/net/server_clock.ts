// What "now" is at the server, from pongs: the answer with the shortest way there and back is trusted most. Pure; times in ms.
import { FRAMES_PER_MS } from '../units.js';

/** How much worse an answer may become per second of age before a fresher one replaces it, in ms. */
const AGEING_MS_PER_S = 0.5;

export class ServerClock {
  /** position = base + (time - baseAt) * 48 */
  private base = 0;
  private baseAt = 0;
  private doubt = Infinity;
  /** Of the last answer, there and back. */
  roundTripMs: number | null = null;

  /** An answer with `position`, asked for at `sentMs`, here at `receivedMs`. True where it made the clock better. */
  answer(position: number, sentMs: number, receivedMs: number): boolean {
    this.roundTripMs = receivedMs - sentMs;
    const doubt = this.roundTripMs / 2;
    const aged = this.doubt + ((receivedMs - this.baseAt) / 1000) * AGEING_MS_PER_S;
    if (doubt > aged) return false;
    this.base = position + doubt * FRAMES_PER_MS;
    this.baseAt = receivedMs;
    this.doubt = doubt;
    return true;
  }

  /** The server's timeline is another one now (a new connection). */
  reset(): void {
    this.doubt = Infinity;
  }

  get known(): boolean {
    return this.doubt !== Infinity;
  }

  now(timeMs: number): number {
    return this.base + (timeMs - this.baseAt) * FRAMES_PER_MS;
  }
}
