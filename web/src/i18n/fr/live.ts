import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const live: Words['live'] = {
  title: 'Lien d’écoute',
  whoeverHasItHears:
    'Qui a ce lien entend la salle dans n’importe quel lecteur : le chant et l’accompagnement, un peu après le dernier groupe. Il ne permet pas d’entrer.',
  theLinkToHandOn: 'Le lien à transmettre',
  openIt: 'Ouvrir le lien d’écoute',
  closeIt: 'Fermer le lien d’écoute',
  heardByOthers: 'D’autres peuvent entendre cette salle par un lien.',
  butYouCanListen: 'Votre réseau ne permet pas de chanter, mais vous pouvez écouter ici.',
  players: ({ count }) => `${plural.fr(count, { one: `${count} personne écoute par le lien`, other: `${count} personnes écoutent par le lien` })}.`,
};
