import type { Words } from '../en/index.js';

export const libraryRoom: Words['libraryRoom'] = {
  fromTheLibrary: 'Из библиотеки',
  searchTheLibrary: 'Искать в библиотеке',
  asTheTrack: 'Как дорожку',
  intoTheProgramme: 'В программу',
  itComes: ({ title }) => `«${title}» загружается в комнату ...`,
  isHere: ({ title }) => `«${title}» уже в комнате.`,
  isInTheProgramme: ({ title }) => `«${title}» уже в программе.`,
  didNotCome: ({ title, reason }) => `«${title}» не загрузилась: ${reason}`,
  takeIntoARoom: 'Взять в комнату',
  whichRoom: 'В какую комнату?',
  noRoomsYet: 'Этот браузер ещё не знает комнат. Сначала откройте комнату или перейдите по её ссылке.',
  openARoom: 'Открыть комнату',
  keepInTheLibrary: 'Сохранить в библиотеке',
  itIsKept: ({ round }) => `Загружается в библиотеку ... ${round} %`,
  onlyYouSeeIt: 'В библиотеке, видно только вам.',
  theFileDidNotCome: 'Не удалось получить файл. Попробуйте ещё раз.',
};
