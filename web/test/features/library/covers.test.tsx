import { describe, expect, it } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import { Cover } from '../../../src/features/library/cover.js';
import { CoverChange } from '../../../src/features/library/cover_change.js';
import { hueOf, initialsOf } from '../../../src/features/library/drawn_cover.js';
import { artworkOf } from '../../../src/features/library/media_keys.js';
import { songNamed } from './samples.js';

describe('a cover', () => {
  it('is a picture that the browser keeps until there is another', () => {
    const html = renderToString(<Cover of="albums" id={7} cover="ab12" title="Missa" size="large" alt="Missa" />);
    expect(html).toContain('src="/api/library/albums/7/cover?size=160&amp;v=ab12"');
    expect(html).toContain('/api/library/albums/7/cover?size=640&amp;v=ab12 640w');
    expect(html).toContain('alt="Missa"');
  });

  it('is drawn where there is none, and named only where nothing else names it', () => {
    const named = renderToString(<Cover of="songs" id={7} cover={null} title="Amazing Grace" size="large" alt="Hymns" />);
    expect(named).toContain('role="img" aria-label="Hymns"');
    expect(named).toContain('>AG<');
    const beside = renderToString(<Cover of="songs" id={7} cover={null} title="Amazing Grace" size="small" />);
    expect(beside).toContain('aria-hidden="true"');
    expect(beside).not.toContain('role="img"');
  });

  it('is drawn as the server draws it', () => {
    expect(initialsOf('Dóna nobis pacem')).toBe('DN');
    expect(initialsOf('(7) “Élan”')).toBe('7E');
    expect(initialsOf('Калинка малинка')).toBe('КМ');
    expect(initialsOf('… 🎶')).toBe('');
    expect(hueOf('Amazing Grace')).toBe(204);
    expect(hueOf('Dóna nobis pacem')).toBe(165);
  });

  it('is shown on lock screens', () => {
    expect(artworkOf(songNamed('Dona'))).toEqual([]);
    expect(artworkOf(songNamed('Dona', { id: 3, cover: 'ab12' }))).toEqual([
      { src: '/api/library/songs/3/cover?size=160&v=ab12', sizes: '160x160', type: 'image/webp' },
      { src: '/api/library/songs/3/cover?size=640&v=ab12', sizes: '640x640', type: 'image/webp' },
    ]);
  });
});

describe('changing a cover', () => {
  const part = (own: boolean): string => {
    const never = (): never => {
      throw new Error('nobody pressed anything');
    };
    return renderToString(<CoverChange own={own} begin={never} remove={never} onChange={never} />);
  };

  it('takes away only what somebody brought', () => {
    expect(part(false)).toContain('Change the picture');
    expect(part(false)).not.toContain('Take the picture away');
    expect(part(true)).toContain('Take the picture away');
  });
});
