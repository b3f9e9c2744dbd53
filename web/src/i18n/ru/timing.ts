import type { Words } from '../en/index.js';

export const timing: Words['timing'] = {
  takeItBack: 'Вернуть как было',
  putAway: 'Убрать',
  onePressPutsThatRight: ({ ownTimingWords }) => `${ownTimingWords} Одно нажатие исправит это для этого микрофона и этих наушников.`,
  putItRight: 'Исправить',
  notNow: 'Не сейчас',
  lateInTheLastSong: ({ ms }) => `В последней песне опаздывает примерно на ${ms} мс`,
  earlyInTheLastSong: ({ ms }) => `В последней песне спешит примерно на ${ms} мс`,
  youSangLate: ({ ms }) => `В последней песне вы постоянно опаздывали, примерно на ${ms} мс.`,
  youSangEarly: ({ ms }) => `В последней песне вы постоянно спешили, примерно на ${ms} мс.`,
  comesEarlierNow: ({ ms }) => `Готово: теперь ваш голос приходит на ${ms} мс раньше.`,
  comesLaterNow: ({ ms }) => `Готово: теперь ваш голос приходит на ${ms} мс позже.`,
  lateInTheSongBefore: ({ ms }) => `В предпоследней песне опаздывает примерно на ${ms} мс`,
  earlyInTheSongBefore: ({ ms }) => `В предпоследней песне спешит примерно на ${ms} мс`,
  youSangLateBefore: ({ ms }) => `В предпоследней песне вы постоянно опаздывали, примерно на ${ms} мс.`,
  youSangEarlyBefore: ({ ms }) => `В предпоследней песне вы постоянно спешили, примерно на ${ms} мс.`,
};
