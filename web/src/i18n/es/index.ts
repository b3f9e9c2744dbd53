// Spanish.
import { chat } from './chat.js';
import { door } from './door.js';
import { hand } from './hand.js';
import { idle } from './idle.js';
import { language } from './language.js';
import { line } from './line.js';
import { net } from './net.js';
import { page } from './page.js';
import { parts } from './parts.js';
import { recordings } from './recordings.js';
import { session } from './session.js';
import { share } from './share.js';
import { song } from './song.js';
import { theme } from './theme.js';
import { en } from '../en/index.js';
import type { Words } from '../en/index.js';

export const words: Words = {
  ...en,
  chat,
  door,
  hand,
  idle,
  language,
  line,
  net,
  page,
  parts,
  recordings,
  session,
  share,
  song,
  theme,
};
