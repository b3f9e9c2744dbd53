// All songs that one may see, as a table to be kept or to be taken into another library.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { exportTable } from '../../net/library_tending.js';
import { DownloadIcon } from '../../page/parts/icons.js';
import { Problem } from '../../page/parts/parts.js';
import type { Library } from './library.js';

const FILE = 'songs.csv';
const KEPT_MS = 60_000;

export function ExportPart({ library }: { library: Library }): JSX.Element | null {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (library.account.value === null) return null;
  const fetchIt = async (): Promise<void> => {
    setBusy(true);
    const table = await exportTable();
    setBusy(false);
    setProblem(table.ok ? null : table.error);
    if (table.ok) keep(table.value);
  };
  return (
    <>
      <button type="button" class="quiet" disabled={busy} onClick={() => void fetchIt()}>
        <DownloadIcon />
        {t.libraryTending.asATable}
      </button>
      {problem !== null && <Problem>{problem}</Problem>}
    </>
  );
}

/** With a mark of byte order: without it spreadsheets take UTF-8 for something else. */
export function tableFile(csv: string): Blob {
  return new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' });
}

function keep(csv: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(tableFile(csv));
  link.download = FILE;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
