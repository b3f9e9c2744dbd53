// The plan of the next song: tempo, metre, clicks, count-in and round, for whoever may set it; in words for everybody else.
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { may, type RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import type { Round, RoundByParts, RoundByRepeats } from '../../wire/control/control.js';
import {
  LEAST_BPM,
  MOST_BEATS_PER_BAR,
  MOST_BPM,
  MOST_COUNT_IN_BARS,
  MOST_ROUND_BEATS,
  MOST_ROUND_PARTS,
  MOST_ROUND_REPEATS,
} from '../../wire/control/plan.js';
import { NumberField } from '../../page/parts/parts.js';
import { changePlan, hearTempo } from './commands.js';
import { tapped, tappedBpm } from './tempo.js';
import { planSentences, roundWords } from './words.js';
import { t } from '../../i18n/words.js';

/** Where nobody has said how fast. */
const USUAL_BPM = 100;
const USUAL_REPEATS: RoundByRepeats = { beats: 16, repeats: 1, leader_only: false };
const USUAL_PARTS: RoundByParts = { beats: 16, parts: 2 };
const COUNT_INS = ['none', '1 bar', '2 bars'];

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
      {mayPlan ? <PlanFields session={session} room={room} /> : sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
    </section>
  );
}

function PlanFields({ session, room }: PlanProps): JSX.Element {
  const { plan } = room;
  const playing = room.song.state === 'playing';
  const withTempo = plan.bpm !== null;
  const { round } = plan;
  const parts = round !== null && 'parts' in round ? round : null;
  const repeats = round !== null && 'repeats' in round ? round : null;
  return (
    <fieldset class="bare" disabled={playing || !session.connected.value}>
      <legend class="only-read">{t.plan.planOfTheNextSong}</legend>
      {playing && <p class="hint">{t.plan.youCanPlanTheNext}</p>}
      <Check
        checked={withTempo}
        onChange={(on) => changePlan(session, { bpm: on ? USUAL_BPM : null })}
        title={t.plan.aTempo}
        text={t.plan.forClicksForCountingIn}
      />
      {withTempo && <Tempo session={session} room={room} bpm={plan.bpm as number} />}
      {withTempo && (
        <>
          <Check
            checked={plan.click}
            onChange={(click) => changePlan(session, { click })}
            title={t.plan.clicksDuringTheSong}
            text={t.plan.everybodyHearsThemAtHer}
          />
          <fieldset class="bare ways">
            <legend>{t.plan.countingIn}</legend>
            {COUNT_INS.slice(0, MOST_COUNT_IN_BARS + 1).map((label, bars) => (
              <label key={label} class="check">
                <input
                  type="radio"
                  name="count-in"
                  checked={plan.count_in_bars === bars}
                  onChange={() => changePlan(session, { count_in_bars: bars })}
                />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
          <fieldset class="bare ways">
            <legend>{t.plan.singingARound}</legend>
            <RoundWay session={session} chosen={plan.round === null} round={null} label={t.plan.noRound} />
            <RoundWay session={session} chosen={parts !== null} round={USUAL_PARTS} label={t.plan.inPartsGroupsComeIn} />
            <RoundWay session={session} chosen={repeats !== null} round={USUAL_REPEATS} label={t.plan.byItselfWhatIsSung} />
          </fieldset>
          {parts && <PartFields session={session} round={parts} />}
          {repeats && <RepeatFields session={session} round={repeats} />}
          {plan.round && <p class="hint">{roundWords(plan)}</p>}
        </>
      )}
    </fieldset>
  );
}

function Tempo({ session, room, bpm }: PlanProps & { bpm: number }): JSX.Element {
  const taps = useRef<number[]>([]);
  const tap = (): void => {
    taps.current = tapped(taps.current, performance.now());
    const found = tappedBpm(taps.current);
    if (found !== null) changePlan(session, { bpm: found });
  };
  return (
    <>
      <NumberField
        label={t.plan.tempo}
        unit={t.plan.beatsAMinute}
        value={bpm}
        least={LEAST_BPM}
        most={MOST_BPM}
        step={0.1}
        onValue={(value) => changePlan(session, { bpm: Math.round(value * 10) / 10 })}
      />
      <div class="plan-tempo">
        <button type="button" class="secondary" onClick={tap}>
          {t.plan.tapTheTempo}
        </button>
        <button type="button" class="secondary" onClick={() => void hearTempo(session, bpm, room.plan.beats_per_bar)}>
          {t.plan.hearTwoBars}
        </button>
      </div>
      <NumberField
        label={t.plan.beatsInABar}
        unit="beats"
        value={room.plan.beats_per_bar}
        least={1}
        most={MOST_BEATS_PER_BAR}
        step={1}
        onValue={(value) => changePlan(session, { beats_per_bar: Math.round(value) })}
      />
    </>
  );
}

function RoundWay(props: { session: Session; chosen: boolean; round: Round | null; label: string }): JSX.Element {
  return (
    <label class="check">
      <input type="radio" name="round" checked={props.chosen} onChange={() => changePlan(props.session, { round: props.round })} />
      <span>{props.label}</span>
    </label>
  );
}

function PartFields({ session, round }: { session: Session; round: RoundByParts }): JSX.Element {
  const change = (part: Partial<RoundByParts>): void => changePlan(session, { round: { ...round, ...part } });
  return (
    <>
      <NumberField
        label={t.plan.parts}
        unit="parts"
        value={round.parts}
        least={2}
        most={MOST_ROUND_PARTS}
        step={1}
        onValue={(parts) => change({ parts: Math.round(parts) })}
      />
      <NumberField
        label={t.plan.theNextComesInAfter}
        unit="beats"
        value={round.beats}
        least={1}
        most={MOST_ROUND_BEATS}
        step={1}
        onValue={(beats) => change({ beats: Math.round(beats) })}
      />
    </>
  );
}

function RepeatFields({ session, round }: { session: Session; round: RoundByRepeats }): JSX.Element {
  const change = (part: Partial<RoundByRepeats>): void => changePlan(session, { round: { ...round, ...part } });
  return (
    <>
      <NumberField
        label={t.plan.comesAgainAfter}
        unit="beats"
        value={round.beats}
        least={1}
        most={MOST_ROUND_BEATS}
        step={1}
        onValue={(beats) => change({ beats: Math.round(beats) })}
      />
      <NumberField
        label={t.plan.soOften}
        unit="times"
        value={round.repeats}
        least={1}
        most={MOST_ROUND_REPEATS}
        step={1}
        onValue={(repeats) => change({ repeats: Math.round(repeats) })}
      />
      <Check
        checked={round.leader_only}
        onChange={(leader_only) => change({ leader_only })}
        title={t.plan.theLeadersVoiceAlone}
        text={t.plan.nobodyElseIsHeardAgain}
      />
    </>
  );
}

function Check(props: { checked: boolean; onChange: (on: boolean) => void; title: string; text: string }): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={props.checked} onChange={(event) => props.onChange(event.currentTarget.checked)} />
      <span>
        <strong>{props.title}</strong>
        <small>{props.text}</small>
      </span>
    </label>
  );
}
