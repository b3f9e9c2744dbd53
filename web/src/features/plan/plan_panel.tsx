// The plan of the next song, for whoever may set it; in words for everybody else.
import type { JSX } from 'preact';
import { may, type RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { changePlan } from './commands.js';
import { PlanFields } from './plan_fields.js';
import { planSentences } from './words.js';
import { t } from '../../i18n/words.js';

interface PlanProps {
  session: Session;
  room: RoomState;
}

export function PlanPanel({ session, room }: PlanProps): JSX.Element | null {
  const mayPlan = may(room, 'plan');
  const sentences = planSentences(room.plan);
  if (!mayPlan && sentences.length === 0) return null;
  return (
    <section class="panel plan" aria-labelledby="plan" data-keeps-focus>
      <h2 id="plan">{t.plan.tempoAndRound}</h2>
      {mayPlan ? <NextPlan session={session} room={room} /> : sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
    </section>
  );
}

function NextPlan({ session, room }: PlanProps): JSX.Element {
  const playing = room.song.state === 'playing';
  return (
    <fieldset class="bare" disabled={playing || !session.connected.value}>
      <legend class="only-read">{t.plan.planOfTheNextSong}</legend>
      {playing && <p class="hint">{t.plan.youCanPlanTheNext}</p>}
      <PlanFields session={session} plan={room.plan} onChange={(change) => changePlan(session, change)} />
    </fieldset>
  );
}
