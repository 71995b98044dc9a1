import { randomBytes } from 'node:crypto';
import { assert, type Result } from '../../src/core/base/index.ts';
import {
  type Asked,
  askedIdentities,
  blindedElements,
  type Commitment,
  type CommittedReport,
  commit,
  countHits,
  drawScalar,
  type Expected,
  evaluations,
  inputFor,
  type MatchFailure,
  noticeEntry,
  noticeOutput,
  type Query,
  readAnswer,
  readCommitment,
  readQuery,
  readTags,
  renderAnswer,
  renderCommitment,
  renderNoticeTags,
  renderQuery,
  renderTags,
  rollCells,
  rollPlaces,
  type Scalar,
  SPIKES,
  spikeIdentity,
  type TagHeader,
  type Terms,
  unblindedPlaces,
} from '../../src/core/psi/index.ts';
import { nodePrimitives } from '../../src/host/psi/index.ts';

export const primitives = await nodePrimitives();
export const { curve, kernels } = primitives;

export const TERMS: Terms = {
  incident: 'october-2020',
  epoch: '2020-10',
  epochEnds: '2020-11-30',
  key: 'name',
  mode: 'count',
  counties: null,
};

export const value = <Value>(result: Result<Value, MatchFailure>): Value => {
  assert(result.ok, result.ok ? '' : result.failure.code);
  return result.value;
};
export const codeOf = (result: Result<unknown, MatchFailure>): string =>
  result.ok ? 'ok' : result.failure.code;

const person = (at: number): string => `name|p${at}`;
export const people = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, at) => person(from + at));
export const reportsOf = (identities: readonly string[]): readonly CommittedReport[] =>
  identities.map((identity, at) => ({ id: `r${at}`, identity }));

export function committed(list: readonly string[], terms: Terms = TERMS) {
  const secret = new Uint8Array(32).fill(9);
  const commitment = value(commit(kernels, { terms, reports: reportsOf(list), secret }));
  return value(readCommitment(kernels, renderCommitment(kernels, commitment)));
}

/** The county's side up to its tag file; rows are [identity, cell]. */
export function encoded(
  roll: ReadonlyMap<string, string>,
  made: { readonly commitment: Commitment; readonly digest: string },
  county = 'Test County',
) {
  const key: Scalar = drawScalar(curve, randomBytes);
  const header: TagHeader = {
    county,
    commitment: made.commitment,
    commitmentDigest: made.digest,
    publicKey: curve.multiplyBase(key),
    releases: [],
  };
  const { labels, cellOf } = value(rollCells([...roll.values()]));
  const input = inputFor(primitives, { ...made.commitment, county });
  const all = [...roll.keys(), ...Array.from({ length: SPIKES }, (_, at) => spikeIdentity(at))];
  if (made.commitment.mode === 'notice') {
    const entries = all.map((identity, at) =>
      noticeEntry(primitives, noticeOutput(primitives, key, input(identity)), labels[cellOf[at]!]!),
    );
    return { key, header, bytes: renderNoticeTags(kernels, header, entries) };
  }
  const places = Float64Array.from(
    rollPlaces(primitives, key, { inputs: all.map(input), by: 'x25519' }),
  );
  return { key, header, bytes: renderTags(kernels, { header, places, cellOf, labels }) };
}

export const SEED = new Uint8Array(32).fill(3);

/** The hub's query for a list. */
export function asked(header: TagHeader, tags: string, list: readonly string[], seed = SEED) {
  const identities = askedIdentities([...new Set(list)]);
  const elements = [...blindedElements(primitives, header, { identities, seed })];
  return { identities, elements, bytes: renderQuery(primitives, { header, tags, elements }) };
}

export const expectedBy = (header: TagHeader, tags: string): Expected => ({
  header,
  tags,
  answered: false,
  quota: 20_000,
  spent: 0,
  today: '2020-10-22',
});

/** What the hub knows of its question when the answer comes. */
export const questionOf = (header: TagHeader, tags: string, query: Query): Asked => ({
  header,
  tags,
  query: query.digest,
  size: query.elements.length,
  elements: query.elements,
});

export function counted(roll: ReadonlyMap<string, string>, list: readonly string[]) {
  const { key, header, bytes } = encoded(roll, committed(list));
  const tags = value(readTags(kernels, bytes));
  const own = asked(header, tags.digest, list);
  const query = value(readQuery(primitives, own.bytes, expectedBy(header, tags.digest)));
  const evaluated = [...evaluations(primitives, key, query)];
  const answer = renderAnswer(primitives, { header, query, evaluated, key, draw: randomBytes });
  const question = questionOf(header, tags.digest, query);
  const got = value(readAnswer(primitives, answer, question));
  return countHits(tags, unblindedPlaces(primitives, { tags, seed: SEED, evaluated: got }));
}

export const PARTIES = ['DEM|1|A', 'REP|0|A', 'none|0|B', 'tiny|0|B'];

export function countsOf(cells: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}
