// The line: who stands in which group, in the order in which the song reaches them.
import { useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { moveTo } from './commands.js';
import { LineNumbers } from './line_numbers.js';
import { describePerson, placesOf, shownOf, type Place } from './placement.js';
import { groupText, voicesHeard } from './stream.js';
import { may, yourself, type RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { crowdText } from './time_travel.js';
import type { Person } from '../../wire/control/control.js';
import { hasMenu } from '../order/person_actions.js';
import { AwayIcon, EarIcon, LeaderIcon, MicrophoneOffIcon, MoreIcon, RobotIcon } from '../../page/parts/icons.js';
import { language, t } from '../../i18n/words.js';

interface LineProps {
  session: Session;
  room: RoomState;
  /** Opens what one may do with a person. */
  onPerson: (id: string) => void;
}

export function LineOfBuckets({ session, room, onPerson }: LineProps): JSX.Element {
  const { people, settings, you } = room;
  const places = useMemo(() => placesOf(people, settings, you), [people, settings, you]);
  const heard = useMemo(() => voicesHeard(people, settings.buckets), [people, settings]);
  const sounding = session.song.sounding.value;
  return (
    <section class="line-of-buckets" aria-labelledby="line-title">
      <div class="line-head">
        <h2 id="line-title">{t.line.whoSingsWhere}</h2>
        <p class="hint">{crowdText(room)}</p>
        <LineNumbers room={room} />
      </div>
      <ol class="buckets" data-count={places.length}>
        {places.map((place, i) => (
          <Bucket
            key={place.bucket}
            place={place}
            voices={heard[i] ?? 0}
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
  /** How many it hears. */
  voices: number;
  /** The song is in this bucket now. */
  sounding: boolean;
}

function Bucket({ place, voices, sounding, session, room, onPerson }: BucketProps): JSX.Element {
  const [all, setAll] = useState(false);
  const you = yourself(room);
  const here = you.bucket === place.bucket;
  const first = place.bucket === 1;
  // The first bucket is the leader's: nobody has sung before it, so whoever stands there must lead.
  const mayMove = may(room, 'bucket') && !here && (!first || room.leader === you.id);
  const { people, more } = shownOf(place.people, all);
  return (
    <li class={['bucket', here && 'here', sounding && 'sounding'].filter(Boolean).join(' ')} data-keeps-focus>
      <div class="bucket-head">
        <h3>
          {t.line.group({ group: place.bucket })}
          {here && <span class="bucket-you">{t.line.you}</span>}
        </h3>
        <p class="bucket-hears">{groupText(place.bucket, voices)}</p>
      </div>
      <ul class="people">
        {people.map((person) => (
          <PersonItem
            key={person.id}
            person={person}
            sounds={room.sounding.has(person.id)}
            you={room.you}
            menu={hasMenu(room, person)}
            onPerson={onPerson}
          />
        ))}
        {people.length === 0 && <li class="nobody">{first ? t.line.nobodyLeadsYet : t.line.nobodyYet}</li>}
      </ul>
      {more > 0 && (
        <button type="button" class="quiet bucket-more" onClick={() => setAll(true)}>
          {t.line.andMore({ more })}
        </button>
      )}
      {mayMove && (
        <button type="button" class="bucket-move" disabled={!session.connected.value} onClick={() => moveTo(session, place.bucket)}>
          {you.role === 'singer' ? t.line.singInGroup({ group: place.bucket }) : t.line.listenInGroup({ group: place.bucket })}
        </button>
      )}
    </li>
  );
}

interface PersonProps {
  person: Person;
  /** Her voice sounds in the song. */
  sounds: boolean;
  you: string;
  /** There is something that one may do with her. */
  menu: boolean;
  onPerson: (id: string) => void;
}

/** Drawn anew only when something of this person has changed: there may be hundreds. */
function PersonItem({ person, sounds, you, menu, onPerson }: PersonProps): JSX.Element {
  return useMemo(() => {
    const words = describePerson(person, you);
    const classes = [
      'person',
      person.id === you && 'you',
      person.leader && 'leads',
      !person.connected && 'away',
      sounds && 'sounds',
      words.length > 1 && 'wordy',
    ]
      .filter(Boolean)
      .join(' ');
    return (
      <li class={classes}>
        <span class="person-text">
          <span class="person-name">{person.name}</span>
          {words.length > 0 && (
            <span class="person-words">
              {iconOf(person)}
              {words.join(', ')}
            </span>
          )}
        </span>
        {menu && (
          <button
            type="button"
            class="quiet person-more"
            aria-haspopup="dialog"
            aria-label={person.id === you ? t.line.yourNameAndVoice : t.line.whatYouCanDoWith({ name: person.name })}
            onClick={() => onPerson(person.id)}
          >
            <MoreIcon />
          </button>
        )}
      </li>
    );
  }, [person, sounds, you, menu, onPerson, language.value]);
}

function iconOf(person: Person): JSX.Element | null {
  if (!person.connected) return <AwayIcon />;
  if (person.role === 'listener') return <EarIcon />;
  if (person.muted) return <MicrophoneOffIcon />;
  if (person.leader) return <LeaderIcon />;
  return person.robot ? <RobotIcon /> : null;
}
