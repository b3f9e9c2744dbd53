// The line as a stream with the people on it: the song is seen on its way from group to group. A picture: what it tells, the line tells in words.
import { effect } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { placesOf, secondsOfBlocks, type Place } from './placement.js';
import { groupText, initials, sings, streamPath, voicesHeard, type Flow } from './stream.js';
import type { RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import type { Person } from '../../wire/control/control.js';
import { t } from '../../i18n/words.js';

const NOWHERE: Flow = { from: 0, to: 0 };
/** People of a group that are drawn one by one. */
const MOST_DISCS = 4;

export function StreamView({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { people, settings, you } = room;
  const flowing = useRef<HTMLDivElement>(null);
  const notes = useRef<HTMLDivElement>(null);
  useEffect(() => effect(() => draw(flowing.current, session.song.flow.value)), [session]);
  useEffect(() => {
    // The notes go from one group to the next in just the time that the song takes.
    if (notes.current) notes.current.style.animationDuration = `${Math.max(0.4, secondsOfBlocks(settings.interval_blocks))}s`;
  }, [settings.interval_blocks]);
  const sounding = session.song.sounding.value;
  return useMemo(() => {
    const places = placesOf(people, settings, you);
    const heard = voicesHeard(people, settings.buckets);
    const path = streamPath(heard, people.filter(sings).length);
    return (
      <div class="stream" data-count={places.length} aria-hidden="true">
        <div class="stream-bed">
          <Water path={path} />
          <div class="stream-flow" ref={flowing}>
            <Water path={path} />
            <div class="stream-notes" ref={notes}>
              {[null, ...places].map((place) => (
                <i key={place?.bucket ?? 0} />
              ))}
            </div>
          </div>
        </div>
        <div class="stations">
          {places.map((place, i) => (
            <Station key={place.bucket} place={place} you={you} voices={heard[i] ?? 0} sounding={(sounding & (1 << place.bucket)) !== 0} />
          ))}
        </div>
      </div>
    );
  }, [people, settings, you, sounding]);
}

function Water({ path }: { path: string }): JSX.Element {
  return (
    <svg class="water" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

function draw(flowing: HTMLElement | null, flow: Flow | null): void {
  if (!flowing) return;
  const { from, to } = flow ?? NOWHERE;
  // Wholly to the ends, whose edges are soft.
  flowing.style.setProperty('--from', `${from <= 0 ? -10 : from * 100}%`);
  flowing.style.setProperty('--to', `${to <= 0 ? -10 : to >= 1 ? 110 : to * 100}%`);
  flowing.classList.toggle('moving', flow !== null && to > from);
}

interface StationProps {
  place: Place;
  you: string;
  voices: number;
  sounding: boolean;
}

function Station({ place, you, voices, sounding }: StationProps): JSX.Element {
  const { people, bucket } = place;
  const here = people.some((person) => person.id === you);
  const own = people.find((person) => person.id === you);
  // Oneself in the middle of everything, then the leader, then those who sing.
  const drawn = own ? [own, ...people.filter((person) => person.id !== you)] : people;
  const more = drawn.length - MOST_DISCS;
  return (
    <div class={['station', here && 'here', sounding && 'sounding'].filter(Boolean).join(' ')}>
      <div class="discs">
        {drawn.slice(0, more === 1 ? MOST_DISCS + 1 : MOST_DISCS).map((person) => (
          <span key={person.id} class={discClass(person, you)}>
            {initials(person.name)}
          </span>
        ))}
        {more > 1 && <span class="disc more">+{more}</span>}
        {people.length === 0 && <span class="disc nobody" />}
        {people.length > 0 && !here && <span class="disc crowd">{people.length}</span>}
      </div>
      <p class="station-name">{here ? t.line.you2 : t.line.group({ group: bucket })}</p>
      <p class="station-voices">{groupText(bucket, voices)}</p>
    </div>
  );
}

function discClass(person: Person, you: string): string {
  const words = ['disc', person.id === you && 'you', person.leader && 'leads', !sings(person) && 'silent'];
  return words.filter(Boolean).join(' ');
}
