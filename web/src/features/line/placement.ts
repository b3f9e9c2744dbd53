// People in the line, bucket by bucket, as the page shows them. Pure.
import { BLOCK, bucketAt, SAMPLE_RATE, type BucketNumber } from '../../units.js';
import type { Person, Settings, Song } from '../../wire/control/control.js';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import { partName } from '../../i18n/voice_parts.js';

export interface Place {
  /** From 1. */
  bucket: BucketNumber;
  offsetSeconds: number;
  people: Person[];
}

/** So many of a group are shown at first. */
const MOST_SHOWN = 12;
const names = new Intl.Collator();

export function secondsOfBlocks(blocks: number): number {
  return (blocks * BLOCK) / SAMPLE_RATE;
}

/** All buckets in singing order. Within one: the leader, then you, then singers, then listeners, each by name. */
export function placesOf(people: readonly Person[], settings: Settings, you: string): Place[] {
  const rank = (person: Person): number => (person.leader ? 0 : person.id === you ? 1 : person.role === 'singer' ? 2 : 3);
  return Array.from({ length: settings.buckets }, (_, i) => ({
    bucket: bucketAt(i),
    offsetSeconds: secondsOfBlocks(settings.offsets[i] ?? 0),
    people: people
      .filter((person) => person.bucket === bucketAt(i))
      .sort((a, b) => rank(a) - rank(b) || names.compare(a.name, b.name) || names.compare(a.id, b.id)),
  }));
}

/** Those of a group that are shown, all or the first of them, and how many are not. One alone is never left out. */
export function shownOf(people: readonly Person[], all: boolean): { people: readonly Person[]; more: number } {
  const more = all ? 0 : people.length - MOST_SHOWN;
  return more > 1 ? { people: people.slice(0, MOST_SHOWN), more } : { people, more: 0 };
}

/** The buckets in which the song is when the server's now is `now`: bit b stands for bucket b. */
export function soundingBuckets(room: { song: Song; settings: Settings }, now: number): number {
  const { song, settings } = room;
  if (song.state !== 'playing') return 0;
  return settings.offsets.slice(0, settings.buckets).reduce((bits, offset, i) => {
    const here = now - offset * BLOCK;
    return here >= song.start && (song.end === null || here < song.end) ? bits | (1 << bucketAt(i)) : bits;
  }, 0);
}

/** Where a bucket stands, while its offset is not chosen yet. */
export function orderText(bucket: BucketNumber): string {
  return bucket === 1 ? t.line.leader : t.line.behindGroup({ group: bucket - 1 });
}

/** As "the leader, 0.0 s" for the first bucket and "1.0 s behind" for the others. */
export function offsetText(seconds: number, bucket: BucketNumber): string {
  const digits = seconds > 0 && seconds < 0.95 ? 2 : 1;
  const text = t.line.seconds({ seconds: numberText(seconds, digits) });
  return bucket === 1 ? t.line.theLeader({ text }) : t.line.behind({ text });
}

/** What a person does, in words, for the eye and for a screen reader. */
export function describePerson(person: Person, you: string): string[] {
  const words: string[] = [];
  if (person.id === you) words.push(t.line.youWord);
  if (person.part !== '') words.push(partName(person.part));
  if (person.leader) words.push(t.line.leads);
  if (person.organiser) words.push(t.line.organiser);
  if (person.engineer) words.push(t.line.engineer);
  if (person.robot) words.push(t.line.robot);
  if (person.hand > 0) words.push(t.line.handUp);
  if (!person.connected || person.away) words.push(t.line.away);
  else if (person.role === 'listener') words.push(t.line.listening);
  else if (person.held) words.push(t.line.mutedByTheOrganiser);
  else if (person.muted) words.push(t.line.microphoneOff);
  return words;
}
