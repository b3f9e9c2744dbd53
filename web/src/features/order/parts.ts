// The names of voice parts, as the server will keep them, near enough. Pure.
import type { BucketNumber } from '../../units.js';
import { charactersOf, cleanName } from '../door/name.js';
import { t } from '../../i18n/words.js';
import { partName } from '../../i18n/voice_parts.js';

export const MOST_PARTS = 12;
const MOST_CHARACTERS = 24;

export function cleanPart(typed: string): string {
  return cleanName(typed);
}

/** What is wrong with a new one, or null. */
export function partProblem(part: string, parts: readonly string[]): string | null {
  if (part === '') return t.order.pleaseGiveThePartA;
  if (parts.some((one) => one === part || partName(one) === part)) return t.order.theRoomHasThisPart;
  return charactersOf(part) > MOST_CHARACTERS ? t.order.aPartsNameMayHave({ most: MOST_CHARACTERS }) : null;
}

/** The parts' buckets with this one fixed to another; 0: to none. */
export function fixedBuckets(fixed: Readonly<Record<string, BucketNumber>>, part: string, bucket: number): Record<string, BucketNumber> {
  const others = Object.entries(fixed).filter(([one]) => one !== part);
  return Object.fromEntries(bucket === 0 ? others : [...others, [part, bucket]]);
}
