// Readers of single fields of an untrusted JSON value. Each throws FieldError, which only wire/control.ts catches.

export class FieldError extends Error {}

export type Fields = Record<string, unknown>;

export function asFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FieldError('not an object');
  return value as Fields;
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new FieldError(`${name} is not text`);
  return value;
}

export function number(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new FieldError(`${name} is not a number`);
  return value;
}

export function integer(fields: Fields, name: string, least: number, most: number): number {
  const value = number(fields, name);
  if (!Number.isSafeInteger(value) || value < least || value > most) throw new FieldError(`${name} is out of range`);
  return value;
}

export function flag(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (typeof value !== 'boolean') throw new FieldError(`${name} is neither true nor false`);
  return value;
}

export function oneOf<T extends string>(fields: Fields, name: string, choices: readonly T[]): T {
  const value = fields[name];
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new FieldError(`${name} is unknown`);
  return found;
}

/** The field read by `read`, or null where it is null or missing. */
export function orNull<T>(fields: Fields, name: string, read: (fields: Fields, name: string) => T): T | null {
  return fields[name] === null || fields[name] === undefined ? null : read(fields, name);
}

export function list<T>(fields: Fields, name: string, read: (value: unknown) => T): T[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw new FieldError(`${name} is not a list`);
  return value.map(read);
}
