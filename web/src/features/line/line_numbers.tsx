// The expert's numbers of the line, one press away: how far apart the groups are, and one's own loop time.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { offsetText, orderText, secondsOfBlocks } from './placement.js';
import { choosesLater, loopText, timeTravelText } from './time_travel.js';
import { bucketAt } from '../../units.js';
import type { RoomState } from '../../state/room.js';
import { t } from '../../i18n/words.js';

export function LineNumbers({ room }: { room: RoomState }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="quiet line-times" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t.line.times}
      </button>
      {open && <Numbers room={room} />}
    </>
  );
}

function Numbers({ room }: { room: RoomState }): JSX.Element {
  const { offsets, buckets } = room.settings;
  const own = loopText(room);
  return (
    <div class="line-numbers">
      <p>{timeTravelText(room)}</p>
      <ol>
        {offsets.slice(0, buckets).map((offset, i) => (
          <li key={i}>
            <span>{t.line.group({ group: bucketAt(i) })}</span>{' '}
            {choosesLater(room) ? orderText(bucketAt(i)) : offsetText(secondsOfBlocks(offset), bucketAt(i))}
          </li>
        ))}
      </ol>
      {own !== null && <p>{own}</p>}
    </div>
  );
}
