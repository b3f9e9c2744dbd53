import type { Words } from '../en/index.js';

export const recording: Words['recording'] = {
  theRecordingBrokeOffReload: 'Die Aufnahme brach ab. Lade die Seite neu, wenn du kannst; dann wird dir angeboten, was aufgenommen wurde.',
  theRecordingWasAsLong: 'Die Aufnahme war so lang wie möglich und ist zu Ende. Du kannst sie herunterladen und eine neue beginnen.',
  thereIsNoRoomLeft: 'Auf der Festplatte dieses Computers ist für den Browser kein Platz mehr: hier endete die Aufnahme.',
  thereIsTooLittleRoom: 'Auf der Festplatte dieses Computers ist zu wenig Platz für eine Aufnahme.',
  downloadThemBeforeYouClose: 'Lade sie herunter, bevor du diese Seite schließt: dieser Browser kann sie nicht behalten.',
  thisBrowserKeepsThemUntil: 'Dieser Browser behält sie, bis du sie löschst; sonst hat sie niemand.',
  deleteForGood: 'Endgültig löschen',
  deleteWord: 'Löschen',
  recordWhatIHear: 'Aufnehmen, was ich höre',
  thisBrowserCannotKeepIt:
    'Dieser Browser kann sie nicht behalten: mehr als eine halbe Stunde geht nicht, und du musst sie herunterladen, bevor du gehst.',
  yourRecordings: 'Deine Aufnahmen',
  download: 'Herunterladen',
  stopRecording: 'Aufnahme beenden',
};
