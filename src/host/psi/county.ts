import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../core/base/index.ts';
import {
  askedIdentities,
  type Commitment,
  drawScalar,
  evaluations,
  inputFor,
  kindOf,
  type ListedRelease,
  type MatchFailure,
  noticeEntry,
  noticeOutput,
  type Primitives,
  quotaRefusal,
  RELEASES_MAX,
  type RollCells,
  readCommitment,
  readQuery,
  readTagHeader,
  renderAnswer,
  renderNoticeTags,
  renderTags,
  rollCells,
  rollPlaces,
  type Scalar,
  type TagHeader,
  type TagMultiplier,
} from '../../core/psi/index.ts';
import type { ExchangeFailure } from './failure.ts';
import { createFile, replaceFile } from './files.ts';
import { appendLedger, type LedgerEntry, readLedger } from './ledger.ts';
import { destroyFile, openSealed, type SealingCost, sealFile } from './sealed-file.ts';
import { secretAsHex, secretFromHex, wipingWhenDone } from './secret.ts';
import { each, gather, type Pace } from './work.ts';

/** The county's folder: one folder an exchange, named by the first digits of its tag file. */
export interface CountyDesk {
  readonly primitives: Primitives;
  readonly folder: string;
  /** RFC 3339, UTC. */
  readonly now: string;
  readonly pace: Pace;
  /** What guessing a passphrase costs. */
  readonly cost: SealingCost;
}

/** A county's list as it goes into an exchange. */
export interface RollRecords {
  /** Different identities of the roll, each with its cell at the same place. */
  readonly identities: readonly string[];
  readonly cells: readonly string[];
  /** The releases that the cells tell of; empty for one roll. */
  readonly releases: readonly ListedRelease[];
}

/** A tag file that was written; `records` and `cells` without the invented people. */
export interface Encoded {
  readonly path: string;
  readonly bytes: number;
  readonly header: TagHeader;
  readonly records: number;
  readonly cells: number;
  readonly quota: number;
}

interface EncodingOrder {
  /** The hub's file, as it came. */
  readonly commitment: Uint8Array;
  readonly county: string;
  readonly roll: RollRecords;
  /** People that may be asked about in an epoch, or in a month. */
  readonly quota: number;
  readonly passphrase: string;
  /** The order or consent for match mode; null where none was named. */
  readonly allowNotice: string | null;
  readonly multiplier: TagMultiplier;
}

const NAME_DIGITS = 16;
const exchangePath = ({ folder }: CountyDesk, tags: string, name: string): string =>
  join(folder, 'exchanges', tags.slice(0, NAME_DIGITS), name);

/** Draws the key of one exchange, seals it, and writes the tag file of the roll. */
export async function encodeRoll(
  desk: CountyDesk,
  order: EncodingOrder,
): Promise<Result<Encoded, ExchangeFailure>> {
  const { folder } = desk;
  const { curve, kernels } = desk.primitives;
  const read = readCommitment(kernels, order.commitment);
  if (!read.ok) return read;
  const { commitment, digest } = read.value;
  const refusal = await refuseBefore(desk, commitment, order);
  if (refusal !== null) return fail(refusal);
  const found = order.roll.releases.length;
  if (found > RELEASES_MAX) return fail({ code: 'match-releases', found, most: RELEASES_MAX });
  const cells = rollCells(order.roll.cells);
  if (!cells.ok) return cells;
  const made = await wipingWhenDone(drawScalar(curve, randomBytes), (key) =>
    sealedTags(desk, order, { key, commitment, digest, cells: cells.value }),
  );
  const { tags } = made;
  appendLedger(folder, {
    at: desk.now,
    did: 'encoded',
    epoch: commitment.epoch,
    county: order.county,
    tags,
    file: digest,
    ...(order.allowNotice === null ? {} : { allowed: order.allowNotice }),
  });
  return ok({
    path: made.path,
    bytes: made.bytes,
    header: made.header,
    records: order.roll.identities.length,
    cells: cells.value.labels.length - 1,
    quota: order.quota,
  });
}

