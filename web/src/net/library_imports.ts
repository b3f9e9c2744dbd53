// Tables of songs for the library: one is sent, and taken in while one may do something else.
import * as v from 'valibot';
import { under } from '../base_path.js';
import { t } from '../i18n/words.js';
import { said } from '../i18n/server.js';
import { integer, number, text, toldFields } from '../wire/control/fields.js';
import { askData, readLibrary, refusals, UNKNOWN, type LibraryResult } from './library.js';

export const libraryImport = v.object({
  id: integer(1),
  name: text,
  state: v.picklist(['running', 'done', 'failed']),
  bytes: number,
  bytes_done: number,
  rows: integer(0),
  added: integer(0),
  changed: integer(0),
  unchanged: integer(0),
  /** Rows that were not taken. */
  bad: integer(0),
});
export type LibraryImport = v.InferOutput<typeof libraryImport>;

const oneImport = v.object({ import: libraryImport });
const imports = v.object({ imports: v.array(libraryImport) });
const fault = v.object({ line: integer(0), message: text, ...toldFields });
const shownImport = v.object({ import: libraryImport, faults: v.array(fault) });

/** Why a line was not taken, in the language of the page. */
export interface ImportFault {
  line: number;
  why: string;
}

/** The newest first. */
export async function askImports(): Promise<LibraryResult<LibraryImport[]>> {
  const answer = await askData('/imports?limit=5', imports);
  return answer.ok ? { ok: true, value: answer.value.imports } : answer;
}

/** With the first of the lines that were not taken. */
export async function askImport(id: number): Promise<LibraryResult<{ import: LibraryImport; faults: ImportFault[] }>> {
  const answer = await askData(`/imports/${id}?limit=20`, shownImport);
  if (!answer.ok) return answer;
  const faults = answer.value.faults.map((one) => ({ line: one.line, why: said(one.message, one) }));
  return { ok: true, value: { import: answer.value.import, faults } };
}

export function endImport(id: number): Promise<LibraryResult<unknown>> {
  return askData(`/imports/${id}`, v.unknown(), { method: 'DELETE' });
}

export async function sendTable(file: File): Promise<LibraryResult<LibraryImport>> {
  const form = new FormData();
  form.append('file', file);
  try {
    const response = await fetch(under('/api/library/imports'), { method: 'POST', body: form });
    if (response.status === UNKNOWN) refusals.value += 1;
    const answer = readLibrary(oneImport, (await response.json()) as unknown, response.status);
    return answer.ok ? { ok: true, value: answer.value.import } : answer;
  } catch {
    return { ok: false, error: t.net.theUploadBrokeOffAnd, status: 0 };
  }
}
