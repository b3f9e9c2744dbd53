import type { Words } from '../en/index.js';

export const credits: Words['credits'] = {
  ofTheEvening: 'Nachweise des Abends',
  whatTheyAre:
    'Lieder, die hier am letzten Tag zu einer Begleitung gesungen wurden. Der Server behält die Liste; was nach weniger als zehn Sekunden beendet wurde, steht nicht darin.',
  noneYet: 'Hier wurde noch kein Lied zu einer Begleitung gesungen.',
  by: ({ artist }) => `von ${artist}`,
  licence: ({ licence }) => `Lizenz: ${licence}`,
  source: ({ link }) => `Quelle: ${link}`,
  sungAt: ({ times }) => `Gesungen um ${times}`,
  lookingForThem: 'Die Lieder werden gesucht ...',
  tryAgain: 'Noch einmal',
  print: 'Drucken',
  asAPage: 'Als Seite sichern',
  asText: 'Als Text sichern',
  file: 'nachweise',
};
