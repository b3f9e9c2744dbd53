// Songs from a table, for curators: it is chosen, how far it is, and which lines were not taken.
import { useEffect, useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { ImportFault, LibraryImport } from '../../net/library_imports.js';
import { FileChoice } from '../../page/parts/file_choice.js';
import { Problem } from '../../page/parts/parts.js';
import { TableImports } from './imports.js';
import type { Library } from './library.js';

export function ImportsPart({ library }: { library: Library }): JSX.Element | null {
  const role = library.account.value?.role;
  const imports = useMemo(() => new TableImports(() => void library.songs.load()), [library]);
  const tends = role === 'curator' || role === 'admin';
  useEffect(() => {
    if (tends) void imports.open();
    return () => imports.close();
  }, [imports, tends]);
  return tends ? <ImportsView imports={imports} /> : null;
}

export function ImportsView({ imports }: { imports: TableImports }): JSX.Element {
  const newest = imports.newest.value;
  const runs = newest?.state === 'running';
  return (
    <details class="library-imports" aria-label={t.libraryImports.fromATable}>
      <summary>{t.libraryImports.fromATable}</summary>
      <p class="hint">{t.libraryImports.whatATableIs}</p>
      <FileChoice label={t.libraryImports.table} kinds=".csv,text/csv" disabled={runs} onFiles={([file]) => file && void imports.send(file)}>
        {(choose) => (
          <>
            <button type="button" class="secondary wide" disabled={runs} onClick={choose}>
              {t.libraryImports.choose}
            </button>
            <p class="hint">{t.libraryImports.orDropIt}</p>
          </>
        )}
      </FileChoice>
      {imports.problem.value !== null && <Problem>{imports.problem.value}</Problem>}
      {newest !== null && <CameOfIt newest={newest} faults={imports.faults.value} />}
      {runs && (
        <>
          <progress max={newest.bytes} value={newest.bytes_done} aria-label={t.libraryImports.fromATable} />
          <button type="button" class="quiet" onClick={() => void imports.end(newest.id)}>
            {t.libraryImports.stop}
          </button>
        </>
      )}
    </details>
  );
}

/** How far it is, and which lines were not taken. */
function CameOfIt({ newest, faults }: { newest: LibraryImport; faults: ImportFault[] }): JSX.Element {
  const { name, state, bad } = newest;
  const [first] = faults;
  if (state === 'failed' && first !== undefined) return <Problem>{t.libraryImports.failed({ name, why: first.why })}</Problem>;
  return (
    <>
      <div role="status">
        <p>
          {state === 'running'
            ? t.libraryImports.soFar({ name, round: Math.floor((100 * newest.bytes_done) / Math.max(1, newest.bytes)) })
            : t.libraryImports.cameOfIt({ name, added: newest.added, changed: newest.changed, same: newest.unchanged })}
        </p>
        {bad > 0 && <p>{t.libraryImports.notTaken({ count: bad })}</p>}
      </div>
      {faults.length > 0 && (
        <ul>
          {faults.map(({ line, why }, i) => (
            <li key={i}>{t.libraryImports.inLine({ line, why })}</li>
          ))}
        </ul>
      )}
      {faults.length > 0 && bad > faults.length && <p class="hint">{t.libraryImports.andMore({ count: bad - faults.length })}</p>}
    </>
  );
}
