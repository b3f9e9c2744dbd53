// A proxy of a network between a page and a server: it passes plain HTTP on, and does with WebSockets what such proxies do.
import { createServer, request, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** forbids: 403; diverts: 302 to a log-in page; ignores: no answer at all; passes: as if it were not there; away: nobody comes through, with whatever. */
export type Habit = 'forbids' | 'diverts' | 'ignores' | 'passes' | 'away';

const ANSWERS = {
  forbids: 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  diverts: 'HTTP/1.1 302 Found\r\nLocation: http://login.invalid/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
};

export class Proxy {
  habit: Habit;
  /** Is away as soon as so many bytes of one request have come. */
  awayAfterBytes = Infinity;
  private readonly sockets = new Set<Duplex>();

  private constructor(
    private readonly listener: HttpServer,
    private readonly target: URL,
    habit: Habit,
  ) {
    this.habit = habit;
    listener.on('connection', (socket) => {
      if (this.habit === 'away') {
        socket.destroy();
        return;
      }
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    listener.on('request', (asked, answer) => {
      const { method, url, headers } = asked;
      const onward = request({ host: target.hostname, port: target.port, method, path: url, headers }, (answered) => {
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      asked.on('close', () => asked.complete || onward.destroy());
      let bytes = 0;
      asked.on('data', (piece: Buffer) => {
        bytes += piece.length;
        if (bytes < this.awayAfterBytes) return;
        this.habit = 'away';
        this.cut();
      });
      asked.pipe(onward);
    });
    listener.on('upgrade', (asked: IncomingMessage, socket: Duplex) => this.upgrade(asked, socket));
  }

  static async start(target: string, habit: Habit): Promise<Proxy> {
    const proxy = new Proxy(createServer(), new URL(target), habit);
    await new Promise<void>((resolve) => proxy.listener.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  /** Breaks all connections off. */
  cut(): void {
    this.sockets.forEach((socket) => socket.destroy());
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private upgrade(asked: IncomingMessage, socket: Duplex): void {
    socket.on('error', () => socket.destroy());
    if (this.habit === 'ignores') return;
    if (this.habit !== 'passes' && this.habit !== 'away') {
      socket.end(ANSWERS[this.habit]);
      return;
    }
    const server = connect(Number(this.target.port), this.target.hostname);
    this.sockets.add(server);
    server.on('close', () => this.sockets.delete(server));
    server.on('error', () => socket.destroy());
    const fields = asked.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [`${name}: ${all[i + 1]}\r\n`] : []));
    server.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${fields.join('')}\r\n`);
    server.pipe(socket);
    socket.pipe(server);
  }
}
