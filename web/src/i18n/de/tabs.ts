import type { Words } from '../en/index.js';

export const tabs: Words['tabs'] = {
  youAreInThisRoom: 'Du bist in einem anderen Tab in diesem Raum',
  oneTabIsEnoughIf: 'Ein Tab genügt. Wenn du hier weitermachst, hört der andere auf, und du behältst deine Gruppe und deine Rechte.',
  theOtherTabDoesNot: 'Der andere Tab antwortet nicht. Schließe ihn, dann geht es hier weiter; oder tritt als andere Person ein.',
  theOtherTabGoesOn: 'Der andere Tab macht weiter und sagt es auch. Diesen kannst du schließen.',
  askingTheOtherTab: 'Der andere Tab wird gefragt ...',
  goOnHereInstead: 'Hier weitermachen',
  stayInTheOtherTab: 'Im anderen Tab bleiben',
  comeInHereAsAnother: 'Hier als andere Person eintreten',
};
