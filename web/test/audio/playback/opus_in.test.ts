import { describe, expect, it } from 'vitest';
import { BLOCK } from '../../../src/units.js';
import { OpusIn, type DecoderFactory, type PacketDecoder } from '../../../src/audio/playback/opus_in.js';

/** A decoder that answers when told to; a packet's only byte becomes every sample. */
class FakeDecoder implements PacketDecoder {
  state: CodecState = 'configured';
  readonly queue: number[] = [];
  private flushed: (() => void) | null = null;

  constructor(
    private readonly output: (data: AudioData) => void,
    readonly error: () => void,
  ) {}

  configure(config: AudioDecoderConfig): void {
    expect(config.description).toBeUndefined();
  }

  decode(chunk: EncodedAudioChunk): void {
    const byte = (chunk as unknown as { byte: number }).byte;
    if (byte === 66) throw new Error('refused');
    this.queue.push(byte);
  }

  flush(): Promise<void> {
    return new Promise((resolve) => {
      this.flushed = resolve;
      if (this.queue.length === 0) resolve();
    });
  }

  close(): void {
    this.state = 'closed';
  }

  answer(frames = BLOCK): void {
    const byte = this.queue.shift() as number;
    const data = {
      numberOfFrames: frames,
      numberOfChannels: 1,
      copyTo: (plane: Float32Array) => plane.fill(byte),
      close: () => undefined,
    };
    this.output(data as unknown as AudioData);
    if (this.queue.length === 0) this.flushed?.();
  }
}

function setUp(channels: 1 | 2 = 1): { opus: OpusIn; decoders: FakeDecoder[]; got: [number, number | null][] } {
  const decoders: FakeDecoder[] = [];
  const got: [number, number | null][] = [];
  const factory: DecoderFactory = {
    decoder: (output, error) => {
      const decoder = new FakeDecoder(output, () => error(new DOMException('EncodingError')));
      decoders.push(decoder);
      return decoder;
    },
    chunk: (packet) => ({ byte: packet[0] }) as unknown as EncodedAudioChunk,
  };
  const opus = new OpusIn(channels, factory, (label, planes) => got.push([label, planes ? (planes.at(-1)?.[959] as number) : null]));
  return { opus, decoders, got };
}

const packet = (byte: number): Uint8Array => Uint8Array.of(byte);

describe('Opus decoding', () => {
  it('gives each block back under its label', () => {
    const { opus, decoders, got } = setUp(2);
    opus.decode(960, packet(1));
    opus.decode(1920, packet(2));
    decoders[0]?.answer();
    decoders[0]?.answer();
    expect(got).toEqual([
      [960, 1],
      [1920, 2],
    ]);
    expect(decoders).toHaveLength(1);
  });

  it('loses only what a broken decoder held, and goes on with a new one', () => {
    const { opus, decoders, got } = setUp();
    opus.decode(0, packet(1));
    opus.decode(960, packet(2));
    decoders[0]?.answer();
    decoders[0]?.error();
    opus.decode(1920, packet(3));
    decoders[1]?.answer();
    expect(got).toEqual([
      [0, 1],
      [960, null],
      [1920, 3],
    ]);
    expect(opus.failures).toBe(1);
  });

  it('survives a decoder that throws', () => {
    const { opus, decoders, got } = setUp();
    opus.decode(0, packet(66));
    opus.decode(960, packet(4));
    decoders[1]?.answer();
    expect(got).toEqual([
      [0, null],
      [960, 4],
    ]);
  });

  it('starts anew without losing what is still being decoded', async () => {
    const { opus, decoders, got } = setUp();
    opus.decode(0, packet(1));
    opus.refresh();
    opus.decode(1920, packet(2));
    decoders[1]?.answer();
    decoders[0]?.answer();
    await Promise.resolve();
    expect(got).toEqual([
      [1920, 2],
      [0, 1],
    ]);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(decoders[0]?.state).toBe('closed');
  });

  it('does not take a block of another length', () => {
    const { opus, decoders, got } = setUp();
    opus.decode(0, packet(1));
    decoders[0]?.answer(840);
    expect(got).toEqual([[0, null]]);
  });

  it('says nothing any more once it was stopped', () => {
    const { opus, decoders, got } = setUp();
    opus.decode(0, packet(1));
    opus.stop();
    decoders[0]?.answer();
    expect(got).toEqual([]);
  });
});
