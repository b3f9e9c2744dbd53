// The room's voice parts: which there are, and which of them belongs into a bucket.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { TrashIcon } from '../../page/parts/icons.js';
import { moved, Mover } from '../../page/parts/mover.js';
import { Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { bucketAt } from '../../units.js';
import { changeRoom } from './commands.js';
import { cleanPart, fixedBuckets, MOST_PARTS, partProblem } from './parts.js';
import { t } from '../../i18n/words.js';
import { partName } from '../../i18n/voice_parts.js';

export function PartsSection({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { parts, part_buckets } = room.room;
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const add = (event: Event): void => {
    event.preventDefault();
    const part = cleanPart(typed);
    const wrong = partProblem(part, parts);
    setProblem(wrong);
    if (wrong !== null) return;
    changeRoom(session, { parts: [...parts, part] });
    setTyped('');
  };
  const fix = (part: string, bucket: number): void => changeRoom(session, { part_buckets: fixedBuckets(part_buckets, part, bucket) });
  const move = (part: string, from: number, to: number): void => {
    changeRoom(session, { parts: moved(parts, from, to) });
    setSaid(t.parts.movedTo({ what: partName(part), number: to + 1, count: parts.length }));
  };
  const later = Array.from({ length: room.settings.buckets - 1 }, (_, i) => bucketAt(i + 1));
  return (
    <section class="order-section">
      <h3>{t.order.voiceParts}</h3>
      <p class="hint">{t.order.everybodyChoosesOneAtThe}</p>
      <ul class="parts" data-keeps-focus>
        {parts.map((part, place) => (
          <li key={part}>
            <span class="part-name">{partName(part)}</span>
            <Mover
              what={partName(part)}
              place={place}
              count={parts.length}
              disabled={!session.connected.value}
              onMove={(to) => move(part, place, to)}
            />
            <select
              aria-label={t.order.groupOf({ part: partName(part) })}
              value={part_buckets[part] ?? 0}
              onChange={(event) => fix(part, Number(event.currentTarget.value))}
            >
              <option value={0}>{t.order.anyGroup}</option>
              {later.map((bucket) => (
                <option key={bucket} value={bucket}>
                  {t.order.group({ bucket })}
                </option>
              ))}
            </select>
            <button
              type="button"
              class="quiet"
              aria-label={t.order.remove({ part: partName(part) })}
              onClick={() => changeRoom(session, { parts: parts.filter((one) => one !== part) })}
            >
              <TrashIcon />
            </button>
          </li>
        ))}
      </ul>
      <p class="only-read" role="status">
        {said}
      </p>
      {parts.length < MOST_PARTS && (
        <form class="one-field" onSubmit={add}>
          <label for="new-part">{t.order.oneMorePart}</label>
          <div class="field-row">
            <input id="new-part" type="text" autocomplete="off" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
            <button type="submit" class="secondary">
              {t.order.add}
            </button>
          </div>
          {problem && <Problem>{problem}</Problem>}
        </form>
      )}
    </section>
  );
}
