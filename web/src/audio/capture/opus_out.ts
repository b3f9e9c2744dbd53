// Encodes one's own voice with WebCodecs: mono, 20 ms, CELT only. Blocks are labelled; a packet comes back under its block's label, in order.
import { BLOCK, SAMPLE_RATE } from '../../units.js';

/** Opus settings of the WebCodecs registration that TypeScript's library does not know yet. */
interface OpusSettings extends OpusEncoderConfig {
  application?: 'voip' | 'audio' | 'lowdelay';
  signal?: 'auto' | 'music' | 'voice';
}

export interface EncoderChoice {
  config: AudioEncoderConfig;
  /** Of encoder and decoder together, in samples. */
  delay: number;
}

const BITRATE = 64_000;
const BLOCK_MICROSECONDS = 20_000;

function choice(application: 'lowdelay' | 'audio', delay: number): EncoderChoice {
  const opus: OpusSettings = { application, signal: 'music', frameDuration: BLOCK_MICROSECONDS, usedtx: false, format: 'opus' };
  const config: AudioEncoderConfig = {
    codec: 'opus',
    sampleRate: SAMPLE_RATE,
    numberOfChannels: 1,
    bitrate: BITRATE,
    bitrateMode: 'variable',
    opus,
  };
  return { config, delay };
}

/** In the order of preference; delays as measured (restricted low delay, application audio). */
export const ENCODER_CHOICES: readonly EncoderChoice[] = [choice('lowdelay', 120), choice('audio', 312)];

/** The first setting that this browser can encode; null: it cannot encode Opus. */
export async function chooseEncoder(): Promise<EncoderChoice | null> {
  if (typeof AudioEncoder === 'undefined') return null;
  for (const candidate of ENCODER_CHOICES) {
    try {
      const answer = await AudioEncoder.isConfigSupported(candidate.config);
      const opus = answer.config?.opus as OpusSettings | undefined;
      const wanted = candidate.config.opus as OpusSettings;
      if (answer.supported === true && opus?.application === wanted.application) return candidate;
    } catch {
      // A setting that the browser does not know: try the next.
    }
  }
  return null;
}

/** The packet of a block; empty where the encoder failed. */
export type Encoded = (label: number, packet: Uint8Array) => void;

interface Line {
  encoder: AudioEncoder;
  labels: number[];
  count: number;
}

const NOTHING = new Uint8Array(0);

export class OpusOut {
  private line: Line | null = null;
  failures = 0;

  constructor(
    private readonly config: AudioEncoderConfig,
    private readonly encoded: Encoded,
  ) {}

  /** 960 samples, which are copied. `fresh`: they do not follow the block before. */
  encode(label: number, samples: Float32Array<ArrayBuffer>, fresh: boolean): void {
    if (fresh) this.refresh();
    const line = this.line ?? this.open();
    line.labels.push(label);
    const data = new AudioData({
      format: 'f32-planar',
      sampleRate: SAMPLE_RATE,
      numberOfFrames: BLOCK,
      numberOfChannels: 1,
      timestamp: line.count++ * BLOCK_MICROSECONDS,
      data: samples,
    });
    try {
      line.encoder.encode(data);
    } catch {
      this.fail(line);
    }
    data.close();
  }

  /** The next block starts in a fresh encoder. Packets of the blocks before still come. */
  refresh(): void {
    const line = this.line;
    this.line = null;
    if (!line) return;
    const close = (): void => {
      if (line.encoder.state !== 'closed') line.encoder.close();
      for (const label of line.labels.splice(0)) this.encoded(label, NOTHING);
    };
    line.encoder.flush().then(close, close);
  }

  private open(): Line {
    const line: Line = {
      encoder: new AudioEncoder({ output: (chunk) => this.take(line, chunk), error: () => this.fail(line) }),
      labels: [],
      count: 0,
    };
    line.encoder.configure(this.config);
    this.line = line;
    return line;
  }

  private take(line: Line, chunk: EncodedAudioChunk): void {
    const label = line.labels.shift();
    // Flushing adds packets behind the last block: nobody sang them.
    if (label === undefined) return;
    const packet = new Uint8Array(chunk.byteLength);
    chunk.copyTo(packet);
    this.encoded(label, packet);
  }

  private fail(line: Line): void {
    if (this.line === line) this.line = null;
    this.failures++;
    if (line.encoder.state !== 'closed') line.encoder.close();
    for (const label of line.labels.splice(0)) this.encoded(label, NOTHING);
  }
}
