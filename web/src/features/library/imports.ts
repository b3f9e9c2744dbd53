// The tables that somebody has sent, and how far the newest is: asked again while one is being taken in.
import { signal, type Signal } from '@preact/signals';
import { askImport, askImports, endImport, sendTable, type ImportFault, type LibraryImport } from '../../net/library_imports.js';

const ASK_EVERY_MS = 1_000;

export class TableImports {
  /** Null: none was sent, or it is not known yet. */
  readonly newest: Signal<LibraryImport | null> = signal(null);
  /** Of the newest, the first ones. */
  readonly faults: Signal<ImportFault[]> = signal([]);
  readonly problem: Signal<string | null> = signal(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #open = false;

  /** `done`: songs have come. */
  constructor(readonly done: () => void) {}

  async open(): Promise<void> {
    this.#open = true;
    const found = await askImports();
    const newest = found.ok ? found.value[0] : undefined;
    if (newest !== undefined) await this.#look(newest.id);
  }

  close(): void {
    this.#open = false;
    clearTimeout(this.#timer);
  }

  async send(file: File): Promise<void> {
    const begun = await sendTable(file);
    this.problem.value = begun.ok ? null : begun.error;
    if (!begun.ok) return;
    this.newest.value = begun.value;
    this.faults.value = [];
    this.#later(begun.value.id);
  }

  async end(id: number): Promise<void> {
    const ended = await endImport(id);
    this.problem.value = ended.ok ? null : ended.error;
    if (!ended.ok) return;
    clearTimeout(this.#timer);
    this.newest.value = null;
    this.faults.value = [];
    this.done();
  }

  #later(id: number): void {
    clearTimeout(this.#timer);
    if (this.#open) this.#timer = setTimeout(() => void this.#look(id), ASK_EVERY_MS);
  }

  async #look(id: number): Promise<void> {
    const was = this.newest.value?.state;
    const found = await askImport(id);
    // Away for a moment: it is asked again.
    if (!found.ok) return found.status === 404 ? undefined : this.#later(id);
    this.newest.value = found.value.import;
    this.faults.value = found.value.faults;
    if (found.value.import.state === 'running') this.#later(id);
    else if (was === 'running') this.done();
  }
}
