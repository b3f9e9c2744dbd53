// The fields of a plan: tempo, metre, clicks, count-in and round; of the next song, or of a song of the programme.
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Session } from '../../session/session.js';
import type { Plan, PlanChange, Round, RoundByParts, RoundByRepeats } from '../../wire/control/control.js';
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
import { hearTempo } from './commands.js';
import { tapped, tappedBpm } from './tempo.js';
import { withParts, withVoice } from './voices.js';
import { roundWords } from './words.js';
import { t } from '../../i18n/words.js';
import { partName } from '../../i18n/voice_parts.js';

/** Where nobody has said how fast. */
const USUAL_BPM = 100;
const USUAL_REPEATS: RoundByRepeats = { beats: 16, repeats: 1, leader_only: false };
const USUAL_PARTS: RoundByParts = { beats: 16, parts: 2 };

export interface PlanFieldsProps {
  session: Session;
  plan: Plan;
  onChange: (change: PlanChange) => void;
  /** Tells these fields from others on the page. */
  scope?: string | undefined;
}

export function PlanFields(props: PlanFieldsProps): JSX.Element {
  const { plan, onChange, scope = '' } = props;
  const { round } = plan;
  const parts = round !== null && 'parts' in round ? round : null;
  const repeats = round !== null && 'repeats' in round ? round : null;
  return (
    <>
      <Check
        checked={plan.bpm !== null}
        onChange={(on) => onChange({ bpm: on ? USUAL_BPM : null })}
        title={t.plan.aTempo}
        text={t.plan.forClicksForCountingIn}
      />
      {plan.bpm !== null && (
        <>
          <Tempo {...props} bpm={plan.bpm} />
          <Check
            checked={plan.click}
            onChange={(click) => onChange({ click })}
            title={t.plan.clicksDuringTheSong}
            text={t.plan.everybodyHearsThemAtHer}
          />
          <fieldset class="bare ways">
            <legend>{t.plan.countingIn}</legend>
            {Array.from({ length: MOST_COUNT_IN_BARS + 1 }, (_, bars) => (
              <label key={bars} class="check">
                <input
                  type="radio"
                  name={`${scope}count-in`}
                  checked={plan.count_in_bars === bars}
                  onChange={() => onChange({ count_in_bars: bars })}
                />
                <span>{bars === 0 ? t.plan.notCountedIn : t.plan.barsCountedIn({ bars })}</span>
              </label>
            ))}
          </fieldset>
          <fieldset class="bare ways">
            <legend>{t.plan.singingARound}</legend>
            <RoundWay {...props} chosen={round === null} round={null} label={t.plan.noRound} />
            <RoundWay {...props} chosen={parts !== null} round={USUAL_PARTS} label={t.plan.inPartsGroupsComeIn} />
            <RoundWay {...props} chosen={repeats !== null} round={USUAL_REPEATS} label={t.plan.byItselfWhatIsSung} />
          </fieldset>
          {parts && <PartFields {...props} round={parts} />}
          {repeats && <RepeatFields {...props} round={repeats} />}
          {round && <p class="hint">{roundWords(plan)}</p>}
        </>
      )}
    </>
  );
}

function Tempo({ session, plan, onChange, scope, bpm }: PlanFieldsProps & { bpm: number }): JSX.Element {
  const taps = useRef<number[]>([]);
  const tap = (): void => {
    taps.current = tapped(taps.current, performance.now());
    const found = tappedBpm(taps.current);
    if (found !== null) onChange({ bpm: found });
  };
  return (
    <>
      <NumberField
        scope={scope}
        label={t.plan.tempo}
        unit={t.plan.beatsAMinute}
        value={bpm}
        least={LEAST_BPM}
        most={MOST_BPM}
        step={0.1}
        refusal={session.refusal.value}
        onValue={(value) => onChange({ bpm: value })}
      />
      <div class="plan-tempo">
        <button type="button" class="secondary" onClick={tap}>
          {t.plan.tapTheTempo}
        </button>
        <button type="button" class="secondary" onClick={() => void hearTempo(session, bpm, plan.beats_per_bar)}>
          {t.plan.hearTwoBars}
        </button>
      </div>
      <CountField
        session={session}
        scope={scope}
        label={t.plan.beatsInABar}
        unit={t.units.beats({ count: plan.beats_per_bar })}
        value={plan.beats_per_bar}
        most={MOST_BEATS_PER_BAR}
        onCount={(beats_per_bar) => onChange({ beats_per_bar })}
      />
    </>
  );
}

