// A real server for a test: its own data folder, any free port, the built page. ROUNDELAY names another program than build/dev's.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = process.env['ROUNDELAY'] ?? fileURLToPath(new URL('../../build/dev/roundelay', import.meta.url));
const WEB = fileURLToPath(new URL('../dist', import.meta.url));
const READY_MS = 20_000;

export interface Status {
  people: number;
  shards: { pid: number; sessions: number; starts: number }[];
  totals: Record<string, number>;
}

export class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly data: string,
    readonly url: string,
  ) {}

  /** `config`: keys of the server's configuration file. */
  static async start(shards: number, config: Record<string, unknown> = {}): Promise<Server> {
    const data = mkdtempSync(join(tmpdir(), 'roundelay-e2e-'));
    const file = join(data, 'config.json');
    writeFileSync(file, JSON.stringify(config));
    const options = ['serve', '--config', file, '--port', '0', '--host', '127.0.0.1', '--shards', String(shards), '--data', data, '--web', WEB];
    const child = spawn(PROGRAM, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    const url = await new Promise<string>((resolve, reject) => {
      let printed = '';
      const take = (bytes: Buffer): void => {
        printed += bytes.toString();
        const match = /http:\/\/[\w.]+:(\d+)/.exec(printed);
        if (match) resolve(`http://127.0.0.1:${match[1]}`);
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.on('error', reject);
      child.on('exit', () => reject(new Error(`the server ended: ${printed}`)));
      setTimeout(() => reject(new Error(`the server is not ready: ${printed}`)), READY_MS).unref();
    });
    return new Server(child, data, url);
  }

  async makeRoom(wish: { name?: string; robots?: boolean } = {}): Promise<{ room: string; link: string; key: string }> {
    const response = await fetch(`${this.url}/api/rooms`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(wish),
    });
    return (await response.json()) as { room: string; link: string; key: string };
  }

  /** An account of the song library, made as its operator makes one. */
  async addLibrarian(name: string, password: string): Promise<void> {
    const child = spawn(PROGRAM, ['admin', 'add', name, '--data', this.data], { stdio: ['pipe', 'ignore', 'inherit'] });
    child.stdin.end(`${password}\n`);
    const [status] = (await once(child, 'exit')) as [number | null];
    if (status !== 0) throw new Error(`roundelay admin ended with ${status}`);
  }

  async status(): Promise<Status> {
    return (await (await fetch(`${this.url}/status`)).json()) as Status;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGINT');
    await ended;
    rmSync(this.data, { recursive: true, force: true });
  }
}
