import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const libraryImports: Words['libraryImports'] = {
  fromATable: 'Chants d’un tableau',
  whatATableIs:
    'Un fichier CSV dont la première ligne nomme les colonnes : titre, et artiste, album, genre, durée, licence, lien s’il y en a, en français ou dans une autre langue de cette page. Le même tableau une autre fois ne change rien.',
  table: 'Tableau (CSV)',
  soFar: ({ name, round }) => `Importation de « ${name} » ... ${round} %`,
  cameOfIt: ({ name, added, changed, same }) => `« ${name} » : nouveaux ${added}, changés ${changed}, comme avant ${same}.`,
  notTaken: ({ count }) => plural.fr(count, { one: `${count} ligne n’a pas été prise.`, other: `${count} lignes n’ont pas été prises.` }),
  inLine: ({ line, why }) => `Ligne ${line} : ${why}`,
  andMore: ({ count }) => plural.fr(count, { one: `Et encore ${count} ligne.`, other: `Et encore ${count} lignes.` }),
  failed: ({ name, why }) => `« ${name} » n’a pas pu être lu : ${why}`,
  choose: 'Choisir un tableau',
  orDropIt: 'Ou déposez-le ici.',
  stop: 'Arrêter ici',
};
