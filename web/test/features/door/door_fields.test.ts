import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keptPart } from '../../../src/features/door/door_fields.js';
import { remembered } from '../../../src/state/storage.js';
import { stubStorage } from '../../fake_storage.js';

beforeEach(() => void stubStorage());
afterEach(() => vi.unstubAllGlobals());

it('the voice part is kept for each room, as long as the room has it', () => {
  remembered.setPart('a', 'Alto');
  expect(keptPart('a', ['Soprano', 'Alto'])).toBe('Alto');
  expect(keptPart('a', ['Tenor'])).toBe('');
  expect(keptPart('b', ['Alto'])).toBe('');
  remembered.setPart('a', null);
  expect(keptPart('a', ['Alto'])).toBe('');
});
