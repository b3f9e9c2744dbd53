import { describe, expect, it } from 'vitest';
import { languageText } from '../../src/i18n/format.js';

describe('a language', () => {
  it('is called by its name where its tag is one', () => {
    expect([languageText('la'), languageText('de'), languageText('no tag')]).toEqual(['Latin', 'German', 'no tag']);
  });
});
