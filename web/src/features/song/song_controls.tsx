// Lead, start, stop: whatever one may do now, and nothing else.
import { useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { act } from './commands.js';
import { Presses } from './presses.js';
import { songActions, type SongAction } from './song_actions.js';
import { PlayIcon, StopIcon } from '../../page/parts/icons.js';
import { t } from '../../i18n/words.js';

export function SongControls({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const disabled = !session.connected.value;
  const presses = useRef(new Presses());
  return (
    <div class="song-controls" role="group" aria-label={t.song.theSong} data-keeps-focus>
      {songActions(room, session.song.ending.value).map((action) => (
        <button
          key={action.label}
          type="button"
          class={`${action.weight} large`}
          title={action.title || undefined}
          disabled={disabled}
          onClick={(event) => presses.current.counts(action, event.detail, event.timeStamp) && act(session, action)}
        >
          {sign(action.sign)}
          {action.label}
        </button>
      ))}
    </div>
  );
}

function sign(of: SongAction['sign']): JSX.Element | null {
  if (of === 'play') return <PlayIcon />;
  return of === 'stop' ? <StopIcon /> : null;
}
