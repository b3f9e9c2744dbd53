// One's own place in the line, always in sight. A press opens one's name and voice.
import type { JSX } from 'preact';
import { groupText, voicesHeard } from './stream.js';
import { yourself, type RoomState } from '../../state/room.js';
import { indexOfBucket } from '../../units.js';
import { hasMenu } from '../order/person_actions.js';
import { t } from '../../i18n/words.js';

export function OwnPlace({ room, onPerson }: { room: RoomState; onPerson: (id: string) => void }): JSX.Element {
  const you = yourself(room);
  const voices = voicesHeard(room.people, room.settings.buckets)[indexOfBucket(you.bucket)] ?? 0;
  const words = (
    <>
      <span class="own-name">{you.name}</span>
      <span class="own-group">{t.line.group({ group: you.bucket })}</span>
      <span class="own-hears">{groupText(you.bucket, voices)}</span>
    </>
  );
  if (!hasMenu(room, you)) return <p class="own-place">{words}</p>;
  return (
    <button type="button" class="own-place" aria-haspopup="dialog" title={t.line.yourNameAndVoice} onClick={() => onPerson(you.id)}>
      {words}
    </button>
  );
}
