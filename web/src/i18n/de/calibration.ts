import type { Words } from '../en/index.js';

export const calibration: Words['calibration'] = {
  measuredSteadyTo: ({ inMs, inMs2 }) => `Gemessen: ${inMs} (auf ${inMs2} genau).`,
  checkedItIsStill: ({ inMs }) => `Geprüft: es sind noch immer ${inMs}.`,
  itIsNotAnyMore: ({ inMs, inMs2 }) => `Es sind nicht mehr ${inMs}: diesmal waren es ${inMs2}. Miss noch einmal.`,
  notMeasuredYourMicrophoneGives:
    'Nicht gemessen: dein Mikrofon gibt gar keinen Ton. Sieh nach, ob es aus oder stumm geschaltet ist, oder wähle oben ein anderes.',
  notMeasuredYourMicrophoneDid: 'Nicht gemessen: dein Mikrofon hörte die Töne nicht. Halte die Kopfhörer dicht daran und stelle sie lauter.',
  notMeasuredTheChirpsCame: 'Nicht gemessen: die Töne kamen zu leise. Stelle lauter, oder halte die Kopfhörer näher ans Mikrofon.',
  notMeasuredSomethingElseWas:
    'Nicht gemessen: etwas anderes war zu laut. Warte, bis es bei dir ruhig ist, und halte die Kopfhörer dicht ans Mikrofon.',
  notMeasuredTheChirpsCame2:
    'Nicht gemessen: die Töne kamen doppelt. Schalte ab, was dir dein eigenes Mikrofon vorspielt, oder den zweiten Lautsprecher.',
  notMeasuredTheDelayChanges:
    'Nicht gemessen: die Verzögerung ändert sich von Ton zu Ton. Schließe andere Programme; statt Bluetooth nimm Kopfhörer mit Kabel.',
  notMeasuredNoneOfYour:
    'Nicht gemessen: dein Klopfen war nicht zu hören. Sieh nach, ob oben das richtige Mikrofon gewählt ist, und klopfe mit dem Finger darauf.',
  notMeasuredThereWereToo:
    'Nicht gemessen: du hast zu selten geklopft. Klopfe zu jedem Klick einmal; wenn das Mikrofon mithört, auf das Mikrofon selbst.',
  notMeasuredTheTapsCame: 'Nicht gemessen: du hast zu ungleichmäßig geklopft. Höre die ersten Klicks an, dann klopfe genau mit.',
  notMeasuredASongHas: 'Nicht gemessen: ein Lied hat begonnen. Miss noch einmal, wenn es vorbei ist.',
  notMeasuredTheSoundOf: 'Nicht gemessen: der Ton dieses Geräts wurde unterbrochen. Lass diese Seite vorn, bis es fertig ist.',
  youHearClicksTapWith: 'Du hörst Klicks: klopfe mit dem Finger aufs Mikrofon, oder klatsche daneben, genau mit jedem, bis sie enden.',
  youHearClicksPressThe: 'Du hörst Klicks: drücke den Knopf unten oder irgendeine Taste, genau mit jedem, bis sie enden.',
  listeningToTheChirpsKeep: 'Die Töne laufen: halte die Kopfhörer ans Mikrofon und sei still.',
  youMayGoInAll:
    'Du kannst trotzdem eintreten: klopfe stattdessen mit, oder höre nur zu. Wer ohne Messung singt, kommt bei den anderen vielleicht zu spät an.',
  theDelayOfYourSound: 'Die Verzögerung deiner Soundkarte ist noch nicht gemessen: vielleicht hören dich die anderen zu spät.',
  itTakesFiveSeconds: ({ why }) => `${why} Es dauert fünf Sekunden.`,
  measureItAgain: 'Noch einmal messen',
  measureIt: 'Messen',
  notNow: 'Nicht jetzt',
  measureTheDelayOfYour: 'Die Verzögerung deiner Soundkarte messen',
  howFarTheMeasuringIs: 'Wie weit die Messung ist',
  itBringsYourVoiceTo:
    'So kommt deine Stimme bei den anderen im Takt an. Halte eine Seite der Kopfhörer ans Mikrofon und fang an: sechs leise Töne, fünf Sekunden.',
  tapHere: 'Hier klopfen',
  betweenSongsItCanBe: 'Zwischen den Liedern kannst du hier messen.',
  measureWhenTheSongIs: 'Messen, wenn das Lied vorbei ist',
  waitingForTheEndOf: 'Warte auf das Ende des Lieds: dann beginnen die Töne von selbst. Lass das hier offen und die Kopfhörer am Mikrofon.',
  stop: 'Abbrechen',
  checkItIn2Seconds: 'In 2 Sekunden prüfen',
  measureAgain: 'Neu messen',
  start: 'Anfangen',
  tapAlongInstead: 'Lieber mitklopfen',
  tapOnAKeyOr: 'Auf Taste oder Bildschirm',
  comeInToListen: 'Zum Zuhören eintreten',
  measured: 'Gemessen',
  tappedLessExact: 'Geklopft (weniger genau)',
  alreadyForTheseDevicesThe: ({ how, inMs }) => `${how}: für diese Geräte schon erledigt, der Ausgleich ist ${inMs}.`,
  ms: ({ ms }) => `${ms} ms`,
  tapped: ({ ms, spread }) => `Geklopft: ${ms} ms (etwa ${spread} ms mehr oder weniger). Weniger genau als die Töne.`,
  tappedOnKeys: ({ ms, spread }) =>
    `Geklopft: ${ms} ms (etwa ${spread} ms mehr oder weniger). Weniger genau als die Töne: Tasten und Bildschirme antworten einige Hundertstelsekunden zu spät.`,
  heardLateInTheSong: ({ found, used }) =>
    `Im Lied kam dein Klang nach ${found} ms zurück statt nach ${used} ms: vielleicht hören dich die anderen zu spät.`,
  heardEarlyInTheSong: ({ found, used }) =>
    `Im Lied kam dein Klang nach ${found} ms zurück statt nach ${used} ms: vielleicht hören dich die anderen zu früh.`,
};
