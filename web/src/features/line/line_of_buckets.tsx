// The line: who stands in which bucket, in the order in which the song reaches them.
import type { JSX } from 'preact';
import { moveTo } from './commands.js';
import { describePerson, offsetText, orderText, placesOf, type Place } from './placement.js';
import { may, yourself, type RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { choosesLater, crowdText, timeTravelText } from './time_travel.js';
import type { Person } from '../../wire/control/control.js';
import { hasMenu } from '../order/person_actions.js';
import { AwayIcon, EarIcon, LeaderIcon, MicrophoneOffIcon, MoreIcon, RobotIcon } from '../../page/parts/icons.js';

interface LineProps {
  session: Session;
  room: RoomState;
  /** Opens what one may do with a person. */
  onPerson: (id: string) => void;
}

export function LineOfBuckets({ session, room, onPerson }: LineProps): JSX.Element {
  const places = placesOf(room.people, room.settings, room.you);
  const sounding = session.song.sounding.value;
  return (
    <section class="line-of-buckets" aria-labelledby="line-title">
      <div class="line-head">
        <h2 id="line-title">The line</h2>
        <p class="hint">
          {crowdText(room)} The song is handed on from bucket to bucket, as in a bucket brigade. {timeTravelText(room)}
        </p>
      </div>
      <ol class="buckets" data-count={places.length}>
        {places.map((place) => (
          <Bucket
            key={place.bucket}
            place={place}
            sounding={(sounding & (1 << place.bucket)) !== 0}
            session={session}
            room={room}
            onPerson={onPerson}
          />
        ))}
      </ol>
    </section>
  );
}

interface BucketProps extends LineProps {
  place: Place;
  /** The song is in this bucket now. */
  sounding: boolean;
}

function Bucket({ place, sounding, session, room, onPerson }: BucketProps): JSX.Element {
  const you = yourself(room);
  const here = you.bucket === place.bucket;
  const first = place.bucket === 1;
  // The first bucket is the leader's: nobody has sung before it, so whoever stands there must lead.
  const mayMove = may(room, 'bucket') && !here && (!first || room.leader === you.id);
  const verb = you.role === 'singer' ? 'Sing' : 'Listen';
  return (
    <li class={['bucket', here && 'here', sounding && 'sounding'].filter(Boolean).join(' ')} data-keeps-focus>
      <div class="bucket-head">
        <h3>Bucket {place.bucket}</h3>
        <p class="offset">
          {choosesLater(room) ? orderText(place.bucket) : offsetText(place.offsetSeconds, place.bucket)}
          {sounding && <span class="sounding-words">The song is here</span>}
        </p>
      </div>
      <ul class="people">
        {place.people.map((person) => (
          <PersonItem key={person.id} person={person} you={room.you} onOpen={hasMenu(room, person) ? () => onPerson(person.id) : null} />
        ))}
        {place.people.length === 0 && <li class="nobody">{first ? 'Nobody leads yet' : 'Nobody yet'}</li>}
      </ul>
      {mayMove && (
        <button type="button" class="bucket-move" disabled={!session.connected.value} onClick={() => moveTo(session, place.bucket)}>
          {verb} in bucket {place.bucket}
        </button>
      )}
    </li>
  );
}

interface PersonProps {
  person: Person;
  you: string;
  /** Null: there is nothing that one may do with her. */
  onOpen: (() => void) | null;
}

function PersonItem({ person, you, onOpen }: PersonProps): JSX.Element {
  const words = describePerson(person, you);
  const icon = !person.connected ? (
    <AwayIcon />
  ) : person.role === 'listener' ? (
    <EarIcon />
  ) : person.muted ? (
    <MicrophoneOffIcon />
  ) : person.leader ? (
    <LeaderIcon />
  ) : person.robot ? (
    <RobotIcon />
  ) : null;
  const classes = ['person', person.id === you && 'you', person.leader && 'leads', !person.connected && 'away'].filter(Boolean).join(' ');
  return (
    <li class={classes}>
      <span class="person-text">
        <span class="person-name">{person.name}</span>
        {words.length > 0 && (
          <span class="person-words">
            {icon}
            {words.join(', ')}
          </span>
        )}
      </span>
      {onOpen && (
        <button
          type="button"
          class="quiet person-more"
          aria-haspopup="dialog"
          aria-label={person.id === you ? 'Your name and voice' : `What you can do with ${person.name}`}
          onClick={onOpen}
        >
          <MoreIcon />
        </button>
      )}
    </li>
  );
}
