// What is planned for the next song, in words. Pure.
import type { Plan } from '../../wire/control/control.js';
import { listText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';

/** A sentence for each thing that is planned; none where nothing is. */
export function planSentences({ bpm, beats_per_bar, click, count_in_bars, round }: Plan): string[] {
  if (bpm === null) return [];
  const out = [t.plan.beatsAMinuteInA({ bpm, beats: beats_per_bar })];
  if (count_in_bars > 0) out.push(click ? t.plan.countedInAndClicking({ bars: count_in_bars }) : t.plan.countedIn({ bars: count_in_bars }));
  else if (click) out.push(t.plan.itClicksFromTheFirst);
  if (round !== null && 'parts' in round) {
    out.push(t.plan.aRoundInPartsEach({ parts: round.parts, beats: round.beats }));
    const voices = Object.entries(round.voices ?? {}).map(([voice, part]) => t.plan.voiceSingsPart({ voice, part }));
    if (voices.length > 0) out.push(t.plan.dealtByVoices({ voices: listText(voices) }));
  } else if (round !== null) {
    const values = { beats: round.beats, repeats: round.repeats };
    out.push(round.leader_only ? t.plan.leadersRound(values) : t.plan.everybodysRound(values));
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
