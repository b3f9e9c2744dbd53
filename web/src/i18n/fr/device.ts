import type { Words } from '../en/index.js';

export const device: Words['device'] = {
  pressTheThreeDotsAt: 'Appuyez sur les trois points en haut à droite, puis « Ouvrir dans un navigateur externe ».',
  pressTheThreeDotsAt2: 'Appuyez sur les trois points en haut à droite, puis « Ouvrir dans le navigateur ».',
  pressTheThreeDotsAt3: 'Appuyez sur les trois points en haut à droite, puis « Ouvrir dans Chrome » ou « Ouvrir dans le navigateur ».',
  pressTheCompassAtThe: 'Appuyez sur la boussole en bas à droite, ou sur les trois points, puis « Ouvrir dans Safari ».',
  lookForThreeDotsAn: 'Cherchez au bord de l’écran trois points, une flèche ou une boussole, et là « Ouvrir dans le navigateur ».',
  pressTheThreeDotsAt4: 'Appuyez sur les trois points en bas ou en haut à droite, puis « Ouvrir dans un navigateur externe ».',
  pressTheThreeDotsAt5: 'Appuyez sur les trois points en bas à droite, puis « Ouvrir dans un navigateur externe ».',
  pressTheThreeDotsAt6:
    'Appuyez sur les trois points en bas ou en haut à droite, puis « Ouvrir dans une autre app » ou « Ouvrir dans le navigateur par défaut ».',
  pressTheThreeDotsAt7: 'Appuyez sur les trois points en haut ou en bas à droite, puis « Ouvrir dans le navigateur ».',
  pressTheSignForSharing: 'Appuyez sur le signe de partage en bas, puis « Ouvrir dans Safari ».',
  pressTheThreeDotsOr: 'Appuyez sur les trois points ou le signe de partage en bas à droite, puis « Ouvrir dans un autre navigateur ».',
  theBrowserWithin: ({ value }) => `le navigateur intégré à ${value}`,
  orCopyTheLinkOpen: ({ browser }) => `Ou copiez le lien, ouvrez ${browser}, et collez-le à la place de l’adresse.`,
  pressTheSignLeftOf: 'Appuyez sur le signe à gauche de l’adresse (deux curseurs, ou un cadenas) et activez « Microphone ».',
  pressTheLockLeftOf: 'Appuyez sur le cadenas à gauche de l’adresse et mettez « Microphone » sur « Autoriser ».',
  pressTheCrossedOutMicrophone: 'Appuyez sur le microphone barré (ou le cadenas) à gauche de l’adresse et levez le blocage avec son ×.',
  chooseSettingsForThisWebsite: 'Choisissez « Réglages pour ce site web » dans le menu « Safari », et mettez « Micro » sur « Autoriser ».',
  pressTheSmallLockOr: 'Appuyez sur le petit cadenas ou microphone près de l’adresse et autorisez le microphone.',
  pressTheSignLeftOf2: 'Appuyez sur le signe à gauche de l’adresse, puis « Autorisations », et autorisez le microphone.',
  pressTheLockLeftOf2: 'Appuyez sur le cadenas à gauche de l’adresse, puis « Autorisations », et autorisez le microphone.',
  pressTheLockInThe: 'Appuyez sur le cadenas dans l’adresse, puis « Autorisations », et autorisez le microphone.',
  pressTheLockOrShield: 'Appuyez sur le cadenas ou le bouclier à gauche de l’adresse, puis « Microphone », jusqu’à ce qu’il soit autorisé.',
  pressTheSmallLockBeside: 'Appuyez sur le petit cadenas près de l’adresse, cherchez les autorisations, et autorisez le microphone.',
  pressTheSignAtThe:
    'Appuyez au bout de l’adresse sur le signe du menu de la page (« AA » ou des traits), puis « … » s’il y en a un et « Réglages du site web », et mettez « Micro » sur « Autoriser ».',
  loadThePageAgainAnd: 'Rechargez la page, et autorisez le microphone quand on vous le demande.',
  inTheSettingsOfWindows:
    'Dans les paramètres de Windows, ouvrez « Confidentialité et sécurité », « Microphone » ; activez « Accès au microphone » et « Autoriser les applications de bureau à accéder à votre microphone ».',
  inTheSystemSettingsOpen: ({ name }) =>
    `Dans les réglages du système, ouvrez « Confidentialité et sécurité », « Microphone » ; activez ${name}, puis quittez ${name} et relancez.`,
  inTheSettingsOpenPrivacy:
    'Dans les paramètres, ouvrez « Sécurité et confidentialité », « Commandes de confidentialité », et activez le microphone.',
  inTheSettingsOfThe: ({ name }) =>
    `Dans les paramètres du téléphone, ouvrez « Applications », ${name}, « Autorisations », et autorisez le microphone ; regardez aussi si « Accès au micro » n’est pas coupé dans les réglages rapides.`,
  lookInTheSettingsOf:
    'Regardez dans les réglages de votre système sous « Confidentialité » ; un navigateur venu de Flatpak ou de Snap y a besoin de l’autorisation pour le son.',
  lookInThePrivacySettings: 'Regardez dans les réglages de confidentialité de votre appareil si ce navigateur peut utiliser le microphone.',
  pressTheKeyWithThe:
    'Appuyez sur la touche au microphone barré (souvent F4) ou sur le bouton du casque ; ou regardez dans les paramètres de Windows sous « Système », « Son ».',
  pressTheMuteKeyOf: 'Appuyez sur la touche de coupure du casque ; ou ouvrez « Son », « Entrée » dans les réglages du système et montez le volume.',
  pressTheKeyWithThe2:
    'Appuyez sur la touche au microphone barré, ou sur un bouton du casque ; ou regardez sous « Son », « Entrée » dans les paramètres.',
  pressTheKeyWithThe3: 'Appuyez sur la touche au microphone barré, ou ouvrez les réglages rapides en bas à droite et activez le microphone.',
  endACallIfThere: 'Terminez un appel s’il y en a un ; tirez les réglages rapides et regardez si « Accès au micro » est activé.',
  endACallIfThere2: 'Terminez un appel s’il y en a un, et fermez les autres apps qui enregistrent ou parlent.',
  lookAtTheMuteKey: 'Regardez la touche de coupure du microphone, et les réglages du son de votre appareil.',
  closeOtherProgramsThatUse:
    'Fermez les autres programmes qui l’utilisent (appels, enregistreurs), aussi dans la barre en bas à droite. S’il n’y en a pas, Windows le retient peut-être : regardez sous « Confidentialité et sécurité », « Microphone ».',
  endCallsAndCloseOther: 'Terminez les appels, et fermez les autres apps qui enregistrent ou parlent.',
  closeOtherProgramsAndPages: 'Fermez les autres programmes et pages qui l’utilisent (appels, enregistreurs).',
  inTheSettingsOfWindows2:
    'Dans les paramètres de Windows, ouvrez « Système », « Son », puis votre haut-parleur et votre microphone, et choisissez un format de 48000 Hz pour les deux ; ou prenez Chrome ou Edge.',
  openTheProgramAudioMidi:
    'Ouvrez le programme « Configuration audio et MIDI » et mettez haut-parleur et microphone à 48 000 Hz ; ou prenez Chrome ou Edge.',
  setTheSoundOfYour: 'Mettez le son de votre système à 48000 Hz, ou prenez Chrome ou Chromium.',
  pullOutTheHeadsetOr: 'Débranchez le casque, ou prenez-en un autre.',
  useAnotherMicrophoneOrChrome: 'Prenez un autre microphone, ou Chrome.',
  pullOutTheHeadsetIf: 'Débranchez le casque s’il y en a un : le téléphone a son propre microphone.',
  ifItIsPluggedIn: ' S’il est branché : Windows l’a peut-être désactivé, sous « Système », « Son », « Tous les périphériques audio ».',
  ifItIsPluggedIn2: ({ systemPermissionWay }) => ` S’il est branché : le Mac le retient peut-être. ${systemPermissionWay}`,
  plugOneIn: ({ value }) => `Branchez-en un.${value}`,
  anotherBrowserOnThisIphone:
    'Un autre navigateur sur cet iPhone ou iPad n’y change rien : au fond, ils sont tous pareils. Passez à iOS 26 ou plus récent (Réglages, Général, Mise à jour logicielle), ou prenez un ordinateur ou un téléphone Android.',
  updateMacosAndWithIt: 'Mettez à jour macOS et avec lui Safari (26 ou plus récent), ou prenez Chrome, Edge ou Firefox sur ce Mac.',
  useACurrentChromeEdge: 'Prenez sur ce Mac un Chrome, Edge ou Firefox récent.',
  updateThisBrowserInThe: 'Mettez ce navigateur à jour dans le Play Store, ou prenez un ordinateur.',
  useACurrentChromeOr: 'Prenez sur ce téléphone un Chrome ou Edge récent.',
  useACurrentChromeEdge2: 'Prenez sur cet ordinateur un Chrome, Edge ou Firefox récent.',
  bestWithHeadphonesOnA: 'De préférence avec un casque filaire.',
  bestWithHeadphonesOnA2: 'De préférence avec un casque filaire, et dans Chrome ou Edge.',
  thenTryAgainOrChoose: 'Ensuite, réessayez, ou choisissez « Seulement écouter ».',
  doesNotGiveTheMicrophone: ({ capital, way }) => `${capital} ne donne pas le microphone à cette page. ${way} Ou choisissez « Seulement écouter ».`,
  theBrowserDoesNotLet: ({ permissionWay, again }) => `Le navigateur ne laisse pas cette page utiliser le microphone. ${permissionWay} ${again}`,
  theMicrophoneWasNotAllowed: ({ lower }) =>
    `Le microphone n’a pas été autorisé cette fois. Réessayez, et appuyez sur « Autoriser » quand votre navigateur le demande. S’il ne demande rien : ${lower}`,
  yourDeviceDoesNotLet: ({ systemPermissionWay, again }) =>
    `Votre appareil ne laisse pas ce navigateur utiliser le microphone. ${systemPermissionWay} ${again}`,
  noMicrophoneWasFound: ({ plugWay, again }) => `Aucun microphone trouvé. ${plugWay} ${again}`,
  theMicrophoneIsThereBut: ({ freeWay, again }) => `Le microphone est là mais ne répond pas. ${freeWay} ${again}`,
  theMicrophoneCouldNotBe: ({ rateWay, again }) =>
    `Le microphone n’a pas pu être ouvert : ce navigateur ne peut l’utiliser à sa fréquence. ${rateWay} ${again}`,
  theMicrophoneCouldNotBe2:
    'Le microphone n’a pas pu être ouvert. Débranchez-le et rebranchez-le, ou rechargez cette page ; ou choisissez « Seulement écouter ».',
  isMutedOutsideOfThis: ({ unmuteWay }) => `est coupé en dehors de cette page. ${unmuteWay}`,
  comesFromYourMicrophoneIs: ({ unmuteWay }) => `ne vient de votre microphone. Est-il branché ? ${unmuteWay}`,
  thePhonesOwn: 'celui du téléphone',
  theComputersOwn: 'celui de l’ordinateur',
  thisMicrophoneSoundsLikeA: ({ round, own }) =>
    `Ce microphone sonne comme un téléphone (${round} kHz) : c’est le cas des casques Bluetooth dès que leur microphone sert. Choisissez-en un autre (${own}, ou un filaire), de préférence avec un casque filaire.`,
  echoCancellation: 'suppression de l’écho',
  noiseSuppression: 'suppression du bruit',
  automaticLevel: 'niveau automatique',
  yourDeviceWorksOnYour: ({ list, way }) =>
    `Votre appareil modifie votre voix, bien que cette page lui ait demandé de ne pas le faire (${list}) : de longues notes seront peut-être avalées. ${way}`,
  inTheSettingsOfWindows3: 'Dans les paramètres de Windows, ouvrez « Système », « Son », votre microphone, et désactivez « Améliorations audio ».',
  inTheMenuBarOpen:
    'Dans la barre des menus, ouvrez le centre de contrôle, « Mode micro », et choisissez « Standard » ; ou prenez un autre microphone.',
  openTheControlCentreMic: 'Ouvrez le centre de contrôle, « Mode micro », et choisissez « Standard » ; ou prenez un casque filaire avec micro.',
  anotherMicrophoneBestOnA: 'Un autre microphone, de préférence filaire, peut aider.',
  inTheSettingsOfWindows4: 'Dans les paramètres de Windows, ouvrez « Accessibilité », « Audio », et désactivez « Audio mono ».',
  inTheSystemSettingsOpen2: 'Dans les réglages du système, ouvrez « Accessibilité », « Audio », et désactivez « Lire l’audio stéréo en mono ».',
  inTheSettingsOfThe2:
    'Dans les paramètres du téléphone, ouvrez « Accessibilité », et regardez si « Audio mono » est désactivé et la balance au milieu.',
  inSettingsOpenAccessibilityAudio:
    'Dans Réglages, ouvrez « Accessibilité », « Audio et visuel », et regardez si « Audio mono » est désactivé et la balance au milieu.',
  inTheSettingsOpenAccessibility: 'Dans les paramètres, ouvrez « Accessibilité », « Audio et sous-titres », et désactivez « Lire en audio mono ».',
  lookInTheSoundSettings: 'Regardez dans les réglages du son de votre appareil si la balance est au milieu et si rien n’indique « mono ».',
  pressTheLoudspeakerAtThe: 'Appuyez sur le haut-parleur en bas à droite de l’écran : choisissez-y votre casque, et montez le son.',
  pressTheSignForSound: 'Appuyez sur le signe du son dans la barre des menus : choisissez-y votre casque, et montez le son.',
  makeItLouderWithThe: 'Montez le son avec les touches sur le côté, et regardez si le casque est branché ou connecté.',
  makeItLouderWithThe2:
    'Montez le son avec les touches sur le côté, et regardez dans le centre de contrôle si le son va au casque ; sans casque, le mode silencieux doit être coupé.',
  lookInTheSoundSettings2: 'Regardez dans les réglages du son de votre appareil : choisissez-y votre casque, et montez le son.',
  goodYourHeadphonesAreRight: 'Bien : votre casque est dans le bon sens.',
  wasItTheWrongWay: ({ value }) =>
    `Était-ce à l’envers ? Retournez le casque. D’un seul côté, ou des deux à la fois ? Enfoncez bien la fiche. ${value} Vous pouvez aussi chanter comme ça.`,
  thenPlayItAgain: ({ value }) => `${value} Puis réécoutez.`,
  inSettingsOpenApps: ({ name }) => `Dans Réglages, ouvrez « Apps », puis ${name}, et activez « Micro ».`,
  yourBrowser: 'votre navigateur',
  anotherApp: 'une autre app',
  thisBrowser: 'ce navigateur',
};
