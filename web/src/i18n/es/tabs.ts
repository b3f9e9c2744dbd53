import type { Words } from '../en/index.js';

export const tabs: Words['tabs'] = {
  youAreInThisRoom: 'Estás en esta sala en otra pestaña',
  oneTabIsEnoughIf: 'Basta una pestaña. Si sigues aquí, la otra se para, y conservas tu grupo y tus derechos.',
  theOtherTabDoesNot: 'La otra pestaña no responde. Ciérrala y esta página sigue; o entra como otra persona.',
  theOtherTabGoesOn: 'La otra pestaña sigue, y lo dice. Puedes cerrar esta.',
  askingTheOtherTab: 'Preguntando a la otra pestaña ...',
  goOnHereInstead: 'Seguir aquí',
  stayInTheOtherTab: 'Quedarme en la otra pestaña',
  comeInHereAsAnother: 'Entrar aquí como otra persona',
};
