// What a browser remembers, for tests without a browser.
import { vi } from 'vitest';

export class FakeStorage {
  private readonly kept = new Map<string, string>();
  /** As in a private window of some browsers. */
  forbidden = false;

  getItem(key: string): string | null {
    this.allow();
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.allow();
    this.kept.set(key, value);
  }
  removeItem(key: string): void {
    this.allow();
    this.kept.delete(key);
  }
  private allow(): void {
    if (this.forbidden) throw new Error('SecurityError');
  }
}

/** A window that has these storages and nothing else. */
export function stubStorage(): { long: FakeStorage; short: FakeStorage } {
  const long = new FakeStorage();
  const short = new FakeStorage();
  vi.stubGlobal('window', { localStorage: long, sessionStorage: short });
  return { long, short };
}
