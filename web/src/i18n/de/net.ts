import type { Words } from '../en/index.js';

export const net: Words['net'] = {
  theServerGaveAnAnswer: 'Der Server gab eine Antwort, die diese Seite nicht versteht. Lade die Seite neu.',
  theServerDoesNotAnswer:
    'Der Server antwortet nicht. Vielleicht ist er sehr beschäftigt oder dein Netz sehr langsam: versuche es gleich noch einmal.',
  theServerCannotBeReached: 'Der Server ist nicht zu erreichen. Sieh nach deinem Netz und versuche es dann noch einmal.',
  theFileIsTooLarge: 'Die Datei ist zu groß.',
  theServerIsTooBusy: 'Der Server ist gerade zu beschäftigt. Versuche es gleich noch einmal.',
  theServerAnsweredWithAn: ({ status }) => `Der Server antwortete mit einem Fehler (${status}). Versuche es gleich noch einmal.`,
  theUploadBrokeOffAnd: 'Das Hochladen brach ab und ging fünf Minuten lang nicht weiter. Sieh nach deinem Netz und versuche es dann noch einmal.',
  theUploadWasStopped: 'Das Hochladen wurde beendet.',
  somethingBetweenYouAndThe:
    'Etwas zwischen dir und dem Server (ein Proxy) lehnt so große Dateien ab. Wer den Server betreibt, kann sie dort erlauben; eine kürzere oder kleinere Datei (MP3) geht vielleicht durch.',
};
