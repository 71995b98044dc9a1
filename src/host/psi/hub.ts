import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, fail, ok, type Result } from '../../core/base/index.ts';
import {
  askedIdentities,
  blindedElements,
  type Commitment,
  type CommittedReport,
  commit,
  countHits,
  type Element,
  kindOf,
  type MatchCount,
  type NoticeSet,
  noticeHits,
  openLeaves,
  type Primitives,
  readAnswer,
  readCommitment,
  readNoticeTags,
  readTagHeader,
  readTags,
  renderCommitment,
  renderOpened,
  renderQuery,
  SPIKES,
  shuffledPlaces,
  spikeRefusal,
  type TagHeader,
  type Terms,
  unblindedPlaces,
} from '../../core/psi/index.ts';
import type { ExchangeFailure } from './failure.ts';
import { createFile, replaceFile } from './files.ts';
import { appendLedger } from './ledger.ts';
import { openSealed, type SealingCost, sealFile } from './sealed-file.ts';
import { gather, type Pace } from './work.ts';

/** The hub's folder: one commitment, and a folder for each county that sent tags. */
export interface HubDesk {
  readonly primitives: Primitives;
  readonly folder: string;
  readonly now: string;
  readonly pace: Pace;
  /** What guessing a passphrase costs. */
  readonly cost: SealingCost;
}

const SECRET_BYTES = 32;
const NAME_DIGITS = 16;
const countyPath = ({ folder }: HubDesk, tags: string, name: string): string =>
  join(folder, 'counties', tags.slice(0, NAME_DIGITS), name);

/** Seals the list and writes the commitment, which goes to every county before it draws a key. */
export function commitList(
  desk: HubDesk,
  order: {
    readonly terms: Terms;
    readonly reports: readonly CommittedReport[];
    readonly passphrase: string;
  },
): Result<{ readonly path: string; readonly commitment: Commitment }, ExchangeFailure> {
  const { primitives, folder, now } = desk;
  const path = join(folder, 'commitment.tocsin');
  if (existsSync(path)) return fail({ code: 'match-exists', path });
  const secret = randomBytes(SECRET_BYTES);
  const made = commit(primitives.kernels, { ...order, secret });
  if (!made.ok) return made;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  sealFile(primitives, join(folder, 'list.sealed'), {
    passphrase: order.passphrase,
    cost: desk.cost,
    secret: {
      secret: secret.toString('hex'),
      blinds: randomBytes(SECRET_BYTES).toString('hex'),
      reports: order.reports.map(({ id, identity }) => [id, identity]),
    },
  });
  createFile(path, renderCommitment(primitives.kernels, made.value));
  const { epoch, people, mode } = made.value;
  appendLedger(folder, { at: now, did: 'committed', epoch, people, step: mode });
  return ok({ path, commitment: made.value });
}

/** Opens reports of the committed list to an auditor, who chose their places (from 0). */
export function openReports(
  desk: HubDesk,
  { places, passphrase }: { readonly places: readonly number[]; readonly passphrase: string },
): Result<{ readonly path: string; readonly bytes: number; readonly of: number }, ExchangeFailure> {
  const list = openList(desk, passphrase);
  if (!list.ok) return list;
  const { commitmentDigest, reports, secret } = list.value;
  const beyond = places.find((at) => at >= reports.length);
  if (beyond !== undefined) return fail({ code: 'match-opened-wrong', at: beyond });
  const leaves = openLeaves(desk.primitives.kernels, { secret, reports, places });
  const text = Buffer.from(renderOpened(commitmentDigest, leaves));
  const path = join(desk.folder, 'opened.json');
  replaceFile(path, text, 0o600);
  appendLedger(desk.folder, { at: desk.now, did: 'opened', people: places.length });
  return ok({ path, bytes: text.length, of: reports.length });
}

interface HubSecret {
  readonly commitment: Commitment;
  /** From which the salts of the leaves come. */
  readonly secret: Uint8Array;
  readonly commitmentDigest: string;
  readonly reports: readonly CommittedReport[];
  /** Different people, in order of their first report. */
  readonly people: readonly string[];
  readonly blinds: Uint8Array;
}

function openList(
  { primitives, folder }: HubDesk,
  passphrase: string,
): Result<HubSecret, ExchangeFailure> {
  const path = join(folder, 'commitment.tocsin');
  if (!existsSync(path)) return fail({ code: 'match-exchange-unknown' });
  const commitment = readCommitment(primitives.kernels, readFileSync(path));
  if (!commitment.ok) return commitment;
  const opened = openSealed(primitives, join(folder, 'list.sealed'), passphrase);
  if (!opened.ok) return opened;
  const pairs = opened.value['reports'] as readonly (readonly [string, string])[];
  const reports = pairs.map(([id, identity]) => ({ id, identity }));
  return ok({
    secret: Buffer.from(String(opened.value['secret']), 'hex'),
    commitment: commitment.value.commitment,
    commitmentDigest: commitment.value.digest,
    reports,
    people: [...new Set(reports.map(({ identity }) => identity))],
    blinds: Buffer.from(String(opened.value['blinds']), 'hex'),
  });
}

