// The description of the song library's interface for programs, as the server gives it (OpenAPI 3.1), brought into the order of
// its parts.
import * as v from 'valibot';
import { under } from '../base_path.js';
import { t } from '../i18n/words.js';
import { text } from '../wire/control/fields.js';
import { bad, type Result } from '../wire/result.js';
import { readAnswer } from './answers.js';

export const API_FILE = '/api/library/openapi.json';

/** What a value is. */
export interface ApiKind {
  $ref?: string | undefined;
  description?: string | undefined;
  type?: string | string[] | undefined;
  const?: unknown;
  enum?: string[] | undefined;
  items?: ApiKind | undefined;
  oneOf?: ApiKind[] | undefined;
  required?: string[] | undefined;
  properties?: Record<string, ApiKind> | undefined;
}
const some = v.optional(text);
const kind: v.GenericSchema<unknown, ApiKind> = v.object({
  $ref: some,
  description: some,
  type: v.optional(v.union([text, v.array(text)])),
  const: v.optional(v.unknown()),
  enum: v.optional(v.array(text)),
  items: v.optional(v.lazy(() => kind)),
  oneOf: v.optional(v.array(v.lazy(() => kind))),
  required: v.optional(v.array(text)),
  properties: v.optional(
    v.record(
      text,
      v.lazy(() => kind),
    ),
  ),
});

const reference = v.object({ $ref: text });
const parameter = v.object({ name: text, description: some, schema: kind });
const content = v.record(text, v.object({ schema: kind }));
const response = v.object({ description: text, content: v.optional(content) });
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const operation = v.object({
  tags: v.tupleWithRest([text], text),
  summary: text,
  description: some,
  'x-least-role': v.picklist(['', 'member', 'curator', 'admin']),
  parameters: v.optional(v.array(reference), []),
  requestBody: v.optional(v.object({ content })),
  responses: v.record(text, v.union([reference, response])),
});
const described = v.object({
  info: v.object({ description: text }),
  paths: v.record(text, v.partial(v.object(v.entriesFromList(METHODS, operation)))),
  components: v.object({
    parameters: v.record(text, parameter),
    responses: v.record(text, response),
    schemas: v.record(text, kind),
  }),
});
type Described = v.InferOutput<typeof described>;

export interface ApiCall {
  method: string;
  path: string;
  summary: string;
  note: string;
  least: v.InferOutput<typeof operation>['x-least-role'];
  parameters: v.InferOutput<typeof parameter>[];
  sent: ApiKind | null;
  /** Of it where all went well: null of a file. */
  answered: ApiKind | null;
  statuses: { status: string; words: string }[];
}

export interface ApiDescription {
  words: string;
  /** By the first part of their paths. */
  groups: { name: string; calls: ApiCall[] }[];
  kinds: { name: string; kind: ApiKind }[];
}

/** "Song" of "#/components/schemas/Song". */
export function nameIn(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

function firstKind(of: Record<string, { schema: ApiKind }> | undefined): ApiKind | null {
  return Object.values(of ?? {})[0]?.schema ?? null;
}

function callOf(whole: Described, method: string, path: string, one: v.InferOutput<typeof operation>): ApiCall {
  const responses = Object.entries(one.responses).map(([status, said]) => ({
    status,
    said: '$ref' in said ? whole.components.responses[nameIn(said.$ref)] : said,
  }));
  const best = responses.find(({ status }) => status.startsWith('2'))?.said;
  return {
    method: method.toUpperCase(),
    path,
    summary: one.summary,
    note: one.description ?? '',
    least: one['x-least-role'],
    parameters: one.parameters.flatMap(({ $ref }) => whole.components.parameters[nameIn($ref)] ?? []),
    sent: firstKind(one.requestBody?.content),
    answered: best?.content?.['application/json']?.schema.properties?.['data'] ?? null,
    statuses: responses.map(({ status, said }) => ({ status, words: said?.description ?? '' })),
  };
}

export function readApi(body: unknown): Result<ApiDescription> {
  const read = readAnswer(described, body);
  if (!read.ok) return read;
  const groups = new Map<string, ApiCall[]>();
  for (const [path, item] of Object.entries(read.value.paths)) {
    for (const method of METHODS) {
      const one = item[method];
      if (one === undefined) continue;
      const [group] = one.tags;
      groups.set(group, [...(groups.get(group) ?? []), callOf(read.value, method, path, one)]);
    }
  }
  return {
    ok: true,
    value: {
      words: read.value.info.description,
      groups: [...groups].map(([name, calls]) => ({ name, calls })),
      kinds: Object.entries(read.value.components.schemas).map(([name, one]) => ({ name, kind: one })),
    },
  };
}

export async function askApi(): Promise<Result<ApiDescription>> {
  try {
    const response = await fetch(under(API_FILE));
    return readApi((await response.json()) as unknown);
  } catch {
    return bad(t.net.theServerCannotBeReached);
  }
}
