// What somebody has typed when her login ends: it is there again when she logs in anew, and goes when another does.
import { useEffect, useState } from 'preact/hooks';
import type { Library } from './library.js';

export class Drafts {
  private owner: number | null = null;
  private readonly kept = new Map<string, unknown>();

  /** Null: nobody is logged in; what was typed waits for her. */
  entered(account: number | null): void {
    if (account === null) return;
    if (account !== this.owner) this.kept.clear();
    this.owner = account;
  }

  clear(): void {
    this.kept.clear();
  }

  has(key: string): boolean {
    return this.kept.has(key);
  }

  get<T>(key: string, otherwise: T): T {
    return this.kept.has(key) ? (this.kept.get(key) as T) : otherwise;
  }

  put(key: string, value: unknown): void {
    this.kept.set(key, value);
  }

  drop(key: string): void {
    this.kept.delete(key);
  }
}

/** As useState; `key` tells it from all others. Whoever leaves the form otherwise leaves what she typed. */
export function useDraft<T>(library: Library, key: string, initial: T): [T, (value: T) => void] {
  const { drafts } = library;
  const [value, setValue] = useState(() => drafts.get(key, initial));
  useEffect(
    () => () => {
      if (library.account.value !== null) drafts.drop(key);
    },
    [key],
  );
  return [
    value,
    (next) => {
      setValue(next);
      if (Object.is(next, initial)) drafts.drop(key);
      else drafts.put(key, next);
    },
  ];
}
