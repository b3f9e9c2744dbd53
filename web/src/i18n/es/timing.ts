import type { Words } from '../en/index.js';

export const timing: Words['timing'] = {
  takeItBack: 'Deshacer',
  putAway: 'Guardar',
  onePressPutsThatRight: ({ ownTimingWords }) => `${ownTimingWords} Una pulsación lo corrige para este micrófono y estos auriculares.`,
  putItRight: 'Corregir',
  notNow: 'Ahora no',
  lateInTheLastSong: ({ ms }) => `En el último canto, unos ${ms} ms tarde`,
  earlyInTheLastSong: ({ ms }) => `En el último canto, unos ${ms} ms antes`,
  youSangLate: ({ ms }) => `En el último canto ibas siempre unos ${ms} ms tarde.`,
  youSangEarly: ({ ms }) => `En el último canto ibas siempre unos ${ms} ms antes de tiempo.`,
  comesEarlierNow: ({ ms }) => `Hecho: desde ahora tu voz llega ${ms} ms antes.`,
  comesLaterNow: ({ ms }) => `Hecho: desde ahora tu voz llega ${ms} ms después.`,
  lateInTheSongBefore: ({ ms }) => `En el penúltimo canto, unos ${ms} ms tarde`,
  earlyInTheSongBefore: ({ ms }) => `En el penúltimo canto, unos ${ms} ms antes`,
  youSangLateBefore: ({ ms }) => `En el penúltimo canto ibas siempre unos ${ms} ms tarde.`,
  youSangEarlyBefore: ({ ms }) => `En el penúltimo canto ibas siempre unos ${ms} ms antes de tiempo.`,
};
