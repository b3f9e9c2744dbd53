import type { Words } from '../en/index.js';

export const settings: Words['settings'] = {
  aSongIsOnYou: 'Идёт песня. Группы и время между ними можно изменить, когда она закончится.',
  settingsOfTheRoom: 'Настройки комнаты',
  timeFromOneGroupTo: 'Время от группы к группе',
  automatic: 'Автоматически',
  chosenAtEachSongsStart:
    'Выбирается в начале каждой песни: такое короткое, как позволяют все соединения. Медленные соединения поют в последней группе.',
  byHand: 'Вручную',
  theSameForEverySong: 'Одинаково для всех песен: одна секунда подходит почти везде.',
  timeBetweenGroups: 'Время между группами',
  groups: 'Группы',
  withMoreGroupsTheLast: 'Чем больше групп, тем больше голосов слышит последняя, но и ждёт дольше.',
  automaticLevel: 'Автоматический уровень',
  theMorePeopleSingThe: 'Чем больше поющих, тем тише каждый, чтобы все вместе не звучали слишком громко.',
};
