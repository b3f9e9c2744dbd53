import { expect, it } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import { NotHere } from '../../../src/features/library/not_here.js';

it('offers another try where the line or the server is at fault, and none where it is not there', () => {
  const html = (status: number): string => renderToString(<NotHere failure={{ error: 'Why.', status }} onAgain={() => undefined} />);
  for (const status of [0, 429, 502, 503]) expect([status, html(status).includes('Try again')]).toEqual([status, true]);
  for (const status of [401, 403, 404]) expect([status, html(status).includes('Try again')]).toEqual([status, false]);
  expect(html(404)).toMatch(/role="alert">Why\./);
});
