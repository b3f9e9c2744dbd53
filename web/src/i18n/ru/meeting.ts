import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const meeting: Words['meeting'] = {
  chooseTheDayAndThe: 'Сначала выберите день и время.',
  thisTimeIsOver: 'Это время прошло: выберите более позднее.',
  theNextEvening: 'Следующий вечер',
  setTheNextEvening: 'Назначить следующий вечер',
  when: 'Когда',
  howLong: 'Сколько',
  what: 'Что',
  changeItForEverybody: 'Изменить для всех',
  setItForEverybody: 'Назначить для всех',
  takeItBack: 'Отменить',
  everybodySeesItAtThe: 'Все видят его у двери и в комнате, по своему местному времени, и могут сохранить в календарь.',
  saveItForTheCalendar: 'В календарь',
  ourRoom: 'Наша комната',
  weSingHere: ({ link }) => `Мы поём здесь: ${link}`,
  minutes: ({ minutes }) => plural.ru(minutes, { one: `${minutes} минута`, few: `${minutes} минуты`, many: `${minutes} минут` }),
  hours: ({ hours }) => {
    // Behind a half the noun is in the form of "few".
    const count = /^\d+$/.test(hours) ? Number(hours) : 1.5;
    return plural.ru(count, { one: `${hours} час`, few: `${hours} часа`, many: `${hours} часов` });
  },
};
