// Decodes one stream of Opus packets with WebCodecs. Packets are labelled; each gives exactly 960 samples, which come back under the packet's
// label. The browser's decoder has no loss concealment and dies of a bad packet: such a decoder is replaced and its blocks are reported
// as lost, so that a bad packet costs a block and not the song. Timestamps are no guide (they shift), so the labels are kept here, in order.
import { BLOCK, SAMPLE_RATE } from '../../units.js';

/** A decoder as far as it is used here; for tests. */
export interface PacketDecoder {
  configure(config: AudioDecoderConfig): void;
  decode(chunk: EncodedAudioChunk): void;
  flush(): Promise<void>;
  close(): void;
  readonly state: CodecState;
}

export interface DecoderFactory {
  decoder(output: (data: AudioData) => void, error: (reason: DOMException) => void): PacketDecoder;
  chunk(packet: Uint8Array, timestamp: number): EncodedAudioChunk;
}

/** 960 samples per channel; null: the packet could not be decoded. The arrays are used again after the call. */
export type Decoded = (label: number, channels: Float32Array[] | null) => void;

const BLOCK_MICROSECONDS = 20_000;

interface Line {
  decoder: PacketDecoder;
  labels: number[];
  count: number;
}

export class OpusIn {
  private line: Line | null = null;
  private readonly planes: Float32Array[];
  /** Decoders that had to be replaced. */
  failures = 0;
  decoded = 0;

  constructor(
    private readonly channels: 1 | 2,
    private readonly factory: DecoderFactory,
    private readonly decodedBlock: Decoded,
  ) {
    this.planes = Array.from({ length: channels }, () => new Float32Array(BLOCK));
  }

  decode(label: number, packet: Uint8Array): void {
    const line = this.line ?? this.open();
    line.labels.push(label);
    try {
      line.decoder.decode(this.factory.chunk(packet, line.count++ * BLOCK_MICROSECONDS));
    } catch {
      this.fail(line);
    }
  }

  /** The next packet starts in a fresh decoder. What is being decoded still comes. */
  refresh(): void {
    const line = this.line;
    this.line = null;
    if (!line) return;
    const close = (): void => {
      if (line.decoder.state !== 'closed') line.decoder.close();
    };
    line.decoder.flush().then(close, close);
  }

  /** Ends decoding at once; nothing comes any more. */
  stop(): void {
    const line = this.line;
    this.line = null;
    if (!line) return;
    line.labels.length = 0;
    if (line.decoder.state !== 'closed') line.decoder.close();
  }

  private open(): Line {
    const decoder = this.factory.decoder(
      (data) => this.take(line, data),
      () => this.fail(line),
    );
    const line: Line = { decoder, labels: [], count: 0 };
    decoder.configure({ codec: 'opus', sampleRate: SAMPLE_RATE, numberOfChannels: this.channels });
    this.line = line;
    return line;
  }

  private take(line: Line, data: AudioData): void {
    const label = line.labels.shift();
    if (label !== undefined) {
      if (data.numberOfFrames === BLOCK) {
        for (let c = 0; c < this.planes.length; c++) {
          const planeIndex = Math.min(c, data.numberOfChannels - 1);
          data.copyTo(this.planes[c] as Float32Array, { planeIndex, format: 'f32-planar' });
        }
        this.decoded++;
        this.decodedBlock(label, this.planes);
      } else {
        this.decodedBlock(label, null);
      }
    }
    data.close();
  }

  private fail(line: Line): void {
    if (this.line === line) this.line = null;
    this.failures++;
    if (line.decoder.state !== 'closed') line.decoder.close();
    for (const label of line.labels.splice(0)) this.decodedBlock(label, null);
  }
}

export const browserDecoders: DecoderFactory = {
  decoder: (output, error) => new AudioDecoder({ output, error }),
  chunk: (packet, timestamp) => new EncodedAudioChunk({ type: 'key', timestamp, data: packet }),
};
