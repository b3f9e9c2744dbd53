import type { Words } from '../en/index.js';

export const presentation: Words['presentation'] = {
  connectionLostComingBack: 'Connexion perdue. Retour en cours ...',
  forTheHallsScreenEscape: 'Pour l’écran de la grande salle. Échap y met fin.',
  showItOnAHalls: 'Montrer sur grand écran',
  ourRoom: 'Notre salle',
  leads: ({ name }) => `${name} mène`,
  theSongHasNotStarted: 'Le chant n’a pas encore commencé.',
  nobodyLeadsYet: 'Personne ne mène encore.',
  getReady: 'Préparez-vous.',
  sing: 'Chantez.',
  theSongIsOverHere: 'Ici, le chant est fini.',
  itEndsIn: ({ seconds }) => `Fin dans ${seconds} s.`,
};
