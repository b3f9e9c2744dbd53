// Lead, start, stop: whatever one may do now, and nothing else.
import type { JSX } from 'preact';
import { yourself, type RoomState } from '../state/room.js';
import type { Session } from '../state/session.js';
import { PlayIcon, StopIcon } from './icons.js';

export function SongControls({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const you = yourself(room);
  const leading = room.leader === you.id;
  const playing = room.song.state === 'playing';
  const ending = session.ending.value;
  const disabled = !session.connected.value;
  return (
    <div class="song-controls" role="group" aria-label="The song" data-keeps-focus>
      {!playing && leading && (
        <button type="button" class="primary large" disabled={disabled} onClick={() => session.send({ type: 'start' })}>
          <PlayIcon />
          Start the song
        </button>
      )}
      {!playing && !leading && you.role === 'singer' && (
        <button
          type="button"
          class={room.leader === null ? 'primary large' : 'secondary large'}
          disabled={disabled}
          onClick={() => session.send({ type: 'lead' })}
        >
          {room.leader === null ? 'Lead a song' : 'Take the lead'}
        </button>
      )}
      {playing && leading && !ending && (
        <button type="button" class="primary large" title="The others still hear the end" disabled={disabled} onClick={() => session.send({ type: 'stop' })}>
          <StopIcon />
          Stop: that was the end
        </button>
      )}
      {playing && room.organiser && (
        <button type="button" class="secondary large" disabled={disabled} onClick={() => session.send({ type: 'stop', now: true })}>
          <StopIcon />
          Stop for all at once
        </button>
      )}
    </div>
  );
}
