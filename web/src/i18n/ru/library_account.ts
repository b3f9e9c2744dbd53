import type { Words } from '../en/index.js';

export const libraryAccount: Words['libraryAccount'] = {
  yourAccount: 'Ваша запись',
  logInFirst: 'Войдите, чтобы увидеть свою учётную запись.',
  nameForPlayers: 'Имя входа',
  usedOn: ({ day }) => `использован ${day}`,
  madeOn: ({ day }) => `создан ${day}, ещё не использован`,
  whatTokensAre:
    'С ключом ваша программа может здесь всё, что можете вы. Его принимают и проигрыватели, которые просят ключ API, вместо имени и пароля.',
  whatTheyCanDo: 'Что здесь могут программы',
  whichProgram: 'Для какой программы?',
  tokenOnlyNow: ({ name }) => `Ключ для ${name}, показан только сейчас`,
  whereLoggedIn: 'Где вы вошли',
  browserOn: ({ browser, system }) => `${browser}, ${system}`,
  browserAt: ({ address, day }) => `С адреса ${address}, использован ${day}`,
  thisBrowser: 'этот браузер',
  logItOut: 'Выйти там',
  deleteAccount: 'Удалить вашу запись',
  howToDelete: 'Удалить вашу запись навсегда ...',
  whatGoes: 'С ней уйдут песни, которые вы загрузили, и те, что слушают другие, а также ваши списки, избранное и оценки.',
};
