// The picture of a song or an album; where there is none, a drawn one: a colour by its name, with its first letters.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { COVER_SIDES, coverAddress, type Covered } from '../../net/library_covers.js';
import { hueOf, initialsOf } from './drawn_cover.js';

interface CoverProps {
  of: Covered;
  id: number;
  /** As the server calls it; null: there is none. */
  cover: string | null;
  title: string;
  size: 'small' | 'middle' | 'large';
  /** Nothing where the title stands beside it. */
  alt?: string;
}

const SMALL = COVER_SIDES[0];

export function Cover({ of, id, cover, title, size, alt = '' }: CoverProps): JSX.Element {
  const [failed, setFailed] = useState(false);
  useEffect(() => setFailed(false), [of, id, cover]);
  const look = `library-cover library-cover-${size}`;
  if (cover === null || failed) return <DrawnCover title={title} look={look} alt={alt} />;
  const address = (side: (typeof COVER_SIDES)[number]): string => coverAddress(of, id, cover, side);
  return (
    <img
      class={look}
      src={address(SMALL)}
      srcset={size === 'small' ? undefined : COVER_SIDES.map((side) => `${address(side)} ${side}w`).join(', ')}
      sizes={size === 'small' ? undefined : size === 'middle' ? '10rem' : '16rem'}
      alt={alt}
      loading="lazy"
      decoding="async"
      onError={() => setFailed(true)}
    />
  );
}

function DrawnCover({ title, look, alt }: { title: string; look: string; alt: string }): JSX.Element {
  const said = alt === '' ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': alt };
  return (
    <svg class={look} viewBox="0 0 100 100" {...said}>
      <rect width="100" height="100" fill={`hsl(${hueOf(title)},45%,35%)`} />
      <text x="50" y="66" font-size="44" text-anchor="middle" fill="#fff" aria-hidden="true">
        {initialsOf(title)}
      </text>
    </svg>
  );
}
