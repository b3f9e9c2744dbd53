import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const libraryRoom: Words['libraryRoom'] = {
  fromTheLibrary: 'Из библиотеки',
  searchTheLibrary: 'Искать в библиотеке',
  asTheTrack: 'Как дорожку',
  intoTheProgramme: 'В программу',
  itComes: ({ title }) => `«${title}» загружается в комнату ...`,
  isHere: ({ title }) => `«${title}» уже в комнате.`,
  isInTheProgramme: ({ title }) => `«${title}» уже в программе.`,
  didNotCome: ({ title, reason }) => `«${title}» не загрузилась: ${reason}`,
  itComesBefore: ({ title, more }) =>
    `«${title}» загружается в комнату, и ещё ${plural.ru(more, { one: `${more} песня`, few: `${more} песни`, many: `${more} песен` })} ...`,
  soManyCame: ({ count }) =>
    plural.ru(count, { one: `${count} песня в комнате.`, few: `${count} песни в комнате.`, many: `${count} песен в комнате.` }),
  ofAPlaylist: 'Из списка',
  allSongsThere: 'Все песни',
  allIntoTheProgramme: ({ count }) =>
    plural.ru(count, { one: `${count} песню в программу`, few: `Все ${count} песни в программу`, many: `Все ${count} песен в программу` }),
  noneToBeHeard: 'Ни у одной его песни нет звука.',
  takeIntoARoom: 'Взять в комнату',
  whichRoom: 'В какую комнату?',
  noRoomsYet: 'Этот браузер ещё не знает комнат. Сначала откройте комнату или перейдите по её ссылке.',
  openARoom: 'Открыть комнату',
  keepInTheLibrary: 'Сохранить в библиотеке',
  songFromTheLibrary: 'Из библиотеки:',
  itIsKept: ({ round }) => `Загружается в библиотеку ... ${round} %`,
  onlyYouSeeIt: 'В библиотеке, видно только вам.',
  theFileDidNotCome: 'Не удалось получить файл. Попробуйте ещё раз.',
};