/** Writes the tag file and the sealed key, and no more than those two. */
async function sealedTags(
  desk: CountyDesk,
  order: EncodingOrder,
  {
    key,
    commitment,
    digest,
    cells,
  }: {
    readonly key: Scalar;
    readonly commitment: Commitment;
    readonly digest: string;
    readonly cells: RollCells;
  },
): Promise<Pick<Encoded, 'path' | 'bytes' | 'header'> & { readonly tags: string }> {
  const { primitives } = desk;
  const header: TagHeader = {
    county: order.county,
    commitment,
    commitmentDigest: digest,
    publicKey: primitives.curve.multiplyBase(key),
    releases: order.roll.releases,
  };
  const { roll, multiplier } = order;
  const bytes = await tagBytes(desk, { header, key, roll, cells, multiplier });
  const tags = primitives.kernels.sha256(bytes);
  const path = exchangePath(desk, tags, 'tags.tocsin');
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  // The key comes second: one without a tag file is taken for a leftover and destroyed.
  createFile(path, bytes);
  sealFile(primitives, exchangePath(desk, tags, 'key.sealed'), {
    passphrase: order.passphrase,
    cost: desk.cost,
    secret: { key: secretAsHex(key), quota: order.quota },
  });
  return { path, bytes: bytes.length, header, tags };
}

/** Nothing is computed for a commitment that could not be answered. */
async function refuseBefore(
  desk: CountyDesk,
  commitment: Commitment,
  { quota, allowNotice }: { readonly quota: number; readonly allowNotice: string | null },
): Promise<ExchangeFailure | null> {
  if (desk.now.slice(0, 10) > commitment.epochEnds) {
    return { code: 'match-epoch-over', ended: commitment.epochEnds };
  }
  if (commitment.mode === 'notice' && allowNotice === null) return { code: 'match-notice-refused' };
  const ledger = readLedger(desk.folder);
  if (!ledger.ok) return ledger.failure;
  const spent = spentIn(ledger.value, { epoch: commitment.epoch, now: desk.now });
  return quotaRefusal({ quota, spent, asked: commitment.people });
}

/** However short its epochs: a hub names them, and a new name must not buy a new quota. */
const QUOTA_DAYS = 30;

/** People asked about in an epoch, or in the days before. */
function spentIn(
  entries: readonly LedgerEntry[],
  { epoch, now }: { readonly epoch: string; readonly now: string },
): number {
  const since = new Date(Date.parse(now) - QUOTA_DAYS * 86_400_000).toISOString();
  return entries
    .filter((entry) => entry.did === 'answered' && (entry.epoch === epoch || entry.at >= since))
    .reduce((sum, { people = 0 }) => sum + people, 0);
}

async function tagBytes(
  { primitives, pace }: CountyDesk,
  {
    header,
    key,
    roll,
    cells,
    multiplier: by,
  }: {
    readonly header: TagHeader;
    readonly key: Scalar;
    readonly roll: RollRecords;
    readonly cells: RollCells;
    readonly multiplier: TagMultiplier;
  },
): Promise<Uint8Array> {
  const { kernels } = primitives;
  const { commitment, county } = header;
  const input = inputFor(primitives, { ...commitment, county });
  const identities = askedIdentities(roll.identities);
  const { labels, cellOf } = cells;
  const run = { total: identities.length, pace };
  if (commitment.mode === 'notice') {
    const entries = each(identities, (identity, at) =>
      noticeEntry(primitives, noticeOutput(primitives, key, input(identity)), labels[cellOf[at]!]!),
    );
    return renderNoticeTags(kernels, header, await gather(entries, run));
  }
  const places = rollPlaces(primitives, key, { inputs: each(identities, input), by });
  const all = Float64Array.from(await gather(places, run));
  return renderTags(kernels, { header, places: all, cellOf, labels });
}

/** An answer that was written. */
export interface Answered {
  readonly path: string;
  readonly bytes: number;
  readonly header: TagHeader;
}

