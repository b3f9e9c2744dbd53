import type { Words } from '../en/index.js';

export const programs: Words['programs'] = {
  pleaseGiveTheProgramA: 'Donnez un nom au programme.',
  programs: 'Programmes',
  anotherProgramCanDoIn:
    'Un autre programme peut faire dans cette salle tout ce que peut une personne responsable : lumières, projecteur, service. Chacun a besoin de sa propre clé. Le mode d’emploi est à l’adresse',
  apiOpenapiJson: '/api/openapi.json',
  theTokenShownOnlyNow: 'La clé, montrée seulement maintenant',
  nameOfOneMoreProgram: 'Nom d’un autre programme',
  makeAToken: 'Créer une clé',
  putAway: 'Ranger',
  putTheTokenAway: 'Ranger la clé',
  since: ({ name, day }) => `\u2068${name}\u2069, depuis le ${day}`,
  takeTheTokenAway: 'Retirer la clé',
  takeTheTokenOf: ({ name }) => `Retirer la clé : ${name}`,
};
