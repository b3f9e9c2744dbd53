import type { Words } from '../en/index.js';

export const tracks: Words['tracks'] = {
  uploadATrack: 'Загрузить сопровождение',
  stopTheUpload: 'Остановить загрузку',
  preparing: ({ name, round }) => `Готовим «${name}» ... ${round} %`,
  isNoTrack: ({ name, reason }) => `«${name}» — не сопровождение: ${reason}`,
  orDropAFileHere: 'Или перетащите файл сюда: MP3, M4A, WAV, FLAC, Ogg, запись с телефона или видео со звуком.',
  soundFileToUpload: 'Звуковой файл',
  theNetworkIsAwayGoes: ({ name, round }) => `Сети нет: «${name}» продолжится, как только она вернётся ... ${round} %`,
  uploading: ({ name, round }) => `Загружается «${name}» ... ${round} %`,
  preparingTheTrack: ({ round }) => `Готовим сопровождение ... ${round} %`,
  backingTrack: 'Сопровождение',
  noneSoFar: 'Пока нет.',
  trackOfTheNextSong: 'Сопровождение следующей песни',
  noTrackOnlyVoices: 'Без сопровождения: только голоса',
  deleteWord: ({ name }) => `Удалить: ${name}`,
  choosesAsTheLeader: ({ name }) => `Ведёт и выбирает ${name}.`,
  whoeverLeadsChooses: 'Выбирает тот, кто ведёт.',
};
