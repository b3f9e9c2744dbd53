// Decodes one track piece by piece, each where it belongs: what was played is let go, what comes is still packed.
import { BLOCK } from '../../units.js';
import { packetAt, type OpusFile } from '../../audio/playback/ogg_packets.js';

/** A decoder needs so many packets before it sounds right. */
const SETTLING = 8;
/** Samples of a piece: half a second. */
const PIECE = 25 * BLOCK;

export interface Piece {
  /** Samples from the song's start. */
  at: number;
  planes: Float32Array<ArrayBuffer>[];
}

/** What a decoder of the browser does here; another one stands in for it in tests. */
export interface PacketDecoder {
  decode(bytes: Uint8Array<ArrayBuffer>): void;
  flush(): Promise<void>;
  close(): void;
}
export type MakeDecoder = (channels: number, block: (planes: Float32Array<ArrayBuffer>[]) => void, failed: () => void) => PacketDecoder;

export class TrackFeed {
  private decoder: PacketDecoder | null = null;
  private next = 0;
  private from = 0;
  /** Where the blocks lie that are being decoded, in their order. */
  private waiting: number[] = [];
  private pieceAt = 0;
  private filled = 0;
  private planes: Float32Array<ArrayBuffer>[] = [];
  private flushed = true;

  constructor(
    private readonly file: OpusFile,
    private readonly makeDecoder: MakeDecoder,
    private readonly take: (piece: Piece) => void,
  ) {}

  /** Goes on from there. */
  seek(at: number): void {
    this.stop();
    this.from = at;
    this.next = packetAt(this.file.packets, at - SETTLING * BLOCK);
  }

  /** Decodes what lies before `until`. */
  pump(until: number): void {
    const { packets } = this.file;
    for (let packet = packets[this.next]; packet && packet.at < until; packet = packets[++this.next]) {
      this.decoder ??= this.makeDecoder(
        this.file.channels,
        (block) => this.took(block),
        () => this.broke(),
      );
      this.waiting.push(packet.at);
      this.decoder.decode(packet.bytes);
      this.flushed = false;
    }
    if (this.next >= packets.length && !this.flushed) {
      this.flushed = true;
      this.decoder?.flush().then(
        () => this.hand(),
        () => undefined,
      );
    }
  }

  stop(): void {
    this.decoder?.close();
    this.decoder = null;
    this.waiting = [];
    this.filled = 0;
    this.flushed = true;
  }

  private took(block: Float32Array<ArrayBuffer>[]): void {
    const at = this.waiting.shift();
    if (at === undefined || at < this.from) return;
    if (this.filled > 0 && at !== this.pieceAt + this.filled) this.hand();
    if (this.filled === 0) {
      this.pieceAt = at;
      this.planes = block.map(() => new Float32Array(PIECE));
    }
    block.forEach((plane, i) => this.planes[i]?.set(plane.subarray(0, BLOCK), this.filled));
    this.filled += BLOCK;
    if (this.filled === PIECE) this.hand();
  }

  private hand(): void {
    if (this.filled === 0) return;
    const planes = this.planes.map((plane) => plane.subarray(0, this.filled));
    this.filled = 0;
    this.take({ at: this.pieceAt, planes });
  }

  /** A packet that cannot be decoded ends the decoder: the next one takes a new one. */
  private broke(): void {
    this.hand();
    this.decoder = null;
    this.waiting = [];
  }
}

/** The browser's own. */
export const browserDecoder: MakeDecoder = (channels, block, failed) => {
  const decoder = new AudioDecoder({
    output: (data) => {
      const planes = Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
        const plane = new Float32Array(data.numberOfFrames);
        data.copyTo(plane, { planeIndex, format: 'f32-planar' });
        return plane;
      });
      data.close();
      block(planes);
    },
    error: failed,
  });
  // Without a description each packet gives its own 960 samples.
  decoder.configure({ codec: 'opus', sampleRate: 48_000, numberOfChannels: channels });
  let timestamp = 0;
  return {
    decode(bytes) {
      if (decoder.state === 'closed') return;
      decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: (timestamp += 20_000), data: bytes }));
    },
    flush: () => (decoder.state === 'closed' ? Promise.resolve() : decoder.flush()),
    close() {
      if (decoder.state !== 'closed') decoder.close();
    },
  };
};
