// The space bar and the microphone: a press switches it; held down while it is off, it is on for as long as that. Pure.

/** A press that lasts longer was held. */
export const HELD_MS = 400;

export class SpaceToTalk {
  private sinceMs: number | null = null;

  /** What is asked for: off (true), on (false). */
  down(muted: boolean, nowMs: number): boolean {
    this.sinceMs = muted ? nowMs : null;
    return !muted;
  }

  /** The key is let go, or nobody can see that it is: true where the microphone is off again. */
  up(nowMs: number): boolean {
    const heldMs = this.sinceMs === null ? 0 : nowMs - this.sinceMs;
    this.sinceMs = null;
    return heldMs >= HELD_MS;
  }
}
