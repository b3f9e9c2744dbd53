// What is planned for the next song, in words. Pure.
import type { Plan } from '../../wire/control/control.js';
import { t } from '../../i18n/words.js';

function beats(count: number): string {
  return count === 1 ? 'one beat' : t.plan.beats({ count });
}

/** A sentence for each thing that is planned; none where nothing is. */
export function planSentences({ bpm, beats_per_bar, click, count_in_bars, round }: Plan): string[] {
  if (bpm === null) return [];
  const out = [t.plan.beatsAMinuteInA({ bpm, beats: beats(beats_per_bar) })];
  const countIn = count_in_bars === 1 ? t.plan.oneBarIsCountedIn : t.plan.twoBarsAreCountedIn;
  if (count_in_bars > 0) out.push(click ? t.plan.andItClicksOn({ countIn }) : `${countIn}.`);
  else if (click) out.push(t.plan.itClicksFromTheFirst);
  if (round !== null && 'parts' in round) {
    out.push(t.plan.aRoundInPartsEach({ parts: round.parts, beats: beats(round.beats) }));
  } else if (round !== null) {
    const who = round.leader_only ? t.plan.theLeadersVoiceComes : t.plan.eachVoiceComes;
    const times = round.repeats === 1 ? 'once more' : t.plan.timesMore({ repeats: round.repeats });
    out.push(t.plan.aRoundAgainAfter({ toLowerCase: who.charAt(0).toLowerCase(), slice: who.slice(1), beats: beats(round.beats), times }));
  }
  return out;
}

/** How long a repeat lasts; empty without a round. */
export function roundWords({ bpm, round }: Plan): string {
  if (bpm === null || round === null) return '';
  const seconds = Math.round((round.beats * 600) / bpm) / 10;
  if ('parts' in round) return t.plan.theNextPartComesIn({ seconds });
  return t.plan.aRepeatLastsSGroups({ seconds });
}
