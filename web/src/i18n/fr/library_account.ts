import type { Words } from '../en/index.js';

export const libraryAccount: Words['libraryAccount'] = {
  yourAccount: 'Votre compte',
  logInFirst: 'Connectez-vous pour voir votre compte.',
  nameForPlayers: 'Nom du compte',
  usedOn: ({ day }) => `utilisé le ${day}`,
  madeOn: ({ day }) => `créé le ${day}, pas encore utilisé`,
  whatTokensAre:
    'Avec une clé, un de vos programmes peut ici tout ce que vous pouvez. Les lecteurs qui demandent une clé d’API la prennent aussi, à la place du nom et du mot de passe.',
  whatTheyCanDo: 'Ce que peuvent les programmes ici',
  whichProgram: 'Pour quel programme est-elle ?',
  tokenOnlyNow: ({ name }) => `Clé pour ${name}, montrée seulement maintenant`,
  whereLoggedIn: 'Vos connexions en cours',
  browserOn: ({ browser, system }) => `${browser} sous ${system}`,
  browserAt: ({ address, day }) => `Depuis ${address}, utilisé le ${day}`,
  thisBrowser: 'ce navigateur',
  logItOut: 'Le déconnecter',
  deleteAccount: 'Supprimer votre compte',
  howToDelete: 'Supprimer votre compte définitivement ...',
  whatGoes: 'Les chants que vous avez envoyés partent avec lui, même ceux que d’autres écoutent, et vos listes, favoris et notes.',
};
