import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const libraryImports: Words['libraryImports'] = {
  fromATable: 'Lieder aus einer Tabelle',
  whatATableIs:
    'Eine CSV-Datei, deren erste Zeile die Spalten nennt: Titel, und Künstler, Album, Genre, Länge, Lizenz, Link, wo es sie gibt, auf Deutsch oder in einer anderen Sprache dieser Seite. Dieselbe Tabelle noch einmal ändert nichts.',
  table: 'Tabelle (CSV)',
  soFar: ({ name, round }) => `„${name}“ wird übernommen ... ${round} %`,
  cameOfIt: ({ name, added, changed, same }) => `„${name}“: neu ${added}, geändert ${changed}, wie zuvor ${same}.`,
  notTaken: ({ count }) => plural.de(count, { one: `${count} Zeile wurde nicht übernommen.`, other: `${count} Zeilen wurden nicht übernommen.` }),
  inLine: ({ line, why }) => `Zeile ${line}: ${why}`,
  andMore: ({ count }) => plural.de(count, { one: `Und noch ${count} Zeile.`, other: `Und noch ${count} Zeilen.` }),
  failed: ({ name, why }) => `„${name}“ konnte nicht aufgenommen werden: ${why}`,
  choose: 'Tabelle wählen',
  orDropIt: 'Oder zieh sie hierher.',
  stop: 'Hier aufhören',
};