/** The blinds of one county: nothing of one exchange fits another. */
const seedFor = ({ kernels }: Primitives, { blinds }: HubSecret, tags: string): Uint8Array =>
  kernels.sha256Raw(Buffer.concat([blinds, Buffer.from(tags, 'hex')]));

/** A query that was written, and the tags that it asks. */
export interface Queried {
  readonly path: string;
  readonly bytes: number;
  readonly header: TagHeader;
}

/** Writes the query to the county whose tag file this is. The same tags give the same query. */
export async function askCounty(
  desk: HubDesk,
  { tags: bytes, passphrase }: { readonly tags: Uint8Array; readonly passphrase: string },
): Promise<Result<Queried, ExchangeFailure>> {
  const { primitives } = desk;
  const opened = readWhole(primitives, bytes);
  if (!opened.ok) return opened;
  const { header, tags } = opened.value;
  const list = openList(desk, passphrase);
  if (!list.ok) return list;
  if (header.commitmentDigest !== list.value.commitmentDigest)
    return fail({ code: 'match-key-other' });
  // The county's copy of the terms rules what follows: it must be the hub's own, word for word.
  if (canonicalJson({ ...header.commitment }) !== canonicalJson({ ...list.value.commitment })) {
    return fail({ code: 'match-file-rule', rule: 'the terms of the commitment that it names' });
  }
  const elements = await blinded(desk, header, list.value, tags);
  const made = renderQuery(primitives, { header, tags, elements });
  const path = countyPath(desk, tags, 'query.tocsin');
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  replaceFile(countyPath(desk, tags, 'tags.tocsin'), bytes);
  replaceFile(path, made);
  const { county, commitment } = header;
  const { epoch, people } = commitment;
  appendLedger(desk.folder, { at: desk.now, did: 'queried', epoch, county, tags, people });
  return ok({ path, bytes: made.length, header });
}

function blinded(
  { primitives, pace }: HubDesk,
  header: TagHeader,
  list: HubSecret,
  tags: string,
): Promise<Element[]> {
  const identities = askedIdentities(list.people);
  const seed = seedFor(primitives, list, tags);
  const elements = blindedElements(primitives, header, { identities, seed });
  return gather(elements, { total: identities.length, pace });
}

/** The whole tag file is read before anything is asked: a damaged one would waste the exchange. */
function readWhole(
  { kernels }: Primitives,
  bytes: Uint8Array,
): Result<{ readonly header: TagHeader; readonly tags: string }, ExchangeFailure> {
  const head = readTagHeader(kernels, bytes);
  if (!head.ok) return head;
  const whole =
    head.value.header.commitment.mode === 'count'
      ? readTags(kernels, bytes)
      : readNoticeTags(kernels, bytes);
  return whole.ok ? ok({ header: whole.value.header, tags: whole.value.digest }) : whole;
}

/** A report that the county's roll holds, in match mode. */
export interface NoticeHit {
  readonly id: string;
  readonly cell: string;
}

/** What an answer says. In match mode it names voters: the hits stay in the office. */
export type Counted =
  | {
      readonly mode: 'count';
      readonly count: MatchCount;
      readonly header: TagHeader;
      /** SHA-256 of the tag file, hex. */
      readonly tags: string;
      /** Households of the asked people, where the key tells them. */
      readonly households: number;
    }
  | {
      readonly mode: 'notice';
      readonly county: string;
      readonly asked: number;
      readonly hits: readonly NoticeHit[];
      /** Report ids and cells, one JSON line each; stays in the office. */
      readonly path: string;
    };

