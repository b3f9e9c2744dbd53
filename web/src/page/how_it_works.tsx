// The picture of the idea: singers stand in a line, and the song passes down it, fuller from bucket to bucket.
import type { JSX } from 'preact';

interface Step {
  title: string;
  behind: string;
  words: string;
  voices: number;
}

const STEPS: Step[] = [
  { title: 'The leader', behind: 'begins', words: 'hears the backing track and sings.', voices: 1 },
  { title: 'The second group', behind: '1 second later', words: 'hears the track and the leader, exactly together, and joins in.', voices: 2 },
  { title: 'The third group', behind: '2 seconds later', words: 'hears both of them, and joins in.', voices: 3 },
  { title: 'The last group', behind: '3 seconds later', words: 'hears the whole choir.', voices: 4 },
];

/** Heights of the notes of a chord, from the bottom; the staff's lines are drawn behind it (style/home.css). */
const HEIGHTS = [74, 58, 42, 26];
const CENTRE = 40;

function Chord({ voices }: { voices: number }): JSX.Element {
  const notes = HEIGHTS.slice(0, voices);
  const top = notes.at(-1) as number;
  return (
    <div class="bar">
      <svg class="chord" viewBox="0 0 80 100" aria-hidden="true" focusable="false">
        <path class="stem" d={`M${CENTRE + 9.6} ${(HEIGHTS[0] as number) - 2}V${top - 22}`} />
        {notes.map((y, i) => (
          <ellipse class={i === voices - 1 ? 'head new' : 'head'} cx={CENTRE} cy={y} rx="10.5" ry="7.2" transform={`rotate(-22 ${CENTRE} ${y})`} />
        ))}
      </svg>
    </div>
  );
}

export function HowItWorks(): JSX.Element {
  return (
    <section class="how" aria-labelledby="how-title">
      <h2 id="how-title">How can that be in time?</h2>
      <p class="how-lead">
        Sound needs time to travel, so nobody can hear everybody <em>now</em>. In Roundelay you stand in a line instead, as in a bucket brigade: a few
        people are a <em>group</em>, and the song is handed on from group to group. You hear the groups before you in perfect time, and your voice
        goes on to those behind you.
      </p>
      <ol class="line">
        {STEPS.map((step) => (
          <li>
            <Chord voices={step.voices} />
            <h3>{step.title}</h3>
            <p class="behind">{step.behind}</p>
            <p>{step.words}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
