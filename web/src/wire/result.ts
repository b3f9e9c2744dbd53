/** A checked value, or why there is none. Parsers return it: what comes from outside never throws. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: string };

export function good<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function bad<T>(error: string): Result<T> {
  return { ok: false, error };
}