/** Reads the answer of a county: hits per cell, or in match mode the reports that hit. */
export async function countAnswer(
  desk: HubDesk,
  { answer, passphrase }: { readonly answer: Uint8Array; readonly passphrase: string },
): Promise<Result<Counted, ExchangeFailure>> {
  const { primitives } = desk;
  const head = Buffer.from(answer.subarray(0, 4096)).toString('latin1');
  const tags = /"tags":"([0-9a-f]{64})"/.exec(head)?.[1] ?? '';
  const path = countyPath(desk, tags, 'tags.tocsin');
  const known = tags !== '' && existsSync(path);
  if (!known && kindOf(primitives.kernels, answer) === 'answer') {
    return fail({ code: 'match-exchange-unknown' });
  }
  const opened = known ? readTagHeader(primitives.kernels, readFileSync(path)) : null;
  if (opened === null) return refuseForeign(primitives, answer);
  if (!opened.ok) return opened;
  const list = openList(desk, passphrase);
  if (!list.ok) return list;
  const { mode } = opened.value.header.commitment;
  const own = mode === 'count' ? [] : await blinded(desk, opened.value.header, list.value, tags);
  const query = readFileSync(countyPath(desk, tags, 'query.tocsin'));
  const places = shuffledPlaces(own);
  const elements: Element[] = [];
  for (const [at, place] of places.entries()) elements[place] = own[at]!;
  const evaluated = readAnswer(primitives, answer, {
    header: opened.value.header,
    tags,
    query: primitives.kernels.sha256(query),
    size: list.value.people.length + SPIKES,
    elements,
  });
  if (!evaluated.ok) return evaluated;
  const seed = seedFor(primitives, list.value, tags);
  const inOrder = places.map((place) => evaluated.value[place]!);
  const counted =
    mode === 'count'
      ? await countCells(desk, {
          bytes: readFileSync(path),
          seed,
          evaluated: evaluated.value,
          people: list.value.people,
        })
      : await nameHits(desk, { bytes: readFileSync(path), seed, list: list.value, inOrder, tags });
  if (!counted.ok) return counted;
  replaceFile(countyPath(desk, tags, 'answer.tocsin'), answer);
  const { county, commitment } = opened.value.header;
  const { epoch } = commitment;
  const file = primitives.kernels.sha256(answer);
  appendLedger(desk.folder, { at: desk.now, did: 'counted', epoch, county, tags, file });
  return counted;
}

function refuseForeign(primitives: Primitives, answer: Uint8Array): Result<never, ExchangeFailure> {
  const read = readAnswer(primitives, answer, {
    header: { commitment: { mode: 'count' } } as TagHeader,
    tags: '',
    query: '',
    size: 0,
    elements: [],
  });
  return read.ok ? fail({ code: 'match-exchange-unknown' }) : read;
}

interface Given {
  readonly bytes: Uint8Array;
  readonly seed: Uint8Array;
}

async function countCells(
  { primitives, pace }: HubDesk,
  {
    bytes,
    seed,
    evaluated,
    people,
  }: Given & { readonly evaluated: readonly Element[]; readonly people: readonly string[] },
): Promise<Result<Counted, ExchangeFailure>> {
  const tags = readTags(primitives.kernels, bytes);
  if (!tags.ok) return tags;
  const places = unblindedPlaces(primitives, { tags: tags.value, seed, evaluated });
  const count = countHits(tags.value, await gather(places, { total: evaluated.length, pace }));
  if (!count.ok) return count;
  const { header, digest } = tags.value;
  const households = householdsOf(people);
  return ok({ mode: 'count', count: count.value, header, tags: digest, households });
}

/**
 * `name|first|last|house|zip` without the first name; an e-mail address is a household of its own.
 */
const householdsOf = (people: readonly string[]): number =>
  new Set(people.map((one) => (one.startsWith('name|') ? one.split('|').slice(2).join('|') : one)))
    .size;

async function nameHits(
  desk: HubDesk,
  {
    bytes,
    seed,
    list,
    inOrder,
    tags,
  }: Given & {
    readonly list: HubSecret;
    readonly inOrder: readonly Element[];
    readonly tags: string;
  },
): Promise<Result<Counted, ExchangeFailure>> {
  const set: Result<NoticeSet, ExchangeFailure> = readNoticeTags(desk.primitives.kernels, bytes);
  if (!set.ok) return set;
  const identities = askedIdentities(list.people);
  const found = await gather(
    noticeHits(desk.primitives, set.value, { identities, seed, evaluated: inOrder }),
    { total: identities.length, pace: desk.pace },
  );
  const refusal = spikeRefusal(found.slice(-SPIKES));
  if (refusal !== null) return fail(refusal);
  const cellOf = new Map(list.people.map((identity, at) => [identity, found[at] ?? null] as const));
  const hits = list.reports.flatMap(({ id, identity }) => {
    const cell = cellOf.get(identity) ?? null;
    return cell === null ? [] : [{ id, cell }];
  });
  const path = countyPath(desk, tags, 'notice.jsonl');
  const lines = hits.map((hit) => `${JSON.stringify(hit)}\n`).join('');
  replaceFile(path, Buffer.from(lines), 0o600);
  const { county } = set.value.header;
  return ok({ mode: 'notice', county, asked: list.people.length, hits, path });
}
