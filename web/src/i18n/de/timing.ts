import type { Words } from '../en/index.js';

export const timing: Words['timing'] = {
  takeItBack: 'Zurücknehmen',
  putAway: 'Weglegen',
  onePressPutsThatRight: ({ ownTimingWords }) => `${ownTimingWords} Ein Druck rückt es für dieses Mikrofon und diese Kopfhörer zurecht.`,
  putItRight: 'Zurechtrücken',
  notNow: 'Nicht jetzt',
  lateInTheLastSong: ({ ms }) => `Im letzten Lied etwa ${ms} ms zu spät`,
  earlyInTheLastSong: ({ ms }) => `Im letzten Lied etwa ${ms} ms zu früh`,
  youSangLate: ({ ms }) => `Du hast im letzten Lied durchweg etwa ${ms} ms zu spät gesungen.`,
  youSangEarly: ({ ms }) => `Du hast im letzten Lied durchweg etwa ${ms} ms zu früh gesungen.`,
  comesEarlierNow: ({ ms }) => `Erledigt: deine Stimme kommt ab jetzt ${ms} ms früher.`,
  comesLaterNow: ({ ms }) => `Erledigt: deine Stimme kommt ab jetzt ${ms} ms später.`,
  lateInTheSongBefore: ({ ms }) => `Im vorletzten Lied etwa ${ms} ms zu spät`,
  earlyInTheSongBefore: ({ ms }) => `Im vorletzten Lied etwa ${ms} ms zu früh`,
  youSangLateBefore: ({ ms }) => `Du hast im vorletzten Lied durchweg etwa ${ms} ms zu spät gesungen.`,
  youSangEarlyBefore: ({ ms }) => `Du hast im vorletzten Lied durchweg etwa ${ms} ms zu früh gesungen.`,
};
