import type { Words } from '../en/index.js';

export const meeting: Words['meeting'] = {
  chooseTheDayAndThe: 'Choisissez d’abord le jour et l’heure.',
  thisTimeIsOver: 'Cette heure est passée : choisissez-en une plus tard.',
  theNextEvening: 'La prochaine soirée',
  setTheNextEvening: 'Fixer la prochaine soirée',
  when: 'Quand',
  howLong: 'Combien de temps',
  what: 'Quoi',
  changeItForEverybody: 'Changer pour tous',
  setItForEverybody: 'Fixer pour tous',
  takeItBack: 'Annuler',
  everybodySeesItAtThe: 'Tout le monde la voit à la porte et dans la salle, à son heure locale, et peut la mettre dans son calendrier.',
  saveItForTheCalendar: 'Mettre dans le calendrier',
  ourRoom: 'Notre salle',
  weSingHere: ({ link }) => `Nous chantons ici : ${link}`,
  minutes: ({ minutes }) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
  hours: ({ hours }) => (hours === '1' || hours === '1½' ? `${hours} heure` : `${hours} heures`),
};
