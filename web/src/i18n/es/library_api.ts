import type { Words } from '../en/index.js';

export const libraryApi: Words['libraryApi'] = {
  forPrograms: 'Para programas',
  whatAProgramCan: 'Lo que un programa puede hacer en esta biblioteca por HTTP. Las descripciones están en inglés.',
  asAFile: 'Todo en un archivo (OpenAPI)',
  everybody: 'cualquiera',
  whoMay: 'Quién puede',
  inTheAddress: 'En la dirección',
  whatIsSent: 'Lo que se envía',
  whatIsAnswered: 'Lo que se responde',
  whatStandsInThem: 'Lo que contienen',
  addressesBegin: 'Todas las direcciones empiezan por',
  whereTokensAre: 'Las claves se crean en tu cuenta',
};
