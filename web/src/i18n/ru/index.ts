// Russian.
import { calibration } from './calibration.js';
import { carrying } from './carrying.js';
import { chat } from './chat.js';
import { chime } from './chime.js';
import { console } from './console.js';
import { covers } from './covers.js';
import { credits } from './credits.js';
import { device } from './device.js';
import { door } from './door.js';
import { hand } from './hand.js';
import { idle } from './idle.js';
import { language } from './language.js';
import { leaving } from './leaving.js';
import { library } from './library.js';
import { libraryAccount } from './library_account.js';
import { libraryApi } from './library_api.js';
import { libraryFilter } from './library_filter.js';
import { libraryHouse } from './library_house.js';
import { libraryImports } from './library_imports.js';
import { libraryRoom } from './library_room.js';
import { libraryRule } from './library_rule.js';
import { libraryTending } from './library_tending.js';
import { line } from './line.js';
import { live } from './live.js';
import { loudness } from './loudness.js';
import { loudspeaker } from './loudspeaker.js';
import { meeting } from './meeting.js';
import { net } from './net.js';
import { order } from './order.js';
import { ownPart } from './own_part.js';
import { page } from './page.js';
import { parts } from './parts.js';
import { plan } from './plan.js';
import { presentation } from './presentation.js';
import { programme } from './programme.js';
import { programs } from './programs.js';
import { recording } from './recording.js';
import { recordings } from './recordings.js';
import { rooms } from './rooms.js';
import { scores } from './scores.js';
import { server } from './server.js';
import { session } from './session.js';
import { settings } from './settings.js';
import { share } from './share.js';
import { sheets } from './sheets.js';
import { shelves } from './shelves.js';
import { song } from './song.js';
import { sound } from './sound.js';
import { startMuted } from './start_muted.js';
import { tabs } from './tabs.js';
import { theme } from './theme.js';
import { timing } from './timing.js';
import { tracks } from './tracks.js';
import { units } from './units.js';
import { voices } from './voices.js';
import type { Words } from '../en/index.js';

export const words: Words = {
  calibration,
  carrying,
  chat,
  chime,
  console,
  covers,
  credits,
  device,
  door,
  hand,
  idle,
  language,
  leaving,
  library,
  libraryAccount,
  libraryApi,
  libraryFilter,
  libraryHouse,
  libraryImports,
  libraryRoom,
  libraryRule,
  libraryTending,
  line,
  live,
  loudness,
  loudspeaker,
  meeting,
  net,
  order,
  ownPart,
  page,
  parts,
  plan,
  presentation,
  programme,
  programs,
  recording,
  recordings,
  rooms,
  scores,
  server,
  session,
  settings,
  share,
  sheets,
  shelves,
  song,
  sound,
  startMuted,
  tabs,
  theme,
  timing,
  tracks,
  units,
  voices,
};
