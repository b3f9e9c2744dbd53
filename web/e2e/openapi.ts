// The server's own description of its interface for programs, and whether an answer is as it says.
import { expect } from 'vitest';

interface Schema {
  $ref?: string;
  oneOf?: Schema[];
  const?: unknown;
  type?: string | string[];
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

interface Answer {
  content: Record<string, { schema: Schema }>;
}

interface Description {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, Answer> }>>;
  components: { schemas: Record<string, Schema> };
}

export class Programs {
  private constructor(
    private readonly url: string,
    private readonly room: string,
    private readonly description: Description,
  ) {}

  static async of(url: string, room: string): Promise<Programs> {
    const description = (await (await fetch(`${url}/api/openapi.json`)).json()) as Description;
    expect(description.openapi).toMatch(/^3\.1/);
    return new Programs(url, room, description);
  }

  /** Asks, holds the answer against the description, and gives its status, and its body as JSON or text. */
  async ask(what: 'commands' | 'state' | 'events', token: string, body?: object, query = ''): Promise<{ status: number; body: unknown }> {
    const method = what === 'commands' ? 'post' : 'get';
    const answer = await fetch(`${this.url}/api/rooms/${this.room}/${what}${query}`, {
      method,
      headers: token === '' ? {} : { Authorization: `Bearer ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    const described = this.description.paths[`/api/rooms/{room}/${what}`]?.[method]?.responses[String(answer.status)];
    if (!described) expect.fail(`${what} answered ${answer.status}, of which the description says nothing`);
    const type = (answer.headers.get('content-type') ?? '').replace(/;.*/, '');
    const schema = described.content[type]?.schema;
    if (!schema) expect.fail(`${what} answered ${type}, of which the description says nothing`);
    const text = await answer.text();
    const read: unknown = type === 'application/json' ? JSON.parse(text) : text;
    expect(this.fault(schema, read, what)).toBeNull();
    return { status: answer.status, body: read };
  }

  /** What became of a command: status and code. */
  async command(token: string, body: object): Promise<[number, string]> {
    const { status, body: answer } = await this.ask('commands', token, body);
    return [status, (answer as { error?: { code: string } }).error?.code ?? ''];
  }

  /** The first thing that does not fit. */
  private fault(schema: Schema, value: unknown, at: string): string | null {
    if (schema.$ref !== undefined) return this.fault(this.description.components.schemas[schema.$ref.replace(/.*\//, '')] ?? {}, value, at);
    if (schema.oneOf) return schema.oneOf.some((one) => this.fault(one, value, at) === null) ? null : `${at} is none of what it may be`;
    if ('const' in schema) return value === schema.const ? null : `${at} is not ${String(schema.const)}`;
    const types = [schema.type ?? []].flat();
    if (!types.includes(typeOf(value)) && !(types.includes('number') && typeOf(value) === 'integer'))
      return `${at} is ${typeOf(value)}, not ${types.join()}`;
    if (schema.enum && !schema.enum.includes(value)) return `${at} is none of ${schema.enum.join()}`;
    if (typeof value === 'number' && (value < (schema.minimum ?? value) || value > (schema.maximum ?? value))) return `${at} is ${value}`;
    if (Array.isArray(value)) return value.map((one) => this.fault(schema.items ?? {}, one, `${at}[]`)).find((found) => found !== null) ?? null;
    if (typeof value !== 'object' || value === null) return null;
    const object = value as Record<string, unknown>;
    const missing = schema.required?.find((key) => !(key in object));
    if (missing !== undefined) return `${at} has no ${missing}`;
    const parts = Object.entries(schema.properties ?? {}).filter(([key]) => key in object);
    return parts.map(([key, part]) => this.fault(part, object[key], `${at}.${key}`)).find((found) => found !== null) ?? null;
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isSafeInteger(value) ? 'integer' : typeof value;
}

/** The events of an answer; the last one's id is where the next request goes on. */
export function eventsOf(text: unknown): { kinds: string[]; last: string } {
  const lines = String(text).split('\n');
  const of = (key: string): string[] => lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  return { kinds: of('event'), last: of('id').at(-1) ?? '' };
}
