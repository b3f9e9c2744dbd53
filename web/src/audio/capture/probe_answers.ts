// Answers probes (PROTOCOL.md 2.2): each one at the moment at which a block that was sung to its position would have left, so that the server knows the
// loop time before anybody sings. Pure; numbers are frames of the audio context.
import type { BucketNumber } from '../../units.js';
import type { VoiceMessage } from '../../wire/voice.js';

/** Probes that wait for their moment; beyond this the oldest is forgotten. */
const MOST_WAITING = 128;
const NOTHING = new Uint8Array(0);

interface Waiting {
  bucket: BucketNumber;
  position: number;
  /** Answered once the microphone's samples have come this far. */
  frame: number;
}

export class ProbeAnswers {
  private readonly waiting: Waiting[] = [];

  constructor(private readonly send: (message: VoiceMessage) => void) {}

  /** `frame`: by when a block sung there would be captured and encoded. Positions must rise within a bucket. */
  add(bucket: BucketNumber, position: number, frame: number): void {
    const last = this.waiting.at(-1);
    // Answers go out in the order of their positions.
    const due = last ? Math.max(frame, last.frame) : frame;
    this.waiting.push({ bucket, position, frame: due });
    if (this.waiting.length > MOST_WAITING) this.waiting.shift();
  }

  poll(captured: number): void {
    for (let first = this.waiting[0]; first && first.frame <= captured; first = this.waiting[0]) {
      this.waiting.shift();
      this.send({ song: 0, bucket: first.bucket, position: first.position, packets: [NOTHING] });
    }
  }

  clear(): void {
    this.waiting.length = 0;
  }
}
