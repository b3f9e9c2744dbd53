import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const libraryImports: Words['libraryImports'] = {
  fromATable: 'Canciones de una tabla',
  whatATableIs:
    'Un archivo CSV cuya primera línea nombra las columnas: título, y artista, álbum, género, duración, licencia, enlace si las hay, en español o en otro idioma de esta página. La misma tabla otra vez no cambia nada.',
  table: 'Tabla (CSV)',
  soFar: ({ name, round }) => `Se importa «${name}» ... ${round} %`,
  cameOfIt: ({ name, added, changed, same }) => `«${name}»: nuevas ${added}, cambiadas ${changed}, como antes ${same}.`,
  notTaken: ({ count }) => plural.es(count, { one: `${count} línea no se ha tomado.`, other: `${count} líneas no se han tomado.` }),
  inLine: ({ line, why }) => `Línea ${line}: ${why}`,
  andMore: ({ count }) => plural.es(count, { one: `Y ${count} línea más.`, other: `Y ${count} líneas más.` }),
  failed: ({ name, why }) => `«${name}» no se pudo leer: ${why}`,
  choose: 'Elegir una tabla',
  orDropIt: 'O suéltala aquí.',
  stop: 'Parar aquí',
};
