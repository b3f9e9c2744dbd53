// Lead, start, stop: whatever one may do now, and nothing else.
import type { JSX } from 'preact';
import type { RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { act } from './commands.js';
import { songActions, type SongAction } from './song_actions.js';
import { PlayIcon, StopIcon } from '../../page/parts/icons.js';

export function SongControls({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const disabled = !session.connected.value;
  return (
    <div class="song-controls" role="group" aria-label="The song" data-keeps-focus>
      {songActions(room, session.song.ending.value).map((action) => (
        <button
          key={action.label}
          type="button"
          class={`${action.weight} large`}
          title={action.title || undefined}
          disabled={disabled}
          // The second click of a double one would hit what has taken the first one's place: Stop where Start was.
          onClick={(event) => event.detail <= 1 && act(session, action)}
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
