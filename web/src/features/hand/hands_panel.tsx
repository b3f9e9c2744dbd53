// One's own hand, and whose are up, in their order.
import type { JSX } from 'preact';
import { HandIcon } from '../../page/parts/icons.js';
import type { Session } from '../../session/session.js';
import { may, yourself, type RoomState } from '../../state/room.js';
import { lowerAllHands, lowerHand, raiseHand } from './commands.js';
import { handsUp } from './hands.js';
import { t } from '../../i18n/words.js';

interface HandsProps {
  session: Session;
  room: RoomState;
}

export function HandButton({ session, room }: HandsProps): JSX.Element {
  const up = yourself(room).hand > 0;
  return (
    <button type="button" class="secondary" aria-pressed={up} disabled={!session.connected.value} onClick={() => raiseHand(session, !up)}>
      <HandIcon />
      {up ? t.hand.lowerYourHand : t.hand.raiseYourHand}
    </button>
  );
}

/** Nothing where no hand is up. */
export function HandsUp({ session, room }: HandsProps): JSX.Element | null {
  const up = handsUp(room.people);
  if (up.length === 0) return null;
  const disabled = !session.connected.value;
  const mayLower = may(room, 'lower_hands');
  return (
    <section class="hands" aria-labelledby="hands-title" data-keeps-focus>
      <h3 id="hands-title">{t.hand.handsUp}</h3>
      <ol>
        {up.map((person) => (
          <li key={person.id}>
            <bdi>{person.name}</bdi>
            {mayLower && (
              <button
                type="button"
                class="quiet"
                aria-label={t.hand.lowerTheHandOf({ name: person.name })}
                disabled={disabled}
                onClick={() => lowerHand(session, person.id)}
              >
                {t.hand.lower}
              </button>
            )}
          </li>
        ))}
      </ol>
      {mayLower && up.length > 1 && (
        <button type="button" class="secondary" disabled={disabled} onClick={() => lowerAllHands(session)}>
          {t.hand.lowerAllHands}
        </button>
      )}
    </section>
  );
}
