// What the server says in words: news and errors (PROTOCOL.md section 3.2).
import * as v from 'valibot';
import { text, textOrNull, toldFields } from './fields.js';

export const serverError = v.object({ type: v.literal('error'), code: text, message: text, about: textOrNull, ...toldFields });
export type ServerError = v.InferOutput<typeof serverError>;

export const SENTENCE_MESSAGES = [v.object({ type: v.literal('notice'), message: text, ...toldFields }), serverError] as const;

/** Errors that only the author of a client can do something about. */
const FOR_AUTHORS = new Set(['bad_message', 'bad_packet', 'unknown_type', 'too_fast', 'not_singing']);

/** Whether an error's sentence is meant for people. */
export function isForPeople(error: ServerError): boolean {
  return error.about !== 'voice' && !FOR_AUTHORS.has(error.code);
}
