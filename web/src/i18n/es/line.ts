import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const line: Words['line'] = {
  theLeader: ({ text }) => `dirige, ${text}`,
  behind: ({ text }) => `${text} después`,
  mutedByTheOrganiser: 'en silencio por la sala',
  hearsNoVoiceYet: 'aún no oye ninguna voz',
  beginsTheSong: 'empieza el canto',
  theTimeFromGroupTo: 'El tiempo de un grupo a otro se elige al empezar el canto, tan corto como lo permiten todas las conexiones.',
  youAreAloneSoFar: 'De momento no hay nadie más: envía el enlace.',
  times: 'Tiempos',
  whoSingsWhere: 'Quién canta dónde',
  you: ', tú',
  nobodyLeadsYet: 'Todavía no dirige nadie',
  nobodyYet: 'Todavía nadie',
  andMore: ({ more }) => `y ${more} más`,
  yourNameAndVoice: 'Tu nombre y tu voz',
  whatYouCanDoWith: ({ name }) => `Qué puedes hacer con ${name}`,
  you2: 'Tú',
  seconds: ({ seconds }) => `${seconds} s`,
  leader: 'dirige',
  behindGroup: ({ group }) => `detrás del grupo ${group}`,
  hearsVoices: ({ voices }) => `${plural.es(voices, { one: `oye 1 voz`, other: `oye ${voices} voces` })}`,
  fromGroupToGroup: ({ time }) => `De un grupo a otro: ${time}.`,
  fromGroupToGroupIf: ({ time }) => `De un grupo a otro: ${time}, si el canto empieza ahora.`,
  yourVoiceIsBackAt: ({ time }) => `Tu voz vuelve al servidor ${time} después de que te envió el sonido con el que cantaste (tiempo de vuelta).`,
  lateShare: ({ name, percent }) => `${name} (${percent} %)`,
  comeTooLateByHand: ({ who, count }) =>
    `${plural.es(count, { one: `Esta voz llega`, other: `Estas voces llegan` })} en parte demasiado tarde para el grupo de detrás: ${who}. Pide un cambio al último grupo, o elige un tiempo más largo para el próximo canto.`,
  comeTooLate: ({ who, count }) =>
    `${plural.es(count, { one: `Esta voz llega`, other: `Estas voces llegan` })} en parte demasiado tarde para el grupo de detrás: ${who}. Pide un cambio al último grupo; el próximo canto deja más tiempo.`,
  slowConnection: ({ name, time }) => `${name} (${time})`,
  slowByHand: ({ who, count, apart }) =>
    `${plural.es(count, { one: `Conexión lenta`, other: `Conexiones lentas` })}: ${who}. Los grupos están a ${apart} uno de otro: pide un cambio al último grupo, o elige un tiempo más largo.`,
  slow: ({ who, count }) =>
    `${plural.es(count, { one: `Conexión lenta`, other: `Conexiones lentas` })}: ${who}. En el último grupo nadie tiene que esperar.`,
  ownSlow: ({ time }) =>
    `Tu conexión es lenta: tu voz tarda ${time}, y los grupos detrás de ti la esperan. Pasa al último grupo, o usa un cable en vez de Wi-Fi.`,
  ownSlowLeading: ({ time }) => `Tu conexión es lenta: tu voz tarda ${time}, y los grupos detrás de ti la esperan. Usa un cable en vez de Wi-Fi.`,
  ownLate: ({ percent, takes, apart }) =>
    `El ${percent} % de tu voz llega demasiado tarde para el siguiente grupo: tarda ${takes}, y los grupos están a ${apart} uno de otro. Pasa al último grupo, o usa un cable en vez de Wi-Fi.`,
  ownLateLeading: ({ percent, takes, apart }) =>
    `El ${percent} % de tu voz llega demasiado tarde para el siguiente grupo: tarda ${takes}, y los grupos están a ${apart} uno de otro. Usa un cable en vez de Wi-Fi.`,
  ownStalled: ({ percent }) =>
    `El ${percent} % de tu voz ha llegado demasiado tarde para el siguiente grupo: tu conexión o este dispositivo se ha parado un momento. Si sigue así, usa un cable en vez de Wi-Fi y cierra otros programas.`,
  singersHere: ({ singers }) => `${plural.es(singers, { one: `Canta 1 persona`, other: `Cantan ${singers} personas` })}.`,
  listenersHere: ({ listeners }) => `${plural.es(listeners, { one: `Escucha 1 persona`, other: `Escuchan ${listeners} personas` })}.`,
  bothHere: ({ singers, listeners }) =>
    `${plural.es(singers, { one: `Canta 1 persona`, other: `Cantan ${singers} personas` })} y ${plural.es(listeners, { one: `escucha 1`, other: `escuchan ${listeners}` })}.`,
  group: ({ group }) => `Grupo ${group}`,
  singInGroup: ({ group }) => `Cantar en el grupo ${group}`,
  listenInGroup: ({ group }) => `Escuchar en el grupo ${group}`,
  youWord: 'tú',
  leads: 'dirige',
  organiser: 'organiza',
  engineer: 'técnica',
  robot: 'robot',
  handUp: 'mano levantada',
  away: 'ausente',
  listening: 'escucha',
  microphoneOff: 'micrófono apagado',
};
