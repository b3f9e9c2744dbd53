// What came of a programme that was brought, and from which rooms one can be copied.
import { t } from '../../i18n/words.js';
import type { Brought, BroughtProblem } from '../../net/programme.js';
import { remembered } from '../../state/storage.js';

export function broughtSentences({ songs, problems }: Brought): string[] {
  return [t.carrying.songsCame({ songs }), ...problems.map(problemSentence)];
}

function problemSentence({ code, name, message }: BroughtProblem): string {
  switch (code) {
    case 'track_unreadable':
      return t.carrying.trackUnreadable({ name });
    case 'score_unreadable':
      return t.carrying.scoreUnreadable({ name });
    case 'words_unreadable':
      return t.carrying.wordsUnreadable({ name });
    case 'too_many_tracks':
      return t.carrying.tooManyTracks({ name });
    case 'too_many_scores':
      return t.carrying.tooManyScores({ name });
    case 'too_many_words':
      return t.carrying.tooManyWords({ name });
    case 'programme_full':
      return t.carrying.programmeFull({ name });
    default:
      return message;
  }
}

export interface RoomToCopyFrom {
  room: string;
  name: string;
  /** The organiser's. */
  key: string;
}

/** The other rooms whose organiser's key this browser has, the last used first. */
export function roomsToCopyFrom(here: string): RoomToCopyFrom[] {
  return remembered.rooms.flatMap(({ room, name }) => {
    const key = room === here ? null : remembered.key(room);
    return key === null ? [] : [{ room, name: name === '' ? room : name, key }];
  });
}

/** Without what systems do not take in names of files. */
export function fileNameOf(room: string): string {
  const name = room
    .replace(/["*/:<>?\\|%\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${name === '' ? 'Roundelay' : name}.zip`;
}
