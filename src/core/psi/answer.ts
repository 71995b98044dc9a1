import { fail, hexOf, ok, type Result } from '../base/index.ts';
import type { Draw, Element, Primitives, Scalar } from './curve.ts';
import { readFile, renderFile } from './envelope.ts';
import type { MatchFailure } from './failure.ts';
import { fromHex } from './octets.ts';
import { PROOF_BYTES, type Proof, proofHolds, prove } from './oprf.ts';
import { readPoints, renderPoints, shuffled } from './points.ts';
import type { Query } from './query.ts';
import type { TagHeader } from './tag-file.ts';

/** k times every element; the key's holder does this once for an exchange. */
export function* evaluations(
  { curve }: Primitives,
  key: Scalar,
  { elements }: Pick<Query, 'elements'>,
): Generator<Element> {
  for (const element of elements) yield curve.multiply(key, element);
}

/**
 * The answer file. Count mode shuffles, so that a hit cannot be traced to its question; match mode
 * keeps the order and proves that the published key made every element.
 */
export function renderAnswer(
  primitives: Primitives,
  {
    header,
    query,
    evaluated,
    key,
    draw,
  }: {
    readonly header: TagHeader;
    readonly query: Query;
    readonly evaluated: readonly Element[];
    readonly key: Scalar;
    readonly draw: Draw;
  },
): Uint8Array {
  const { kernels, curve } = primitives;
  const json = { tags: query.tags, query: query.digest, size: evaluated.length };
  if (header.commitment.mode === 'count') {
    return renderFile(kernels, 'answer', { header: json, body: renderPoints(shuffled(evaluated)) });
  }
  const batch = { publicKey: header.publicKey, blinded: query.elements, evaluated };
  const proof = hexOf(prove(curve, key, batch, draw));
  return renderFile(kernels, 'answer', {
    header: { ...json, proof },
    body: renderPoints(evaluated),
  });
}

/** What the hub knows of its own question. */
export interface Asked {
  readonly header: TagHeader;
  readonly tags: string;
  readonly query: string;
  /** How many elements were asked about. */
  readonly size: number;
  /** The blinded elements in the order of the file; match mode needs them for the proof. */
  readonly elements: readonly Element[];
}

/** The hub's checks: it is the answer to this question, whole, and made with the published key. */
export function readAnswer(
  { kernels, curve }: Primitives,
  bytes: Uint8Array,
  asked: Asked,
): Result<readonly Element[], MatchFailure> {
  const file = readFile(kernels, 'answer', bytes);
  if (!file.ok) return file;
  const { header, body } = file.value;
  if (header['tags'] !== asked.tags) return fail({ code: 'match-key-other' });
  if (header['query'] !== asked.query) return fail({ code: 'match-answer-other' });
  if (body.length !== asked.size * 32) {
    return fail({ code: 'match-file-rule', rule: 'one element for each that was asked' });
  }
  const count = asked.header.commitment.mode === 'count';
  const evaluated = readPoints(curve, body, { sorted: count });
  if (!evaluated.ok || count) return evaluated;
  const proof: Proof | null = fromHex(String(header['proof']), PROOF_BYTES);
  const batch = {
    publicKey: asked.header.publicKey,
    blinded: asked.elements,
    evaluated: evaluated.value,
  };
  // The key came in a file of the other side: it may be no point at all.
  const sound = curve.isElement(batch.publicKey);
  if (!sound || proof === null || !proofHolds(curve, batch, proof))
    return fail({ code: 'match-proof-wrong' });
  return ok(evaluated.value);
}
