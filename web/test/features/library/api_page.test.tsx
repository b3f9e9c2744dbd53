import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import { ApiParts } from '../../../src/features/library/api_page.js';
import { readApi } from '../../../src/net/library_api.js';
import { routeOf } from '../../../src/page/routes.js';

const file = JSON.parse(readFileSync(new URL('../../../../server/library/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};

describe('the page for programs', () => {
  it('shows each resource that the server describes, with what it takes and answers', () => {
    const api = readApi(file);
    if (!api.ok) expect.fail(api.error);
    const html = renderToString(<ApiParts api={api.value} />);
    for (const [path, methods] of Object.entries(file.paths)) {
      for (const method of Object.keys(methods).filter((one) => one !== 'parameters'))
        expect(html).toContain(`<code>${method.toUpperCase()} ${path}</code>`);
    }
    expect(html).toContain('<a href="#kind-Song">Song</a>');
    expect(html).toContain('id="kind-Song"');
    expect(html).toMatch(/Who may: Curator/);
  });

  it('has an address', () => {
    expect(routeOf('/library/api')).toEqual({ page: 'library', at: { view: 'api' } });
  });

  it('takes no other file for a description', () => {
    expect(readApi({ paths: 7 }).ok).toBe(false);
  });
});
