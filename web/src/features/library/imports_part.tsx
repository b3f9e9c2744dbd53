// Songs from a table, for curators: it is chosen, how far it is, and which lines were not taken.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
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
  const input = useRef<HTMLInputElement>(null);
  const newest = imports.newest.value;
  const runs = newest?.state === 'running';
  const choose = (): void => {
    const file = input.current?.files?.[0];
    if (file !== undefined) void imports.send(file);
    if (input.current !== null) input.current.value = '';
  };
  return (
    <details class="library-imports" aria-label={t.libraryImports.fromATable}>
      <summary>{t.libraryImports.fromATable}</summary>
      <p class="hint">{t.libraryImports.whatATableIs}</p>
      <label class="library-form">
        <span>{t.libraryImports.table}</span>
        <input ref={input} type="file" accept=".csv,text/csv" disabled={runs} onChange={choose} />
      </label>
      {imports.problem.value !== null && <Problem>{imports.problem.value}</Problem>}
      {newest !== null && (
        <div role="status">
          <p>
            {runs
              ? t.libraryImports.soFar({ name: newest.name, round: Math.floor((100 * newest.bytes_done) / Math.max(1, newest.bytes)) })
              : t.libraryImports.cameOfIt({ name: newest.name, added: newest.added, changed: newest.changed, same: newest.unchanged })}
          </p>
          {newest.bad > 0 && <p>{t.libraryImports.notTaken({ count: newest.bad })}</p>}
        </div>
      )}
      {runs && (
        <>
          <progress max={newest.bytes} value={newest.bytes_done} aria-label={t.libraryImports.fromATable} />
          <button type="button" class="quiet" onClick={() => void imports.end(newest.id)}>
            {t.libraryImports.stop}
          </button>
        </>
      )}
      {imports.faults.value.length > 0 && (
        <ul>
          {imports.faults.value.map(({ line, why }) => (
            <li key={line}>{t.libraryImports.inLine({ line, why })}</li>
          ))}
        </ul>
      )}
    </details>
  );
}
