import type { Words } from '../en/index.js';

export const tabs: Words['tabs'] = {
  youAreInThisRoom: 'Vous êtes dans cette salle dans un autre onglet',
  oneTabIsEnoughIf: 'Un onglet suffit. Si vous continuez ici, l’autre s’arrête, et vous gardez votre groupe et vos droits.',
  theOtherTabDoesNot: 'L’autre onglet ne répond pas. Fermez-le, et cette page continue ; ou entrez comme une autre personne.',
  theOtherTabGoesOn: 'L’autre onglet continue, et le dit. Vous pouvez fermer celui-ci.',
  askingTheOtherTab: 'Demande à l’autre onglet ...',
  goOnHereInstead: 'Continuer ici',
  stayInTheOtherTab: 'Rester dans l’autre onglet',
  comeInHereAsAnother: 'Entrer ici comme une autre personne',
};
