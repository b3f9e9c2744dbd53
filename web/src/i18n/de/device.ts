import type { Words } from '../en/index.js';

export const device: Words['device'] = {
  pressTheThreeDotsAt: 'Drücke oben rechts die drei Punkte, dann „In externem Browser öffnen“.',
  pressTheThreeDotsAt2: 'Drücke oben rechts die drei Punkte, dann „Im Browser öffnen“.',
  pressTheThreeDotsAt3: 'Drücke oben rechts die drei Punkte, dann „In Chrome öffnen“ oder „Im Browser öffnen“.',
  pressTheCompassAtThe: 'Drücke unten rechts den Kompass oder die drei Punkte, dann „In Safari öffnen“.',
  lookForThreeDotsAn: 'Suche am Rand des Bildschirms drei Punkte, einen Pfeil oder einen Kompass, und dort „Im Browser öffnen“.',
  pressTheThreeDotsAt4: 'Drücke unten oder oben rechts die drei Punkte, dann „In externem Browser öffnen“.',
  pressTheThreeDotsAt5: 'Drücke unten rechts die drei Punkte, dann „In externem Browser öffnen“.',
  pressTheThreeDotsAt6: 'Drücke unten oder oben rechts die drei Punkte, dann „In anderer App öffnen“ oder „Im Standardbrowser öffnen“.',
  pressTheThreeDotsAt7: 'Drücke oben oder unten rechts die drei Punkte, dann „Im Browser öffnen“.',
  pressTheSignForSharing: 'Drücke unten das Zeichen zum Teilen, dann „In Safari öffnen“.',
  pressTheThreeDotsOr: 'Drücke unten rechts die drei Punkte oder das Zeichen zum Teilen, dann „In anderem Browser öffnen“.',
  theBrowserWithin: ({ value }) => `im Browser von ${value}`,
  orCopyTheLinkOpen: ({ browser }) => `Oder kopiere den Link, öffne ${browser} und füge ihn dort ein, wo die Adresse steht.`,
  pressTheSignLeftOf: 'Drücke links neben der Adresse das Zeichen (zwei Regler oder ein Schloss) und schalte „Mikrofon“ ein.',
  pressTheLockLeftOf: 'Drücke links neben der Adresse das Schloss und stelle „Mikrofon“ auf „Zulassen“.',
  pressTheCrossedOutMicrophone: 'Drücke links neben der Adresse das durchgestrichene Mikrofon (oder das Schloss) und hebe die Sperre mit dem × auf.',
  chooseSettingsForThisWebsite: 'Wähle im Menü „Safari“ „Einstellungen für diese Website“ und stelle „Mikrofon“ auf „Erlauben“.',
  pressTheSmallLockOr: 'Drücke neben der Adresse das kleine Schloss oder Mikrofon und erlaube das Mikrofon.',
  pressTheSignLeftOf2: 'Drücke links neben der Adresse das Zeichen, dann „Berechtigungen“, und erlaube das Mikrofon.',
  pressTheLockLeftOf2: 'Drücke links neben der Adresse das Schloss, dann „Berechtigungen“, und erlaube das Mikrofon.',
  pressTheLockInThe: 'Drücke in der Adresse das Schloss, dann „Berechtigungen“, und erlaube das Mikrofon.',
  pressTheLockOrShield: 'Drücke links neben der Adresse das Schloss oder den Schild, dann „Mikrofon“, bis es erlaubt ist.',
  pressTheSmallLockBeside: 'Drücke neben der Adresse das kleine Schloss, suche die Berechtigungen und erlaube das Mikrofon.',
  pressTheSignAtThe:
    'Drücke am Ende der Adresse das Zeichen für das Menü der Seite („AA“ oder Striche), dann „…“, falls es das gibt, und „Website-Einstellungen“, und stelle „Mikrofon“ auf „Erlauben“.',
  loadThePageAgainAnd: 'Lade die Seite neu und erlaube das Mikrofon, wenn du gefragt wirst.',
  inTheSettingsOfWindows:
    'Öffne in den Einstellungen von Windows „Datenschutz und Sicherheit“, „Mikrofon“; schalte „Mikrofonzugriff“ und „Desktop-Apps den Zugriff auf das Mikrofon erlauben“ ein.',
  inTheSystemSettingsOpen: ({ name }) =>
    `Öffne in den Systemeinstellungen „Datenschutz & Sicherheit“, „Mikrofon“; schalte ${name} ein, beende ${name} und starte neu.`,
  inTheSettingsOpenPrivacy: 'Öffne in den Einstellungen „Datenschutz und Sicherheit“, „Datenschutzeinstellungen“ und schalte das Mikrofon ein.',
  inTheSettingsOfThe: ({ name }) =>
    `Öffne in den Einstellungen des Telefons „Apps“, ${name}, „Berechtigungen“ und erlaube das Mikrofon; sieh auch nach, ob in den Schnelleinstellungen „Mikrofonzugriff“ aus ist.`,
  lookInTheSettingsOf:
    'Sieh in den Einstellungen deines Systems unter „Datenschutz“ nach; ein Browser aus Flatpak oder Snap braucht dort die Erlaubnis für Ton.',
  lookInThePrivacySettings: 'Sieh in den Datenschutzeinstellungen deines Geräts nach, ob dieser Browser das Mikrofon benutzen darf.',
  pressTheKeyWithThe:
    'Drücke die Taste mit dem durchgestrichenen Mikrofon (oft F4) oder den Schalter am Headset; oder sieh in den Einstellungen von Windows unter „System“, „Sound“ nach.',
  pressTheMuteKeyOf: 'Drücke die Stummtaste des Headsets; oder öffne in den Systemeinstellungen „Ton“, „Eingabe“ und stelle dort lauter.',
  pressTheKeyWithThe2:
    'Drücke die Taste mit dem durchgestrichenen Mikrofon oder den Schalter am Headset; oder sieh in den Einstellungen unter „Klang“, „Eingabe“ nach.',
  pressTheKeyWithThe3:
    'Drücke die Taste mit dem durchgestrichenen Mikrofon, oder öffne unten rechts die Schnelleinstellungen und schalte das Mikrofon ein.',
  endACallIfThere: 'Beende ein Telefonat, falls eines läuft; ziehe die Schnelleinstellungen herunter und sieh nach, ob „Mikrofonzugriff“ an ist.',
  endACallIfThere2: 'Beende ein Telefonat, falls eines läuft, und schließe andere Apps, die aufnehmen oder sprechen.',
  lookAtTheMuteKey: 'Sieh nach der Stummtaste oder dem Schalter des Mikrofons und in den Toneinstellungen deines Geräts.',
  closeOtherProgramsThatUse:
    'Schließe andere Programme, die es benutzen (Anrufe, Rekorder), auch in der Leiste unten rechts. Ist da keines, hält Windows es vielleicht zurück: sieh unter „Datenschutz und Sicherheit“, „Mikrofon“ nach.',
  endCallsAndCloseOther: 'Beende Telefonate und schließe andere Apps, die aufnehmen oder sprechen.',
  closeOtherProgramsAndPages: 'Schließe andere Programme und Seiten, die es benutzen (Anrufe, Rekorder).',
  inTheSettingsOfWindows2:
    'Öffne in den Einstellungen von Windows „System“, „Sound“, dann deinen Lautsprecher und dein Mikrofon, und wähle für beide ein Format mit 48000 Hz; oder nimm Chrome oder Edge.',
  openTheProgramAudioMidi: 'Öffne das Programm „Audio-MIDI-Setup“ und stelle Lautsprecher und Mikrofon auf 48.000 Hz; oder nimm Chrome oder Edge.',
  setTheSoundOfYour: 'Stelle den Ton deines Systems auf 48000 Hz, oder nimm Chrome oder Chromium.',
  pullOutTheHeadsetOr: 'Ziehe das Headset ab, oder nimm ein anderes.',
  useAnotherMicrophoneOrChrome: 'Nimm ein anderes Mikrofon, oder Chrome.',
  pullOutTheHeadsetIf: 'Ziehe das Headset ab, falls eines steckt: das Telefon hat ein eigenes Mikrofon.',
  ifItIsPluggedIn: ' Ist es eingesteckt, hat Windows es vielleicht abgeschaltet: unter „System“, „Sound“, „Alle Soundgeräte“.',
  ifItIsPluggedIn2: ({ systemPermissionWay }) => ` Ist es eingesteckt, hält der Mac es vielleicht zurück. ${systemPermissionWay}`,
  plugOneIn: ({ value }) => `Stecke eines ein.${value}`,
  anotherBrowserOnThisIphone:
    'Ein anderer Browser auf diesem iPhone oder iPad hilft nicht: innen sind alle gleich. Aktualisiere es auf iOS 26 oder neuer (Einstellungen, Allgemein, Softwareupdate), oder nimm einen Computer oder ein Android-Telefon.',
  updateMacosAndWithIt: 'Aktualisiere macOS und damit Safari (26 oder neuer), oder nimm auf diesem Mac Chrome, Edge oder Firefox.',
  useACurrentChromeEdge: 'Nimm auf diesem Mac ein aktuelles Chrome, Edge oder Firefox.',
  updateThisBrowserInThe: 'Aktualisiere diesen Browser im Play Store, oder nimm einen Computer.',
  useACurrentChromeOr: 'Nimm auf diesem Telefon ein aktuelles Chrome oder Edge.',
  useACurrentChromeEdge2: 'Nimm auf diesem Computer ein aktuelles Chrome, Edge oder Firefox.',
  bestWithHeadphonesOnA: 'Am besten mit Kopfhörern am Kabel.',
  bestWithHeadphonesOnA2: 'Am besten mit Kopfhörern am Kabel, und in Chrome oder Edge.',
  thenTryAgainOrChoose: 'Dann versuche es noch einmal, oder wähle „Nur zuhören“.',
  doesNotGiveTheMicrophone: ({ capital, way }) => `${capital} bekommt diese Seite das Mikrofon nicht. ${way} Oder wähle „Nur zuhören“.`,
  theBrowserDoesNotLet: ({ permissionWay, again }) => `Der Browser lässt diese Seite nicht ans Mikrofon. ${permissionWay} ${again}`,
  theMicrophoneWasNotAllowed: ({ lower }) =>
    `Das Mikrofon wurde diesmal nicht erlaubt. Versuche es noch einmal und drücke „Zulassen“, wenn dein Browser fragt. Fragt er nicht: ${lower}`,
  yourDeviceDoesNotLet: ({ systemPermissionWay, again }) => `Dein Gerät lässt diesen Browser nicht ans Mikrofon. ${systemPermissionWay} ${again}`,
  noMicrophoneWasFound: ({ plugWay, again }) => `Kein Mikrofon gefunden. ${plugWay} ${again}`,
  theMicrophoneIsThereBut: ({ freeWay, again }) => `Das Mikrofon ist da, antwortet aber nicht. ${freeWay} ${again}`,
  theMicrophoneCouldNotBe: ({ rateWay, again }) =>
    `Das Mikrofon ließ sich nicht öffnen: dieser Browser kommt mit seiner Abtastrate nicht zurecht. ${rateWay} ${again}`,
  theMicrophoneCouldNotBe2:
    'Das Mikrofon ließ sich nicht öffnen. Ziehe es ab und stecke es wieder ein, oder lade diese Seite neu; oder wähle „Nur zuhören“.',
  isMutedOutsideOfThis: ({ unmuteWay }) => `ist außerhalb dieser Seite stumm geschaltet. ${unmuteWay}`,
  comesFromYourMicrophoneIs: ({ unmuteWay }) => `kommt aus deinem Mikrofon. Ist es eingesteckt? ${unmuteWay}`,
  thePhonesOwn: 'das des Telefons',
  theComputersOwn: 'das des Computers',
  thisMicrophoneSoundsLikeA: ({ round, own }) =>
    `Dieses Mikrofon klingt wie ein Telefon (${round} kHz): das tun Bluetooth-Headsets, sobald ihr Mikrofon benutzt wird. Wähle ein anderes (${own} oder eines mit Kabel), am besten mit Kopfhörern am Kabel.`,
  echoCancellation: 'Echounterdrückung',
  noiseSuppression: 'Rauschunterdrückung',
  automaticLevel: 'automatischer Pegel',
  yourDeviceWorksOnYour: ({ list, way }) =>
    `Dein Gerät bearbeitet deine Stimme, obwohl diese Seite darum bat, es zu lassen (${list}): lange Töne werden vielleicht verschluckt. ${way}`,
  inTheSettingsOfWindows3: 'Öffne in den Einstellungen von Windows „System“, „Sound“, dein Mikrofon, und schalte „Audioverbesserungen“ aus.',
  inTheMenuBarOpen: 'Öffne in der Menüleiste das Kontrollzentrum, „Mikrofonmodus“, und wähle „Standard“; oder nimm ein anderes Mikrofon.',
  openTheControlCentreMic: 'Öffne das Kontrollzentrum, „Mikrofonmodus“, und wähle „Standard“; oder nimm Kopfhörer mit einem Mikrofon am Kabel.',
  anotherMicrophoneBestOnA: 'Vielleicht hilft ein anderes Mikrofon, am besten mit Kabel.',
  inTheSettingsOfWindows4: 'Öffne in den Einstellungen von Windows „Barrierefreiheit“, „Audio“, und schalte „Monoaudio“ aus.',
  inTheSystemSettingsOpen2: 'Öffne in den Systemeinstellungen „Bedienungshilfen“, „Audio“, und schalte „Stereo-Audio als Mono wiedergeben“ aus.',
  inTheSettingsOfThe2:
    'Öffne in den Einstellungen des Telefons „Bedienungshilfen“ und sieh nach, ob „Mono-Audio“ aus und die Balance in der Mitte ist.',
  inSettingsOpenAccessibilityAudio:
    'Öffne in den Einstellungen „Bedienungshilfen“, „Audio & Visuell“ und sieh nach, ob „Mono-Audio“ aus und die Balance in der Mitte ist.',
  inTheSettingsOpenAccessibility: 'Öffne in den Einstellungen „Bedienungshilfen“, „Audio und Untertitel“, und schalte „Mono-Audio wiedergeben“ aus.',
  lookInTheSoundSettings: 'Sieh in den Toneinstellungen deines Geräts nach, ob die Balance in der Mitte steht und nirgends „Mono“ steht.',
  pressTheLoudspeakerAtThe: 'Drücke unten rechts auf den Lautsprecher: wähle dort deine Kopfhörer und stelle lauter.',
  pressTheSignForSound: 'Drücke in der Menüleiste das Zeichen für Ton: wähle dort deine Kopfhörer und stelle lauter.',
  makeItLouderWithThe: 'Stelle mit den Tasten an der Seite lauter und sieh nach, ob die Kopfhörer eingesteckt oder verbunden sind.',
  makeItLouderWithThe2:
    'Stelle mit den Tasten an der Seite lauter und sieh im Kontrollzentrum nach, ob der Ton zu deinen Kopfhörern geht; ohne Kopfhörer muss der Stummmodus aus sein.',
  lookInTheSoundSettings2: 'Sieh in den Toneinstellungen deines Geräts nach: wähle dort deine Kopfhörer und stelle lauter.',
  goodYourHeadphonesAreRight: 'Gut: deine Kopfhörer sitzen richtig.',
  wasItTheWrongWay: ({ value }) =>
    `War es andersherum? Drehe sie um. Nur auf einer Seite, oder auf beiden zugleich? Stecke den Stecker ganz hinein. ${value} Singen kannst du auch so.`,
  thenPlayItAgain: ({ value }) => `${value} Dann spiele es noch einmal ab.`,
  inSettingsOpenApps: ({ name }) => `Öffne in den Einstellungen „Apps“, dann ${name}, und schalte „Mikrofon“ ein.`,
  yourBrowser: 'deinen Browser',
  anotherApp: 'einer anderen App',
  thisBrowser: 'diesen Browser',
};
