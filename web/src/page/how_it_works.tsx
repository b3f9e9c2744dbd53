// The picture of the idea: singers stand in a line, and the song passes down it, fuller from bucket to bucket.
import type { JSX } from 'preact';
import { Marked } from './parts/parts.js';
import { t } from '../i18n/words.js';

interface Step {
  title: string;
  behind: string;
  words: string;
  voices: number;
}

const STEPS = (): Step[] => [
  { title: t.page.theLeader, behind: t.page.begins, words: t.page.hearsTheBackingTrackAnd, voices: 1 },
  { title: t.page.theSecondGroup, behind: t.page.n1SecondLater, words: t.page.hearsTheTrackAndThe, voices: 2 },
  { title: t.page.theThirdGroup, behind: t.page.n2SecondsLater, words: t.page.hearsBothOfThemAnd, voices: 3 },
  { title: t.page.theLastGroup, behind: t.page.n3SecondsLater, words: t.page.hearsTheWholeChoir, voices: 4 },
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
      <h2 id="how-title">{t.page.howCanThatBeIn}</h2>
      <p class="how-lead">
        <Marked as="em" text={t.page.soundNeedsTime} />
      </p>
      <ol class="line">
        {STEPS().map((step) => (
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
