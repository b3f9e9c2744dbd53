import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const line: Words['line'] = {
  theLeader: ({ text }) => `ведёт, ${text}`,
  behind: ({ text }) => `через ${text}`,
  mutedByTheOrganiser: 'микрофон выключен организатором',
  hearsNoVoiceYet: 'пока не слышит голосов',
  beginsTheSong: 'начинает песню',
  theTimeFromGroupTo: 'Время между группами выбирается в начале песни: такое короткое, как позволяют все соединения.',
  youAreAloneSoFar: 'Пока никого, кроме вас: отправьте ссылку.',
  times: 'Времена',
  whoSingsWhere: 'Кто где поёт',
  you: ', вы',
  nobodyLeadsYet: 'Пока никто не ведёт',
  nobodyYet: 'Пока никого',
  andMore: ({ more }) => `и ещё ${more}`,
  yourNameAndVoice: 'Ваше имя и голос',
  whatYouCanDoWith: ({ name }) => `Что вы можете: ${name}`,
  you2: 'Вы',
  seconds: ({ seconds }) => `${seconds} с`,
  leader: 'ведёт',
  behindGroup: ({ group }) => `за группой ${group}`,
  hearsVoices: ({ voices }) =>
    `${plural.ru(voices, { one: `слышит ${voices} голос`, few: `слышит ${voices} голоса`, many: `слышит ${voices} голосов` })}`,
  fromGroupToGroup: ({ time }) => `Между группами: ${time}.`,
  fromGroupToGroupIf: ({ time }) => `Между группами: ${time}, если песня начнётся сейчас.`,
  yourVoiceIsBackAt: ({ time }) =>
    `Ваш голос возвращается на сервер через ${time} после того, как он отправил вам звук, под который вы пели (время круга).`,
  lateShare: ({ name, percent }) => `${name} (${percent} %)`,
  comeTooLateByHand: ({ who, count }) =>
    `${plural.ru(count, { one: `Этот голос частично опаздывает`, few: `Эти голоса частично опаздывают`, many: `Эти голоса частично опаздывают` })} для следующей группы: ${who}. Попросите перейти в последнюю группу или выберите для следующей песни большее время.`,
  comeTooLate: ({ who, count }) =>
    `${plural.ru(count, { one: `Этот голос частично опаздывает`, few: `Эти голоса частично опаздывают`, many: `Эти голоса частично опаздывают` })} для следующей группы: ${who}. Попросите перейти в последнюю группу; у следующей песни будет больше времени.`,
  slowConnection: ({ name, time }) => `${name} (${time})`,
  slowByHand: ({ who, count, apart }) =>
    `${plural.ru(count, { one: `Медленное соединение`, few: `Медленные соединения`, many: `Медленные соединения` })}: ${who}. Между группами ${apart}: попросите перейти в последнюю группу или выберите большее время.`,
  slow: ({ who, count }) =>
    `${plural.ru(count, { one: `Медленное соединение`, few: `Медленные соединения`, many: `Медленные соединения` })}: ${who}. В последней группе никому не нужно ждать.`,
  ownSlow: ({ time }) =>
    `Ваше соединение медленное: голос идёт ${time}, и группы за вами его ждут. Перейдите в последнюю группу или возьмите кабель вместо Wi-Fi.`,
  ownSlowLeading: ({ time }) => `Ваше соединение медленное: голос идёт ${time}, и группы за вами его ждут. Возьмите кабель вместо Wi-Fi.`,
  ownLate: ({ percent, takes, apart }) =>
    `${percent} % вашего голоса приходит слишком поздно для следующей группы: он идёт ${takes}, а между группами ${apart}. Перейдите в последнюю группу или возьмите кабель вместо Wi-Fi.`,
  ownLateLeading: ({ percent, takes, apart }) =>
    `${percent} % вашего голоса приходит слишком поздно для следующей группы: он идёт ${takes}, а между группами ${apart}. Возьмите кабель вместо Wi-Fi.`,
  ownStalled: ({ percent }) =>
    `${percent} % вашего голоса пришло слишком поздно для следующей группы: связь или это устройство на миг замерли. Если так пойдёт и дальше, возьмите кабель вместо Wi-Fi и закройте другие программы.`,
  singersHere: ({ singers }) =>
    `${plural.ru(singers, { one: `Поёт ${singers} человек`, few: `Поют ${singers} человека`, many: `Поют ${singers} человек` })}.`,
  listenersHere: ({ listeners }) =>
    `${plural.ru(listeners, { one: `Слушает ${listeners} человек`, few: `Слушают ${listeners} человека`, many: `Слушают ${listeners} человек` })}.`,
  bothHere: ({ singers, listeners }) =>
    `${plural.ru(singers, { one: `Поёт ${singers} человек`, few: `Поют ${singers} человека`, many: `Поют ${singers} человек` })}, ${plural.ru(listeners, { one: `слушает ${listeners}`, few: `слушают ${listeners}`, many: `слушают ${listeners}` })}.`,
  group: ({ group }) => `Группа ${group}`,
  singInGroup: ({ group }) => `Петь в группе ${group}`,
  listenInGroup: ({ group }) => `Слушать в группе ${group}`,
  youWord: 'вы',
  leads: 'ведёт',
  organiser: 'организатор',
  engineer: 'звук',
  robot: 'робот',
  handUp: 'рука поднята',
  away: 'нет на месте',
  listening: 'слушает',
  microphoneOff: 'микрофон выключен',
};
