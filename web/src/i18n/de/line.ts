import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const line: Words['line'] = {
  theLeader: ({ text }) => `Leitung, ${text}`,
  behind: ({ text }) => `${text} dahinter`,
  mutedByTheOrganiser: 'stumm geschaltet',
  hearsNoVoiceYet: 'hört noch keine Stimme',
  beginsTheSong: 'beginnt das Lied',
  theTimeFromGroupTo: 'Die Zeit von Gruppe zu Gruppe wird beim Beginn des Lieds gewählt, so kurz, wie alle Verbindungen es erlauben.',
  youAreAloneSoFar: 'Noch bist du allein: verschicke den Link.',
  times: 'Zeiten',
  whoSingsWhere: 'Wer wo singt',
  you: ', du',
  nobodyLeadsYet: 'Noch leitet niemand',
  nobodyYet: 'Noch niemand',
  andMore: ({ more }) => `und ${more} weitere`,
  yourNameAndVoice: 'Dein Name und deine Stimme',
  whatYouCanDoWith: ({ name }) => `Was du für ${name} tun kannst`,
  you2: 'Du',
  seconds: ({ seconds }) => `${seconds} s`,
  leader: 'Leitung',
  behindGroup: ({ group }) => `hinter Gruppe ${group}`,
  hearsVoices: ({ voices }) => `${plural.de(voices, { one: `hört 1 Stimme`, other: `hört ${voices} Stimmen` })}`,
  fromGroupToGroup: ({ time }) => `Von Gruppe zu Gruppe: ${time}.`,
  fromGroupToGroupIf: ({ time }) => `Von Gruppe zu Gruppe: ${time}, wenn das Lied jetzt beginnt.`,
  yourVoiceIsBackAt: ({ time }) =>
    `Deine Stimme ist ${time}, nachdem der Server dir den Klang schickte, zu dem du sangst, wieder bei ihm (Umlaufzeit).`,
  lateShare: ({ name, percent }) => `${name} (${percent} %)`,
  comeTooLateByHand: ({ who, count }) =>
    `${plural.de(count, { one: `Diese Stimme kommt`, other: `Diese Stimmen kommen` })} zum Teil zu spät für die Gruppe dahinter: ${who}. Bitte um einen Wechsel in die letzte Gruppe, oder wähle für das nächste Lied eine längere Zeit.`,
  comeTooLate: ({ who, count }) =>
    `${plural.de(count, { one: `Diese Stimme kommt`, other: `Diese Stimmen kommen` })} zum Teil zu spät für die Gruppe dahinter: ${who}. Bitte um einen Wechsel in die letzte Gruppe; das nächste Lied lässt mehr Zeit.`,
  slowConnection: ({ name, time }) => `${name} (${time})`,
  slowByHand: ({ who, count, apart }) =>
    `${plural.de(count, { one: `Langsame Verbindung`, other: `Langsame Verbindungen` })}: ${who}. Die Gruppen sind ${apart} auseinander: bitte um einen Wechsel in die letzte Gruppe, oder wähle eine längere Zeit.`,
  slow: ({ who, count }) =>
    `${plural.de(count, { one: `Langsame Verbindung`, other: `Langsame Verbindungen` })}: ${who}. In der letzten Gruppe muss niemand darauf warten.`,
  ownSlow: ({ time }) =>
    `Deine Verbindung ist langsam: deine Stimme braucht ${time}, und die Gruppen hinter dir warten darauf. Wechsle in die letzte Gruppe, oder nimm ein Kabel statt WLAN.`,
  ownSlowLeading: ({ time }) =>
    `Deine Verbindung ist langsam: deine Stimme braucht ${time}, und die Gruppen hinter dir warten darauf. Nimm ein Kabel statt WLAN.`,
  ownLate: ({ percent, takes, apart }) =>
    `${percent} % deiner Stimme kommen zu spät für die nächste Gruppe: sie braucht ${takes}, und die Gruppen sind ${apart} auseinander. Wechsle in die letzte Gruppe, oder nimm ein Kabel statt WLAN.`,
  ownLateLeading: ({ percent, takes, apart }) =>
    `${percent} % deiner Stimme kommen zu spät für die nächste Gruppe: sie braucht ${takes}, und die Gruppen sind ${apart} auseinander. Nimm ein Kabel statt WLAN.`,
  ownStalled: ({ percent }) =>
    `${percent} % deiner Stimme kamen zu spät für die nächste Gruppe: deine Verbindung oder dieses Gerät hat kurz gestockt. Wenn das anhält, nimm ein Kabel statt WLAN, und schließe andere Programme.`,
  singersHere: ({ singers }) => `${singers} ${plural.de(singers, { one: `Stimme`, other: `Stimmen` })}.`,
  listenersHere: ({ listeners }) => `${listeners} ${plural.de(listeners, { one: `hört`, other: `hören` })} zu.`,
  bothHere: ({ singers, listeners }) =>
    `${singers} ${plural.de(singers, { one: `singt`, other: `singen` })}, ${listeners} ${plural.de(listeners, { one: `hört`, other: `hören` })} zu.`,
  group: ({ group }) => `Gruppe ${group}`,
  singInGroup: ({ group }) => `In Gruppe ${group} singen`,
  listenInGroup: ({ group }) => `In Gruppe ${group} zuhören`,
  youWord: 'du',
  leads: 'leitet',
  organiser: 'Raumleitung',
  engineer: 'Tontechnik',
  robot: 'Roboter',
  handUp: 'Hand gehoben',
  away: 'abwesend',
  listening: 'hört zu',
  microphoneOff: 'Mikrofon aus',
};
