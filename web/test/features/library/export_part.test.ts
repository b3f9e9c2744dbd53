import { describe, expect, it } from 'vitest';
import { tableFile } from '../../../src/features/library/export_part.js';

describe('an exported table', () => {
  it('tells spreadsheets that it is UTF-8', async () => {
    const bytes = new Uint8Array(await tableFile('title\r\nÄ\r\n').arrayBuffer());
    expect([...bytes.slice(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 't'.charCodeAt(0)]);
  });
});