function RoundWay(props: PlanFieldsProps & { chosen: boolean; round: Round | null; label: string }): JSX.Element {
  return (
    <label class="check">
      <input type="radio" name={`${props.scope ?? ''}round`} checked={props.chosen} onChange={() => props.onChange({ round: props.round })} />
      <span>{props.label}</span>
    </label>
  );
}

function PartFields({ session, onChange, scope, round }: PlanFieldsProps & { round: RoundByParts }): JSX.Element {
  const change = (part: Partial<RoundByParts>): void => onChange({ round: { ...round, ...part } });
  const voices = session.room.value?.room.parts ?? [];
  return (
    <>
      <CountField
        session={session}
        scope={scope}
        label={t.plan.parts}
        unit={t.units.parts({ count: round.parts })}
        value={round.parts}
        least={2}
        most={MOST_ROUND_PARTS}
        onCount={(parts) => change(withParts(round, parts))}
      />
      <CountField
        session={session}
        scope={scope}
        label={t.plan.theNextComesInAfter}
        unit={t.units.beats({ count: round.beats })}
        value={round.beats}
        most={MOST_ROUND_BEATS}
        onCount={(beats) => change({ beats })}
      />
      {voices.length > 0 && (
        <fieldset class="bare round-voices">
          <legend>{t.plan.whoSingsWhichPart}</legend>
          {voices.map((voice, i) => (
            <p key={voice} class="field-row">
              <label for={`${scope ?? ''}round-voice-${i}`}>{partName(voice)}</label>
              <select
                id={`${scope ?? ''}round-voice-${i}`}
                value={round.voices?.[voice] ?? 0}
                onChange={(event) => change({ voices: withVoice(round, voice, Number(event.currentTarget.value)) })}
              >
                <option value={0}>{t.plan.asTheGroup}</option>
                {Array.from({ length: round.parts }, (_, part) => (
                  <option key={part} value={part + 1}>
                    {t.plan.partNumber({ part: part + 1 })}
                  </option>
                ))}
              </select>
            </p>
          ))}
          <p class="hint">{t.plan.theseVoicesGoTo}</p>
        </fieldset>
      )}
    </>
  );
}

function RepeatFields({ session, onChange, scope, round }: PlanFieldsProps & { round: RoundByRepeats }): JSX.Element {
  const change = (part: Partial<RoundByRepeats>): void => onChange({ round: { ...round, ...part } });
  return (
    <>
      <CountField
        session={session}
        scope={scope}
        label={t.plan.comesAgainAfter}
        unit={t.units.beats({ count: round.beats })}
        value={round.beats}
        most={MOST_ROUND_BEATS}
        onCount={(beats) => change({ beats })}
      />
      <CountField
        session={session}
        scope={scope}
        label={t.plan.soOften}
        unit={t.units.times({ count: round.repeats })}
        value={round.repeats}
        most={MOST_ROUND_REPEATS}
        onCount={(repeats) => change({ repeats })}
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

interface CountFieldProps {
  session: Session;
  scope: string | undefined;
  label: string;
  unit: string;
  value: number;
  /** 1, where nothing is said. */
  least?: number;
  most: number;
  onCount: (count: number) => void;
}

/** A whole number of something. */
function CountField({ session, least = 1, onCount, ...props }: CountFieldProps): JSX.Element {
  return <NumberField {...props} least={least} step={1} refusal={session.refusal.value} onValue={onCount} />;
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
