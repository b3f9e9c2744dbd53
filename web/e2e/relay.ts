// A relay between a page and a server that notes when each sound message passed, in both directions: for measuring the loop time with one clock. It
// passes bytes on as they are, and reads the WebSocket frames beside that (RFC 6455, section 5.2; no extensions).
import { createServer, connect, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { readMix } from '../src/wire/mix.js';
import { readVoice } from '../src/wire/voice.js';
import { BLOCK } from '../src/units.js';

const BINARY = 2;

/** Reads the frames of one direction, from the end of the HTTP head on. */
class Frames {
  private rest: Buffer = Buffer.alloc(0);
  private head = true;

  constructor(private readonly binary: (payload: Uint8Array) => void) {}

  take(bytes: Buffer): void {
    this.rest = Buffer.concat([this.rest, bytes]);
    if (this.head) {
      const end = this.rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      // Pages and files pass too, on connections of their own: they are none of ours.
      if (!/upgrade: websocket/i.test(this.rest.subarray(0, end).toString('latin1'))) {
        this.rest = Buffer.alloc(0);
        return;
      }
      this.head = false;
      this.rest = this.rest.subarray(end + 4);
    }
    while (this.frame());
  }

  private frame(): boolean {
    const { rest } = this;
    if (rest.length < 2) return false;
    const masked = ((rest[1] as number) & 0x80) !== 0;
    const short = (rest[1] as number) & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    const start = 2 + extended + (masked ? 4 : 0);
    if (rest.length < start) return false;
    const length = extended === 2 ? rest.readUInt16BE(2) : extended === 8 ? Number(rest.readBigUInt64BE(2)) : short;
    if (rest.length < start + length) return false;
    if (((rest[0] as number) & 0x0f) === BINARY) {
      const payload = Uint8Array.from(rest.subarray(start, start + length));
      if (masked) payload.forEach((byte, i) => (payload[i] = byte ^ (rest[start - 4 + (i % 4)] as number)));
      this.binary(payload);
    }
    this.rest = rest.subarray(start + length);
    return true;
  }
}

export interface Passed {
  position: number;
  song: number;
  bucket: number;
  /** Epoch. */
  ms: number;
}

export class Relay {
  /** Blocks of the mix on their way to the page, and of voices on their way to the server. */
  readonly mixes: Passed[] = [];
  readonly voices: Passed[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly listener: NetServer,
    readonly url: string,
  ) {}

  static async start(target: string): Promise<Relay> {
    const { hostname, port } = new URL(target);
    const listener = createServer((page) => relay.pass(page, connect(Number(port), hostname)));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const relay = new Relay(listener, `http://127.0.0.1:${(listener.address() as AddressInfo).port}`);
    return relay;
  }

  async stop(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private pass(page: Socket, server: Socket): void {
    const toPage = new Frames((payload) => {
      const mix = readMix(payload);
      if (mix.ok) this.note(this.mixes, mix.value, mix.value.blocks.length);
    });
    const toServer = new Frames((payload) => {
      const voice = readVoice(payload);
      if (voice.ok) this.note(this.voices, voice.value, voice.value.packets.length);
    });
    this.join(page, server, toServer);
    this.join(server, page, toPage);
  }

  private join(from: Socket, to: Socket, frames: Frames): void {
    this.sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (bytes: Buffer) => {
      to.write(bytes);
      frames.take(bytes);
    });
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
    from.on('error', () => to.destroy());
  }

  private note(list: Passed[], message: { position: number; song: number; bucket: number }, blocks: number): void {
    const ms = performance.timeOrigin + performance.now();
    const { song, bucket } = message;
    for (let i = 0; i < blocks; i++) list.push({ position: message.position + i * BLOCK, song, bucket, ms });
  }
}