/** Answers a query of the hub once, after all checks; a refusal is logged. */
export async function answerQuery(
  desk: CountyDesk,
  { query: bytes, passphrase }: { readonly query: Uint8Array; readonly passphrase: string },
): Promise<Result<Answered, ExchangeFailure>> {
  const { primitives, folder } = desk;
  const found = findExchange(desk, bytes);
  if (!found.ok) return found;
  const { header, tags } = found.value;
  const ledger = readLedger(folder);
  if (!ledger.ok) return ledger;
  const sealed = openSealed(primitives, exchangePath(desk, tags, 'key.sealed'), passphrase);
  // An epoch that is over, or a replay, is the better reason than a key that is gone.
  const secret = sealed.ok ? sealed.value : { key: '', quota: Number.POSITIVE_INFINITY };
  const { epoch, people, mode } = header.commitment;
  const query = readQuery(primitives, bytes, {
    header,
    tags,
    answered: ledger.value.some((entry) => entry.did === 'answered' && entry.tags === tags),
    quota: Number(secret['quota']),
    spent: spentIn(ledger.value, { epoch, now: desk.now }),
    today: desk.now.slice(0, 10),
  });
  if (!query.ok) return query;
  if (!sealed.ok) return sealed;
  const made = await wipingWhenDone(secretFromHex(String(secret['key'])), async (key) => {
    const evaluated = await gather(evaluations(primitives, key, query.value), {
      total: query.value.elements.length,
      pace: desk.pace,
    });
    const asked = { header, query: query.value, evaluated };
    return renderAnswer(primitives, { ...asked, key, draw: randomBytes });
  });
  const path = exchangePath(desk, tags, 'answer.tocsin');
  const { county } = header;
  const entry = { epoch, county, tags, people, step: mode, file: query.value.digest };
  // Logged first: whatever happens between, no second query is answered under this key.
  appendLedger(folder, { at: desk.now, did: 'answered', ...entry });
  replaceFile(path, made);
  return ok({ path, bytes: made.length, header });
}

/** The exchange that a query names; files that are no query get their own reason. */
function findExchange(
  desk: CountyDesk,
  bytes: Uint8Array,
): Result<{ readonly header: TagHeader; readonly tags: string }, ExchangeFailure> {
  const { kernels } = desk.primitives;
  const kind = kindOf(kernels, bytes);
  if (kind === null) return fail({ code: 'match-file-foreign' });
  if (kind !== 'query') return fail({ code: 'match-file-kind', wanted: 'query', found: kind });
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const tags = /"tags":"([0-9a-f]{64})"/.exec(head)?.[1] ?? '';
  const path = exchangePath(desk, tags, 'tags.tocsin');
  if (tags === '' || !existsSync(path)) return fail({ code: 'match-exchange-unknown' });
  const own = readFileSync(path);
  const header: Result<{ readonly header: TagHeader }, MatchFailure> = readTagHeader(kernels, own);
  if (!header.ok) return header;
  return ok({ header: header.value.header, tags: kernels.sha256(own) });
}

/**
 * Destroys the keys of all exchanges, or of those whose epoch is over; gives how many. A key whose
 * tag file is gone, or is none of this version, can answer nothing: it is destroyed either way.
 */
export function destroyKeys(desk: CountyDesk, which: 'all' | 'over'): number {
  const root = join(desk.folder, 'exchanges');
  if (!existsSync(root)) return 0;
  const { kernels } = desk.primitives;
  let destroyed = 0;
  for (const name of readdirSync(root)) {
    const tags = join(root, name, 'tags.tocsin');
    const bytes = existsSync(tags) ? readFileSync(tags) : new Uint8Array(0);
    const opened = readTagHeader(kernels, bytes);
    const terms = opened.ok ? opened.value.header.commitment : null;
    if (which === 'over' && terms !== null && desk.now.slice(0, 10) <= terms.epochEnds) continue;
    if (!destroyFile(join(root, name, 'key.sealed'))) continue;
    destroyed += 1;
    const of = terms === null ? {} : { epoch: terms.epoch, tags: kernels.sha256(bytes) };
    appendLedger(desk.folder, { at: desk.now, did: 'destroyed', ...of });
  }
  return destroyed;
}
