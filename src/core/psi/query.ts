import { fail, joinBytes, ok, type Result } from '../base/index.ts';
import type { Commitment } from './commitment.ts';
import { drawScalar, type Element, type Primitives, type Scalar } from './curve.ts';
import { isCount, readFile, renderFile } from './envelope.ts';
import type { MatchFailure } from './failure.ts';
import { ascii, compareOctets, octetsOf } from './octets.ts';
import { hashToGroup } from './oprf.ts';
import { readPoints, renderPoints, shuffled } from './points.ts';
import { inputFor, personElement } from './tag.ts';
import type { TagHeader } from './tag-file.ts';
import { BATCH_MAX, PROTOCOL, SPIKES, spikeIdentity } from './terms.ts';

/** What a query says beside its elements; nothing in it comes from the list but its length. */
export interface Query {
  readonly county: string;
  readonly epoch: string;
  /** The tag file that it is asked against, and with it the key. */
  readonly tags: string;
  readonly elements: readonly Element[];
  readonly digest: string;
}

/** Everybody that is asked about: the people of the list, and the invented ones. */
export const askedIdentities = (people: readonly string[]): readonly string[] => [
  ...people,
  ...Array.from({ length: SPIKES }, (_, at) => spikeIdentity(at)),
];

/** Blind of the person at a place: one scalar for all in count mode, each its own in match mode. */
export function blindAt(
  { curve }: Primitives,
  { mode }: Pick<Commitment, 'mode'>,
  { seed, at }: { readonly seed: Uint8Array; readonly at: number },
): Scalar {
  const place = octetsOf(mode === 'count' ? 0 : at, 4);
  return drawScalar(curve, () => curve.sha512(joinBytes(ascii(`${PROTOCOL} blind`), seed, place)));
}

/** One blinded element per person, in the order of `identities`. */
export function* blindedElements(
  primitives: Primitives,
  header: TagHeader,
  { identities, seed }: { readonly identities: readonly string[]; readonly seed: Uint8Array },
): Generator<Element> {
  const { curve } = primitives;
  const { commitment, county } = header;
  const input = inputFor(primitives, { ...commitment, county });
  const count = commitment.mode === 'count';
  const common = blindAt(primitives, commitment, { seed, at: 0 });
  for (const [at, identity] of identities.entries()) {
    const blind = count ? common : blindAt(primitives, commitment, { seed, at });
    const own = input(identity);
    const element = count ? personElement(primitives, own) : hashToGroup(curve, 1, own);
    yield curve.multiply(blind, element);
  }
}

/**
 * The query file. Its elements are ordered by their bytes, so that their order says nothing of the
 * list's.
 */
export function renderQuery(
  { kernels }: Primitives,
  {
    header,
    tags,
    elements,
  }: {
    readonly header: TagHeader;
    readonly tags: string;
    readonly elements: readonly Element[];
  },
): Uint8Array {
  const json = {
    county: header.county,
    epoch: header.commitment.epoch,
    tags,
    size: elements.length,
  };
  return renderFile(kernels, 'query', { header: json, body: renderPoints(shuffled(elements)) });
}

/** Where the element of each identity stands in the shuffled query. */
export function shuffledPlaces(elements: readonly Element[]): readonly number[] {
  const order = [...elements.keys()].sort((a, b) => compareOctets(elements[a]!, elements[b]!));
  const places: number[] = [];
  for (const [place, from] of order.entries()) places[from] = place;
  return places;
}

/** What the county knows of an exchange when a query comes in. */
export interface Expected {
  readonly header: TagHeader;
  readonly tags: string;
  /** Whether this exchange was answered before. */
  readonly answered: boolean;
  readonly quota: number;
  /** People asked about in this epoch or lately, other exchanges included. */
  readonly spent: number;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** The county's checks, cheapest first; the elements come last. */
export function readQuery(
  { kernels, curve }: Primitives,
  bytes: Uint8Array,
  expected: Expected,
): Result<Query, MatchFailure> {
  const file = readFile(kernels, 'query', bytes);
  if (!file.ok) return file;
  const { header, body, digest } = file.value;
  const { county, epoch, tags, size } = header;
  if (typeof county !== 'string' || typeof epoch !== 'string' || typeof tags !== 'string') {
    return fail({ code: 'match-file-rule', rule: 'a county, an epoch and a tag file' });
  }
  if (!isCount(size, BATCH_MAX + SPIKES) || body.length !== size * 32) {
    return fail({ code: 'match-file-rule', rule: 'as many elements as it says' });
  }
  const refusal = wrongQuery({ epoch, tags, size }, expected);
  if (refusal !== null) return fail(refusal);
  const elements = readPoints(curve, body, { sorted: true });
  if (!elements.ok) return elements;
  return ok({ county, epoch, tags, elements: elements.value, digest });
}

function wrongQuery(
  { epoch, tags, size }: { readonly epoch: string; readonly tags: string; readonly size: number },
  expected: Expected,
): MatchFailure | null {
  const { commitment } = expected.header;
  if (epoch !== commitment.epoch && /^[\w .'-]{1,80}$/.test(epoch)) {
    return { code: 'match-epoch-other', wanted: commitment.epoch, found: epoch };
  }
  if (expected.today > commitment.epochEnds) {
    return { code: 'match-epoch-over', ended: commitment.epochEnds };
  }
  if (tags !== expected.tags) return { code: 'match-key-other' };
  if (expected.answered) return { code: 'match-query-replayed' };
  const asked = size - SPIKES;
  if (asked !== commitment.people) {
    return { code: 'match-query-size', committed: commitment.people, found: Math.max(asked, 0) };
  }
  return quotaRefusal({ ...expected, asked });
}

/** Refuses what would pass the quota of the epoch. */
export const quotaRefusal = ({
  quota,
  spent,
  asked,
}: {
  readonly quota: number;
  readonly spent: number;
  readonly asked: number;
}): MatchFailure | null =>
  spent + asked > quota ? { code: 'match-quota', quota, spent, asked } : null;
