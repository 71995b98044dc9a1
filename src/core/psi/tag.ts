import { assert, joinBytes } from '../base/index.ts';
import { type Coordinate, coordinatesOf, ladderInputs, ladderScalar } from './coordinate.ts';
import type { Element, Primitives, Scalar } from './curve.ts';
import { ascii, octetsOf } from './octets.ts';
import { hashToGroup, outputOf } from './oprf.ts';
import { PROTOCOL, type Terms } from './terms.ts';
import { wiping } from './wiping.ts';

const TAG = ascii('tag');
const LABEL = ascii('label');

/** Where a tag lies between 0 and 1: the first 53 bits of its hash over 2^53. */
export type TagPlace = number;

/**
 * The input of one person, bound to the exchange: protocol, incident, county, epoch, identity, each
 * with its length before it. The same person in another county or month is another input.
 */
export function inputFor(
  { kernels }: Primitives,
  { incident, epoch, county }: Pick<Terms, 'incident' | 'epoch'> & { readonly county: string },
): (identity: string) => Uint8Array {
  const part = (text: string): Uint8Array => {
    const bytes = kernels.encode(text);
    return joinBytes(octetsOf(bytes.length, 4), bytes);
  };
  const context = joinBytes(...[PROTOCOL, incident, county, epoch].map(part));
  return (identity) => joinBytes(context, part(identity));
}

/** H(x): SHA-512 to 64 uniform bytes, then RFC 9496's one-way map. */
export const personElement = ({ curve }: Primitives, input: Uint8Array): Element =>
  curve.fromUniform(curve.sha512(input));

/**
 * Elements whose coordinates are computed together: the inversion that they share costs a fifth of
 * a ladder.
 */
const TOGETHER = 256;

/**
 * Who multiplies by the county's key: X25519, which runs in native code and is checked against
 * ristretto255 in every batch, or ristretto255 alone. The tags are the same.
 */
export type TagMultiplier = 'x25519' | 'ristretto255';

/** Tags of k * H(x), as the county computes them. */
export function rollPlaces(
  primitives: Primitives,
  key: Scalar,
  { inputs, by }: { readonly inputs: Iterable<Uint8Array>; readonly by: TagMultiplier },
): Generator<TagPlace> {
  return by === 'x25519'
    ? ladderPlaces(primitives, key, inputs)
    : elementPlaces(primitives, multiplied(primitives, key, inputs));
}

function* multiplied(
  primitives: Primitives,
  key: Scalar,
  inputs: Iterable<Uint8Array>,
): Generator<Element> {
  for (const input of inputs) {
    yield primitives.curve.multiply(key, personElement(primitives, input));
  }
}

/** On the first of every batch both multipliers must agree, or the machine is not to be trusted. */
function* ladderPlaces(
  primitives: Primitives,
  key: Scalar,
  inputs: Iterable<Uint8Array>,
): Generator<TagPlace> {
  const { curve } = primitives;
  const ladder = wiping(ladderScalar(curve, key), curve.ladder);
  for (const batch of batches(inputs)) {
    const elements = batch.map((input) => personElement(primitives, input));
    const [first] = elementPlaces(primitives, [curve.multiply(key, elements[0]!)]);
    for (const [at, u] of ladderInputs(elements).entries()) {
      const place = tagPlace(primitives, ladder(u));
      assert(at > 0 || place === first, 'X25519 and libsodium agree');
      yield place;
    }
  }
}

/** Tags of elements that were multiplied already, as the hub computes them. */
export function* elementPlaces(
  primitives: Primitives,
  elements: Iterable<Element>,
): Generator<TagPlace> {
  for (const batch of batches(elements)) {
    for (const coordinate of coordinatesOf(batch)) yield tagPlace(primitives, coordinate);
  }
}

function* batches<Item>(items: Iterable<Item>): Generator<readonly Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < TOGETHER) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Whoever does not hold k cannot compute it for a guessed person. */
function tagPlace({ kernels }: Primitives, coordinate: Coordinate): TagPlace {
  const hash = kernels.sha256Raw(joinBytes(TAG, coordinate));
  let high = 0;
  for (let at = 0; at < 4; at++) high = high * 256 + hash[at]!;
  const low = (hash[4]! << 13) | (hash[5]! << 5) | (hash[6]! >>> 3);
  return (high * 2 ** 21 + low) / 2 ** 53;
}

/** Tag and label key of a person in match mode: both out of F(k, x) of RFC 9497 (VOPRF). */
export function noticeSecrets(
  { kernels }: Primitives,
  output: Uint8Array,
): { readonly tag: Uint8Array; readonly labelKey: Uint8Array } {
  return {
    tag: kernels.sha256Raw(joinBytes(TAG, output)).subarray(0, 16),
    labelKey: kernels.sha256Raw(joinBytes(LABEL, output)),
  };
}

/** F(k, x) as the county computes it, which holds k. */
export const noticeOutput = ({ curve }: Primitives, key: Scalar, input: Uint8Array): Uint8Array =>
  outputOf(curve, input, curve.multiply(key, hashToGroup(curve, 1, input)));
