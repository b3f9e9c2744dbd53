import { plural } from '../plural.js';
import type { Words } from '../en/index.js';

export const carrying: Words['carrying'] = {
  exportImportCopy: 'Экспорт, импорт, копия ...',
  theProgrammeElsewhere: 'Программа в другом месте',
  asAFile: 'В файл',
  whatTheFileHolds: 'В одном файле все песни с сопровождением, нотами и словами. Сохраните его или откройте в другой комнате.',
  exportTheProgramme: 'Сохранить программу в файл',
  writingTheFile: ({ round }) => `Файл загружается ... ${round} %`,
  stop: 'Остановить',
  fromAFile: 'Из файла',
  importAFile: 'Взять программу из файла',
  orDropAFileHere: 'Или перетащите файл сюда. Его песни встанут после тех, что уже есть.',
  programmeToImport: 'Файл с программой',
  theNetworkIsAway: ({ name, round }) => `Сеть пропала: «${name}» продолжит загружаться, как только она вернётся ... ${round} %`,
  uploading: ({ name, round }) => `Загружается «${name}» ... ${round} %`,
  readingTheProgramme: ({ name }) => `Читается «${name}» ...`,
  fromAnotherRoom: 'Из другой моей комнаты',
  roomToCopyFrom: 'Комната',
  noOtherRoom: 'Этот браузер не знает другой комнаты, организатором которой вы были бы.',
  copyItsSongs: 'Скопировать её песни',
  copying: 'Копируется ...',
  songsCame: ({ songs }) =>
    plural.ru(songs, {
      one: `В программу добавлена ${songs} песня.`,
      few: `В программу добавлены ${songs} песни.`,
      many: `В программу добавлено ${songs} песен.`,
    }),
  trackUnreadable: ({ name }) => `Сопровождение «${name}» не удалось прочитать: загрузите его ещё раз.`,
  scoreUnreadable: ({ name }) => `Ноты «${name}» не удалось прочитать: загрузите их ещё раз.`,
  wordsUnreadable: ({ name }) => `Слова «${name}» не удалось прочитать: добавьте их ещё раз.`,
  tooManyTracks: ({ name }) => `В комнате нет места для сопровождения «${name}»: сначала удалите другие.`,
  tooManyScores: ({ name }) => `В комнате нет места для нот «${name}»: сначала удалите другие.`,
  tooManyWords: ({ name }) => `В комнате нет места для слов «${name}»: сначала удалите другие.`,
  programmeFull: ({ name }) => `В программе нет места для «${name}»: сначала уберите песни.`,
};
