// Many people in a room, without a page or a sound of their own: they come in, and do what they are told.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** A person's connection: a WebSocket as far as one needs it to send text. Pings are not answered: it lives for half a minute. */
class Visitor {
  private constructor(private readonly socket: Socket) {}

  static async enter(url: string, room: string, name: string): Promise<Visitor> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET /ws HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: roundelay.1\r\n\r\n',
    );
    const visitor = new Visitor(socket);
    await visitor.reads('HTTP/1.1 101');
    visitor.say({ type: 'hello', version: 1, room, name, role: 'singer' });
    await visitor.reads('"type":"welcome"');
    socket.on('error', () => undefined).resume();
    return visitor;
  }

  private async reads(words: string): Promise<void> {
    let read = '';
    const gone = (): void => void this.socket.destroy(new Error(`instead of ${words}: ${read.slice(0, 300)}`));
    this.socket.once('end', gone);
    while (!read.includes(words)) {
      read += String(((await once(this.socket, 'data')) as [Buffer])[0]);
      if (read.includes('"type":"error"')) gone();
    }
    this.socket.off('end', gone);
  }

  /** In one frame, masked with zeros. */
  say(message: object): void {
    const text = Buffer.from(JSON.stringify(message));
    const head = text.length < 126 ? [0x81, 0x80 | text.length] : [0x81, 0xfe, text.length >> 8, text.length & 255];
    this.socket.write(Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), text]));
  }

  close(): void {
    this.socket.destroy();
  }
}

const AT_ONCE = 25;

export interface Crowd {
  visitors: readonly Visitor[];
  close(): void;
}

export async function crowd(url: string, room: string, count: number): Promise<Crowd> {
  const visitors: Visitor[] = [];
  while (visitors.length < count) {
    const coming = Array.from({ length: Math.min(AT_ONCE, count - visitors.length) }, (_, i) => `Singer ${visitors.length + i + 1}`);
    visitors.push(...(await Promise.all(coming.map((name) => Visitor.enter(url, room, name)))));
  }
  return { visitors, close: () => visitors.forEach((visitor) => visitor.close()) };
}
