// The picture of the idea: singers stand in a line, and the song passes down it, fuller from place to place.
import type { JSX } from 'preact';

interface Step {
  title: string;
  behind: string;
  words: string;
  voices: number;
}

const STEPS: Step[] = [
  { title: 'The leader', behind: 'begins', words: 'hears the backing track and sings.', voices: 1 },
  { title: 'The second place', behind: '1 second later', words: 'hears the track and the leader, exactly together, and joins in.', voices: 2 },
  { title: 'The third place', behind: '2 seconds later', words: 'hears both of them, and joins in.', voices: 3 },
  { title: 'The end of the line', behind: '3 seconds later', words: 'hears the whole choir.', voices: 4 },
];

/** Heights of the notes of a chord on the staff, from the bottom. */
const HEIGHTS = [58, 46, 34, 22];
const LINES = [16, 28, 40, 52, 64];

function Chord({ voices }: { voices: number }): JSX.Element {
  const notes = HEIGHTS.slice(0, voices);
  const top = notes.at(-1) as number;
  return (
    <svg class="chord" viewBox="0 0 220 92" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {LINES.map((y) => (
        <line class="staff" x1="0" x2="220" y1={y} y2={y} />
      ))}
      <g class="notes">
        <line class="stem" x1="122.5" x2="122.5" y1={top - 18} y2={HEIGHTS[0]} />
        {notes.map((y, i) => (
          <ellipse class={i === voices - 1 ? 'note new' : 'note'} cx="112" cy={y} rx="11" ry="7.6" transform={`rotate(-20 112 ${y})`} />
        ))}
      </g>
    </svg>
  );
}

export function HowItWorks(): JSX.Element {
  return (
    <section class="how" aria-labelledby="how-title">
      <h2 id="how-title">How can that be in time?</h2>
      <p class="how-lead">
        Sound needs time to travel, so nobody can hear everybody <em>now</em>. In Roundelay you stand in a line instead, and the song is handed on
        from place to place like a bucket of water. You hear those before you in perfect time, and your voice goes on to those behind you.
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
