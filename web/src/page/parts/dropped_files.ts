// What somebody drops: files as they are, and of folders the files in them that may be meant, in the order of their names.

/** Folders in folders, so deep. */
const DEEPEST = 8;
const MOST_FILES = 1_000;

export async function filesIn(data: DataTransfer, kinds: string): Promise<File[]> {
  // To be asked for before anything is waited for: afterwards the browser has forgotten them.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const plain = [...data.files];
  if (!entries.some((entry) => entry?.isDirectory)) return inOrder(plain);
  const found: File[] = [];
  for (const entry of entries) if (entry) await walk(entry, kinds, 0, found);
  return inOrder(found);
}

async function walk(entry: FileSystemEntry, kinds: string, depth: number, found: File[]): Promise<void> {
  if (found.length >= MOST_FILES || depth > DEEPEST) return;
  if (isFolder(entry)) {
    for (const one of await everything(entry.createReader())) await walk(one, kinds, depth + 1, found);
    return;
  }
  const file = await new Promise<File | null>((resolve) => (entry as FileSystemFileEntry).file(resolve, () => resolve(null)));
  if (file !== null && (depth === 0 || isOfKind(file, kinds))) found.push(file);
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A reader gives some at a time, and none at the end. */
async function everything(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** `kinds`: as an input takes them, as "audio/*,.mp3". */
export function isOfKind({ name, type }: { name: string; type: string }, kinds: string): boolean {
  return kinds.split(',').some((kind) => {
    if (kind.startsWith('.')) return name.toLowerCase().endsWith(kind);
    return kind.endsWith('/*') ? type.startsWith(kind.slice(0, -1)) : type === kind;
  });
}

/** 2 before 10. */
export function inOrder<T extends { name: string }>(files: readonly T[]): T[] {
  const order = new Intl.Collator(undefined, { numeric: true });
  return [...files].sort((a, b) => order.compare(a.name, b.name));
}
