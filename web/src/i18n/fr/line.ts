import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const line: Words['line'] = {
  theLeader: ({ text }) => `en tête, ${text}`,
  behind: ({ text }) => `${text} derrière`,
  mutedByTheOrganiser: 'micro coupé par la salle',
  hearsNoVoiceYet: 'n’entend encore aucune voix',
  beginsTheSong: 'commence le chant',
  theTimeFromGroupTo: 'Le temps d’un groupe à l’autre est choisi au début du chant, aussi court que toutes les connexions le permettent.',
  youAreAloneSoFar: 'Vous êtes encore seul : envoyez le lien.',
  times: 'Temps',
  whoSingsWhere: 'Qui chante où',
  you: ', vous',
  nobodyLeadsYet: 'Personne ne mène encore',
  nobodyYet: 'Personne encore',
  andMore: ({ more }) => `et ${more} de plus`,
  yourNameAndVoice: 'Votre nom et votre voix',
  whatYouCanDoWith: ({ name }) => `Ce que vous pouvez faire pour ${name}`,
  you2: 'Vous',
  seconds: ({ seconds }) => `${seconds} s`,
  leader: 'en tête',
  behindGroup: ({ group }) => `derrière le groupe ${group}`,
  hearsVoices: ({ voices }) => `${plural.fr(voices, { one: `entend 1 voix`, other: `entend ${voices} voix` })}`,
  fromGroupToGroup: ({ time }) => `D’un groupe à l’autre : ${time}.`,
  fromGroupToGroupIf: ({ time }) => `D’un groupe à l’autre : ${time}, si le chant commence maintenant.`,
  yourVoiceIsBackAt: ({ time }) =>
    `Votre voix revient au serveur ${time} après qu’il vous a envoyé le son sur lequel vous avez chanté (temps de boucle).`,
  lateShare: ({ name, percent }) => `${name} (${percent} %)`,
  comeTooLateByHand: ({ who, count }) =>
    `${plural.fr(count, { one: `Cette voix arrive`, other: `Ces voix arrivent` })} en partie trop tard pour le groupe suivant : ${who}. Demandez un passage dans le dernier groupe, ou choisissez un temps plus long pour le prochain chant.`,
  comeTooLate: ({ who, count }) =>
    `${plural.fr(count, { one: `Cette voix arrive`, other: `Ces voix arrivent` })} en partie trop tard pour le groupe suivant : ${who}. Demandez un passage dans le dernier groupe ; le prochain chant laisse plus de temps.`,
  slowConnection: ({ name, time }) => `${name} (${time})`,
  slowByHand: ({ who, count, apart }) =>
    `${plural.fr(count, { one: `Connexion lente`, other: `Connexions lentes` })} : ${who}. Les groupes sont à ${apart} l’un de l’autre : demandez un passage dans le dernier groupe, ou choisissez un temps plus long.`,
  slow: ({ who, count }) =>
    `${plural.fr(count, { one: `Connexion lente`, other: `Connexions lentes` })} : ${who}. Dans le dernier groupe, personne n’a à attendre.`,
  ownSlow: ({ time }) =>
    `Votre connexion est lente : votre voix met ${time}, et les groupes derrière vous l’attendent. Passez dans le dernier groupe, ou prenez un câble au lieu du Wi-Fi.`,
  ownSlowLeading: ({ time }) =>
    `Votre connexion est lente : votre voix met ${time}, et les groupes derrière vous l’attendent. Prenez un câble au lieu du Wi-Fi.`,
  ownLate: ({ percent, takes, apart }) =>
    `${percent} % de votre voix arrivent trop tard pour le groupe suivant : elle met ${takes}, et les groupes sont à ${apart} l’un de l’autre. Passez dans le dernier groupe, ou prenez un câble au lieu du Wi-Fi.`,
  ownLateLeading: ({ percent, takes, apart }) =>
    `${percent} % de votre voix arrivent trop tard pour le groupe suivant : elle met ${takes}, et les groupes sont à ${apart} l’un de l’autre. Prenez un câble au lieu du Wi-Fi.`,
  ownStalled: ({ percent }) =>
    `${percent} % de votre voix sont arrivés trop tard pour le groupe suivant : votre connexion ou cet appareil s’est figé un instant. Si cela dure, prenez un câble au lieu du Wi-Fi, et fermez les autres programmes.`,
  singersHere: ({ singers }) => `${singers} ${plural.fr(singers, { one: `personne chante`, other: `personnes chantent` })}.`,
  listenersHere: ({ listeners }) => `${listeners} ${plural.fr(listeners, { one: `personne écoute`, other: `personnes écoutent` })}.`,
  bothHere: ({ singers, listeners }) =>
    `${singers} ${plural.fr(singers, { one: `personne chante`, other: `personnes chantent` })}, ${listeners} ${plural.fr(listeners, { one: `écoute`, other: `écoutent` })}.`,
  group: ({ group }) => `Groupe ${group}`,
  singInGroup: ({ group }) => `Chanter dans le groupe ${group}`,
  listenInGroup: ({ group }) => `Écouter dans le groupe ${group}`,
  youWord: 'vous',
  leads: 'mène',
  organiser: 'responsable',
  engineer: 'technique',
  robot: 'robot',
  handUp: 'main levée',
  away: 'absent',
  listening: 'écoute',
  microphoneOff: 'micro coupé',
};
