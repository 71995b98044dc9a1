import { canonicalJson } from '../../core/base/index.ts';
import { byteaArray, int4Array, int8Array, textArray } from './binary-array.ts';
import type { Fact } from './facts.ts';
import type { Session } from './session.ts';

/** A fact at its place in the log. */
export interface PlacedFact extends Fact {
  readonly index: number;
}

/** Rows and bytes of one statement: larger batches go in several, inside of one transaction. */
const ROWS_MAX = 5_000;
const BYTES_MAX = 8 << 20;

interface Column {
  readonly type: 'bigint' | 'integer' | 'text' | 'bytea';
  readonly values: Buffer;
}

const bigint = (values: readonly number[]): Column => ({
  type: 'bigint',
  values: int8Array(values),
});
const integer = (values: readonly number[]): Column => ({
  type: 'integer',
  values: int4Array(values),
});
const text = (values: readonly string[]): Column => ({ type: 'text', values: textArray(values) });
const bytea = (values: readonly Uint8Array[]): Column => ({
  type: 'bytea',
  values: byteaArray(values),
});

/** Writes facts with their leaves. Runs inside of the caller's transaction. */
export async function insertFacts(session: Session, facts: readonly PlacedFact[]): Promise<void> {
  for (const chunk of chunksOf(facts)) {
    await insert(session, 'log_leaf', {
      index: bigint(chunk.map(({ index }) => index)),
      kind: text(chunk.map(({ subject }) => subject.kind)),
      body: text(chunk.map(({ body }) => body)),
      leaf_hash: bytea(chunk.map(({ leafHash }) => leafHash)),
    });
    await insertCustody(session, chunk);
    await insertFindings(session, chunk);
    await insertActs(session, chunk);
  }
}

async function insertCustody(session: Session, facts: readonly PlacedFact[]): Promise<void> {
  const entries = facts.flatMap(({ index, subject }) =>
    subject.kind === 'custody' ? [{ index, ...subject }] : [],
  );
  if (entries.length === 0) return;
  const exhibits = {
    digest: text(entries.map(({ exhibit }) => exhibit.digest)),
    bytes: bigint(entries.map(({ exhibit }) => exhibit.bytes)),
    kind: text(entries.map(({ exhibit }) => exhibit.kind)),
    first_index: bigint(entries.map(({ index }) => index)),
  };
  // The rows come in the order of the log, so that an exhibit keeps its first place.
  await insert(session, 'exhibit', exhibits, 'on conflict (digest) do nothing');
  await insert(session, 'custody', {
    index: bigint(entries.map(({ index }) => index)),
    exhibit: text(entries.map(({ custody }) => custody.exhibit)),
    given_by: text(entries.map(({ custody }) => custody.givenBy)),
    received_at: text(entries.map(({ custody }) => custody.receivedAt)),
    received_how: text(entries.map(({ custody }) => custody.receivedHow)),
    name: text(entries.map(({ custody }) => custody.name)),
  });
}

async function insertFindings(session: Session, facts: readonly PlacedFact[]): Promise<void> {
  const findings = facts.flatMap(({ index, subject }) =>
    subject.kind === 'finding' ? [{ index, ...subject.finding }] : [],
  );
  if (findings.length === 0) return;
  await insert(session, 'finding', {
    index: bigint(findings.map(({ index }) => index)),
    key: text(findings.map(({ key }) => key)),
    stage: text(findings.map(({ stage }) => stage)),
    method_version: integer(findings.map(({ methodVersion }) => methodVersion)),
    inputs: text(findings.map(({ inputs }) => canonicalJson(inputs))),
    parameters: text(findings.map(({ parameters }) => canonicalJson(parameters))),
    output_digest: text(findings.map(({ outputDigest }) => outputDigest)),
    output: text(findings.map(({ outputText }) => outputText)),
  });
}

async function insertActs(session: Session, facts: readonly PlacedFact[]): Promise<void> {
  const acts = facts.flatMap(({ index, subject }) =>
    subject.kind === 'act' ? [{ index, ...subject.act }] : [],
  );
  if (acts.length === 0) return;
  await insert(session, 'act', {
    index: bigint(acts.map(({ index }) => index)),
    kind: text(acts.map(({ kind }) => kind)),
    by_whom: text(acts.map(({ by }) => by)),
    at: text(acts.map(({ at }) => at)),
    reason: text(acts.map(({ reason }) => reason)),
    body: text(acts.map(({ body }) => canonicalJson(body))),
  });
}

async function insert(
  session: Session,
  table: string,
  columns: Readonly<Record<string, Column>>,
  onConflict = '',
): Promise<void> {
  const names = Object.keys(columns).join(', ');
  const arrays = Object.values(columns).map(({ type }, n) => `$${n + 1}::${type}[]`);
  const statement = `insert into ${table} (${names}) select * from unnest(${arrays.join(', ')})`;
  await session.query(
    `${statement} ${onConflict}`,
    Object.values(columns).map(({ values }) => values),
  );
}

function* chunksOf(facts: readonly PlacedFact[]): Iterable<readonly PlacedFact[]> {
  let chunk: PlacedFact[] = [];
  let bytes = 0;
  for (const fact of facts) {
    const size = weightOf(fact);
    if (chunk.length > 0 && (chunk.length === ROWS_MAX || bytes + size > BYTES_MAX)) {
      yield chunk;
      [chunk, bytes] = [[], 0];
    }
    chunk.push(fact);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

const weightOf = ({ body, subject }: PlacedFact): number =>
  body.length + (subject.kind === 'finding' ? subject.finding.outputText.length : 0);
