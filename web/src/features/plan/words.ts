// What is planned for the next song, in words. Pure.
import type { Plan } from '../../wire/control/control.js';

function beats(count: number): string {
  return count === 1 ? 'one beat' : `${count} beats`;
}

/** A sentence for each thing that is planned; none where nothing is. */
export function planSentences({ bpm, beats_per_bar, click, count_in_bars, round }: Plan): string[] {
  if (bpm === null) return [];
  const out = [`${bpm} beats a minute, ${beats(beats_per_bar)} in a bar.`];
  const countIn = count_in_bars === 1 ? 'One bar is counted in' : 'Two bars are counted in';
  if (count_in_bars > 0) out.push(click ? `${countIn}, and it clicks on.` : `${countIn}.`);
  else if (click) out.push('It clicks from the first beat on.');
  if (round !== null && 'parts' in round) {
    out.push(`A round in ${round.parts} parts: each comes in ${beats(round.beats)} behind the one before.`);
  } else if (round !== null) {
    const who = round.leader_only ? 'The leader’s voice comes' : 'Each voice comes';
    const times = round.repeats === 1 ? 'once more' : `${round.repeats} times more`;
    out.push(`A round: ${who.charAt(0).toLowerCase()}${who.slice(1)} again after ${beats(round.beats)}, ${times}.`);
  }
  return out;
}

/** How long a repeat lasts; empty without a round. */
export function roundWords({ bpm, round }: Plan): string {
  if (bpm === null || round === null) return '';
  const seconds = Math.round((round.beats * 600) / bpm) / 10;
  if ('parts' in round) return `The next part comes in after ${seconds} s. Neighbouring groups sing different parts, and each is counted in.`;
  return `A repeat lasts ${seconds} s. Groups that stand further behind the leader than that are drawn up when the song starts.`;
}
