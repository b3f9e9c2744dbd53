import { describe, expect, it } from 'vitest';
import { inAppWords } from '../../../src/features/device/in_app.js';
import { openingWords } from '../../../src/features/device/microphone_words.js';
import { bestWith } from '../../../src/features/device/ways.js';
import { AGENTS, deviceAs } from './agents.js';

const ALL = Object.keys(AGENTS) as (keyof typeof AGENTS)[];
const IN_APP = ALL.filter((agent) => deviceAs(agent).inApp !== null);

describe('a browser within a program', () => {
  it.each(IN_APP)('%s is told the way out of it', (agent) => {
    const words = inAppWords(deviceAs(agent));
    expect(words?.where).toMatch(/^the browser within /);
    expect(words?.way).toMatch(/Open in|Look for/);
    expect(words?.otherwise).toContain(agent.endsWith('iphone') ? 'open Safari' : 'open Chrome');
  });

  it('is told another way on another system, where it is another', () => {
    const way = (agent: keyof typeof AGENTS): string | undefined => inAppWords(deviceAs(agent))?.way;
    expect(way('facebook iphone')).not.toBe(way('facebook android'));
    expect(way('whatsapp iphone')).toContain('compass');
    expect(way('telegram android')).toContain('three dots');
  });

  it('says so where it refuses the microphone: its permissions would be looked for in vain', () => {
    for (const agent of IN_APP) {
      const words = openingWords('refused', deviceAs(agent));
      expect(words).toContain('does not give the microphone to this page');
      expect(words).toContain(inAppWords(deviceAs(agent))?.way);
    }
    expect(openingWords('busy', deviceAs('facebook iphone'))).toContain('End calls');
  });

  it('is no browser of its own', () => {
    for (const agent of ALL.filter((one) => !IN_APP.includes(one))) expect(inAppWords(deviceAs(agent))).toBe(null);
  });
});

it('nobody on iOS is told that Chrome would be better', () => {
  for (const agent of ALL) {
    const device = deviceAs(agent);
    expect(/Chrome/.test(bestWith(device))).toBe(device.system !== 'ios');
  }
});
