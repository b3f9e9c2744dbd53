import { expect, expectTypeOf, it } from 'vitest';
import { bucketAt, indexOfBucket, type BucketIndex, type BucketNumber } from '../src/units.js';

it('counts buckets from 1 for people and from 0 in lists', () => {
  expect(indexOfBucket(1)).toBe(0);
  expect(bucketAt(indexOfBucket(8))).toBe(8);
});

it('does not let a number of a bucket stand for its index', () => {
  expectTypeOf<BucketNumber>().not.toMatchTypeOf<BucketIndex>();
  expectTypeOf<BucketIndex>().not.toMatchTypeOf<BucketNumber>();
});
