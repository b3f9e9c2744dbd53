// The browser's Opus encoder, for tests without a browser: a packet holds the first and the last sample of its block.
import { vi } from 'vitest';

interface Block {
  data: Float32Array;
}

export class FakeEncoder {
  static readonly all: FakeEncoder[] = [];
  /** The next block throws. */
  static breaks = false;
  state: 'configured' | 'closed' = 'configured';
  readonly blocks: Float32Array[] = [];

  constructor(private readonly events: { output: (chunk: unknown) => void; error: () => void }) {
    FakeEncoder.all.push(this);
  }

  configure(): void {
    this.state = 'configured';
  }
  encode(block: Block): void {
    if (FakeEncoder.breaks) throw new Error('EncodingError');
    this.blocks.push(block.data);
    const packet = new Uint8Array(Float32Array.of(block.data[0] as number, block.data.at(-1) as number).buffer);
    this.events.output({ byteLength: packet.byteLength, copyTo: (out: Uint8Array) => out.set(packet) });
  }
  flush(): Promise<void> {
    return Promise.resolve();
  }
  close(): void {
    this.state = 'closed';
  }
}

export class FakeAudioData {
  readonly data: Float32Array;
  constructor(init: { data: Float32Array }) {
    this.data = Float32Array.from(init.data);
  }
  close(): void {
    // Nothing is held.
  }
}

export function stubEncoder(): void {
  FakeEncoder.all.length = 0;
  FakeEncoder.breaks = false;
  vi.stubGlobal('AudioEncoder', FakeEncoder);
  vi.stubGlobal('AudioData', FakeAudioData);
}
