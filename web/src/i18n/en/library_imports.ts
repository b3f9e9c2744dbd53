import { plural } from '../plural.js';

export const libraryImports = {
  fromATable: 'Songs from a table',
  whatATableIs:
    'A CSV file whose first line names the columns: title, and artist, album, genre, length, licence, link if there are any; their usual names in German, French, Spanish and Russian will do as well. The same table again changes nothing.',
  table: 'Table (CSV)',
  soFar: ({ name, round }: { name: string; round: number }) => `“${name}” is being taken in ... ${round} %`,
  cameOfIt: ({ name, added, changed, same }: { name: string; added: number; changed: number; same: number }) =>
    `“${name}”: new ${added}, changed ${changed}, as before ${same}.`,
  notTaken: ({ count }: { count: number }) => plural.en(count, { one: `${count} line was not taken.`, other: `${count} lines were not taken.` }),
  inLine: ({ line, why }: { line: number; why: string }) => `Line ${line}: ${why}`,
  andMore: ({ count }: { count: number }) => plural.en(count, { one: `And ${count} more line.`, other: `And ${count} more lines.` }),
  failed: ({ name, why }: { name: string; why: string }) => `“${name}” could not be taken in: ${why}`,
  choose: 'Choose a table',
  orDropIt: 'Or drop it here.',
  stop: 'Stop here',
};
