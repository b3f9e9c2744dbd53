import type { Words } from '../en/index.js';

export const timing: Words['timing'] = {
  takeItBack: 'Annuler',
  putAway: 'Ranger',
  onePressPutsThatRight: ({ ownTimingWords }) => `${ownTimingWords} Un appui le corrige pour ce microphone et ce casque.`,
  putItRight: 'Corriger',
  notNow: 'Pas maintenant',
  lateInTheLastSong: ({ ms }) => `Au dernier chant, environ ${ms} ms de retard`,
  earlyInTheLastSong: ({ ms }) => `Au dernier chant, environ ${ms} ms d’avance`,
  youSangLate: ({ ms }) => `Au dernier chant, vous aviez régulièrement environ ${ms} ms de retard.`,
  youSangEarly: ({ ms }) => `Au dernier chant, vous aviez régulièrement environ ${ms} ms d’avance.`,
  comesEarlierNow: ({ ms }) => `C’est fait : votre voix arrive désormais ${ms} ms plus tôt.`,
  comesLaterNow: ({ ms }) => `C’est fait : votre voix arrive désormais ${ms} ms plus tard.`,
  lateInTheSongBefore: ({ ms }) => `À l’avant-dernier chant, environ ${ms} ms de retard`,
  earlyInTheSongBefore: ({ ms }) => `À l’avant-dernier chant, environ ${ms} ms d’avance`,
  youSangLateBefore: ({ ms }) => `À l’avant-dernier chant, vous aviez régulièrement environ ${ms} ms de retard.`,
  youSangEarlyBefore: ({ ms }) => `À l’avant-dernier chant, vous aviez régulièrement environ ${ms} ms d’avance.`,
};
