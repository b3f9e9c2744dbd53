import type { Words } from '../en/index.js';

export const recording: Words['recording'] = {
  theRecordingBrokeOffReload: 'L’enregistrement s’est interrompu. Rechargez la page dès que possible ; ce qui a été enregistré vous sera proposé.',
  theRecordingWasAsLong: 'L’enregistrement a atteint sa durée maximale et s’est arrêté. Vous pouvez le télécharger, et en commencer un autre.',
  thereIsNoRoomLeft: 'Il n’y a plus de place pour le navigateur sur le disque de cet ordinateur : l’enregistrement s’est arrêté ici.',
  thereIsTooLittleRoom: 'Il y a trop peu de place sur le disque de cet ordinateur pour enregistrer.',
  downloadThemBeforeYouClose: 'Téléchargez-les avant de fermer cette page : ce navigateur ne peut pas les garder.',
  thisBrowserKeepsThemUntil: 'Ce navigateur les garde jusqu’à ce que vous les supprimiez ; personne d’autre ne les a.',
  deleteForGood: 'Supprimer pour de bon',
  deleteWord: 'Supprimer',
  recordWhatIHear: 'Enregistrer ce que j’entends',
  thisBrowserCannotKeepIt: 'Ce navigateur ne peut pas le garder : une demi-heure au plus, et il faut le télécharger avant de partir.',
  yourRecordings: 'Vos enregistrements',
  download: 'Télécharger',
  stopRecording: 'Arrêter l’enregistrement',
};
