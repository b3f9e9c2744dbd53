// What the server says, in the language of the page: by the sentence's code and values (PROTOCOL.md section 3.2).
import { t } from './words.js';

/** What stands beside the English. */
interface Told {
  sentence?: string | undefined;
  values?: Record<string, string | number> | undefined;
}

/** The English of the server where it says more than this page knows. */
export function said(english: string, { sentence, values = {} }: Told): string {
  const known: Record<string, string> = t.server;
  if (sentence === undefined || !Object.hasOwn(known, sentence)) return english;
  let lacks = false;
  // Once from front to back: what stands in a value is no name.
  const text = known[sentence]?.replace(/\{(\w+)\}/g, (_, name: string) => {
    lacks ||= !Object.hasOwn(values, name);
    return String(values[name]);
  });
  return text === undefined || lacks ? english : text;
}
