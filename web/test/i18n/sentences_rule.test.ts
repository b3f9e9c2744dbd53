// The rule that finds sentences outside of the catalogues.
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import own from '../../eslint.sentences.js';

const linter = new Linter();

function found(code: string): number {
  const messages = linter.verify(code, {
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    plugins: { own },
    rules: { 'own/sentences': 'error' },
  });
  const others = messages.filter(({ ruleId }) => ruleId !== 'own/sentences');
  if (others.length > 0) throw new Error(others[0]?.message);
  return messages.length;
}

describe('a sentence outside of the catalogues', () => {
  it.each([
    '<p>Go in</p>',
    '<p>{asks ? "Going in" : t.door.goIn}</p>',
    '<button aria-label="Close" />',
    '<button title={`Remove ${name}`} />',
    '<Field unit="days" />',
    'const counts = ["1 bar"];',
    '<p>{count + " singers"}</p>',
    'const words = { name: "by name" };',
    'const status = { short: "Singing" };',
    'notify("The song is over.");',
    '<p onClick={() => notify("Go on")} />',
  ])('is found: %s', (code) => expect(found(code)).toBe(1));

  it.each([
    '<p class="note warning">{t.door.goIn}</p>',
    '<p>{count} / {all} · 2</p>',
    '<strong>Roundelay</strong>',
    'throw new TypeError("No such thing here");',
    'if (state === "by_hand") go("listener");',
    'document.querySelector("input, select");',
  ])('is not: %s', (code) => expect(found(code)).toBe(0));
});
