import type { Words } from '../en/index.js';

export const loudspeaker: Words['loudspeaker'] = {
  sMicrophoneHearsALoudspeaker: ({ name }) => `Le microphone de ${name} entend un haut-parleur.`,
  putIntoTheLastGroup: ({ name }) => `Mettre ${name} dans le dernier groupe`,
  yourMicrophoneHearsYourLoudspeaker: 'Votre microphone entend votre haut-parleur.',
  singInTheLastGroup: 'Chanter dans le dernier groupe',
  itIsNotSo: 'Ce n’est pas le cas',
  theGroupsBehindHearTwice: ({ name }) =>
    `Les groupes derrière entendent le chant deux fois. Demandez à ${name} de mettre un casque ; dans le dernier groupe, cela ne gêne personne.`,
  putOnHeadphonesOrMake: 'Les autres entendent le chant deux fois. Mettez un casque, ou baissez le son.',
  putOnHeadphonesOrSing: 'Les autres entendent le chant deux fois. Mettez un casque, ou chantez dans le dernier groupe, où cela ne gêne personne.',
};
