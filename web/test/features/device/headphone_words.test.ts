import { expect, it } from 'vitest';
import { headphoneWords } from '../../../src/features/device/headphone_words.js';
import { AGENTS, deviceAs } from './agents.js';

it('what one hears of the headphones’ test has an answer on every device', () => {
  for (const agent of Object.keys(AGENTS) as (keyof typeof AGENTS)[]) {
    const said = (['both', 'mixed', 'nothing'] as const).map((heard) => headphoneWords(heard, deviceAs(agent)));
    expect(new Set(said).size).toBe(3);
    expect(said.join()).not.toMatch(/undefined/);
  }
});

it.each<[keyof typeof AGENTS, RegExp, RegExp]>([
  ['windows chrome', /“Mono audio” off/, /bottom right of the screen/],
  ['mac safari', /“Play stereo audio as mono”/, /menu bar/],
  ['iphone safari', /“Audio & Visual”/, /Control Centre/],
  ['android chrome', /“Mono audio” is off/, /keys at the side/],
  ['linux firefox', /nothing says “mono”/, /sound settings of your device/],
])('%s is told where', (agent, mixed, nothing) => {
  expect(headphoneWords('mixed', deviceAs(agent))).toMatch(mixed);
  expect(headphoneWords('nothing', deviceAs(agent))).toMatch(nothing);
});
