import type { Words } from '../en/index.js';

export const libraryApi: Words['libraryApi'] = {
  forPrograms: 'Für Programme',
  whatAProgramCan: 'Was ein Programm in dieser Bibliothek über HTTP tun kann. Die Beschreibungen sind auf Englisch.',
  asAFile: 'Alles als Datei (OpenAPI)',
  everybody: 'alle',
  whoMay: 'Wer darf',
  inTheAddress: 'In der Adresse',
  whatIsSent: 'Was man sendet',
  whatIsAnswered: 'Was geantwortet wird',
  whatStandsInThem: 'Was darin steht',
  addressesBegin: 'Alle Adressen beginnen mit',
  whereTokensAre: 'Schlüssel machst du in deinem Konto',
};
