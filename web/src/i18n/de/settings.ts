import type { Words } from '../en/index.js';

export const settings: Words['settings'] = {
  aSongIsOnYou: 'Ein Lied läuft. Gruppen und Zeit kannst du ändern, wenn es vorbei ist.',
  settingsOfTheRoom: 'Einstellungen des Raums',
  timeFromOneGroupTo: 'Zeit von Gruppe zu Gruppe',
  automatic: 'Automatisch',
  chosenAtEachSongsStart:
    'Wird beim Beginn jedes Lieds gewählt, so kurz, wie alle Verbindungen es erlauben. Langsame Verbindungen singen in der letzten Gruppe.',
  byHand: 'Von Hand',
  theSameForEverySong: 'Für jedes Lied gleich: eine Sekunde geht fast überall.',
  timeBetweenGroups: 'Zeit zwischen den Gruppen',
  groups: 'Gruppen',
  withMoreGroupsTheLast: 'Mit mehr Gruppen hört die letzte mehr Stimmen, wartet aber länger.',
  automaticLevel: 'Automatischer Pegel',
  theMorePeopleSingThe: 'Je mehr singen, desto leiser wird jede Stimme, damit alle zusammen nie zu laut werden.',
};
