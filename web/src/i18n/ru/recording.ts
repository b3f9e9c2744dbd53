import type { Words } from '../en/index.js';

export const recording: Words['recording'] = {
  theRecordingBrokeOffReload: 'Запись оборвалась. Обновите страницу, когда сможете; тогда вам предложат то, что записано.',
  theRecordingWasAsLong: 'Запись дошла до предельной длины и закончилась. Можно скачать её и начать новую.',
  thereIsNoRoomLeft: 'На диске этого компьютера больше нет места для браузера: запись здесь закончилась.',
  thereIsTooLittleRoom: 'На диске этого компьютера слишком мало места для записи.',
  downloadThemBeforeYouClose: 'Скачайте их, прежде чем закрыть эту страницу: этот браузер не может их хранить.',
  thisBrowserKeepsThemUntil: 'Этот браузер хранит их, пока вы их не удалите; больше их ни у кого нет.',
  deleteForGood: 'Удалить навсегда',
  deleteWord: 'Удалить',
  recordWhatIHear: 'Записать, что я слышу',
  thisBrowserCannotKeepIt: 'Этот браузер не может хранить запись: не больше получаса, и скачать её нужно до выхода.',
  yourRecordings: 'Ваши записи',
  download: 'Скачать',
  stopRecording: 'Закончить запись',
};
