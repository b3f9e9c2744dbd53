import type { Words } from '../en/index.js';

export const leaving: Words['leaving'] = {
  youHaveLeftTheRoom: 'Du hast den Raum verlassen',
  thankYouForSinging: 'Danke fürs Mitsingen.',
  goBackIn: 'Wieder eintreten',
  youAreInTheRoom: 'Du bist anderswo im Raum',
  youCameInFromAnother:
    'Du bist von einem anderen Fenster oder Gerät aus eingetreten, darum wurde dieses geschlossen. Mach dort weiter; oder komm hierher zurück, dann schließt sich jenes.',
  comeBackHere: 'Hierher zurück',
  youWereRemovedFromThis: 'Du wurdest aus diesem Raum entfernt',
  itsOrganiserHasRemovedYou:
    'Die Raumleitung hat dich entfernt, und allein kommst du nicht wieder herein. Wenn das ein Versehen war, bitte sie, dich wieder einzulassen; dann versuche es noch einmal.',
  tryAgain: 'Noch einmal',
  thisRoomWasDeleted: 'Dieser Raum wurde gelöscht',
  itsOrganiserHasDeletedIt:
    'Die Raumleitung hat ihn mitsamt seinen Begleitungen gelöscht. Sein Link führt nun nirgends hin. Aufnahmen auf deinem eigenen Gerät bleiben.',
  theServerClosedYourConnection: 'Der Server hat deine Verbindung geschlossen',
  thisPageAndTheServer:
    'Diese Seite und der Server haben einander mehrmals hintereinander nicht verstanden. Lade die Seite neu; wenn es wieder geschieht, aktualisiere den Browser.',
  itReceivedAMessageFrom: 'Er bekam von dieser Seite eine zu große Nachricht. Lade die Seite neu, um wieder einzutreten.',
  toTheFirstPage: 'Zur Startseite',
  theSongIsOnAnd: 'Das Lied läuft, und du leitest es: die anderen würden ohne dich weitersingen. Du kannst das Lied vorher beenden.',
  theSongIsOnThe: 'Das Lied läuft: die Gruppen hinter dir würden dich nicht mehr hören.',
  youAreRecordingTheRecording: 'Du nimmst auf: hier endet die Aufnahme. Was schon da ist, bleibt, und du kannst es herunterladen.',
  leave: 'Gehen',
  leaveInTheMiddleOf: 'Mitten im Lied gehen?',
  leaveNow: 'Jetzt gehen?',
  stay: 'Bleiben',
  leaveNow2: 'Jetzt gehen',
};
