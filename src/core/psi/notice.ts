import { fail, hexOf, joinBytes, type Kernels, ok, type Result } from '../base/index.ts';
import type { Element, Primitives } from './curve.ts';
import { isCount, renderFile } from './envelope.ts';
import type { MatchFailure } from './failure.ts';
import { compareOctets } from './octets.ts';
import { finalize } from './oprf.ts';
import { blindAt } from './query.ts';
import { inputFor, noticeSecrets } from './tag.ts';
import { headerJson, readTagHeader, type TagHeader } from './tag-file.ts';
import { RECORDS_MAX, SPIKE_CELL, SPIKES } from './terms.ts';

/** A person of the roll in match mode: found and opened only with F(k, x). */
export interface NoticeEntry {
  readonly tag: Uint8Array;
  readonly sealed: Uint8Array;
}

const TAG_BYTES = 16;
/** All labels are padded to this, so that their length says nothing. */
const LABEL_BYTES = 64;
const SEAL_BYTES = 16;
const ENTRY_BYTES = TAG_BYTES + LABEL_BYTES + SEAL_BYTES;

/** A tag file of match mode, read: the labels open only to whoever asks for the very person. */
export interface NoticeSet {
  readonly header: TagHeader;
  readonly records: number;
  /** Sealed labels by tag, hex. */
  readonly sealed: ReadonlyMap<string, Uint8Array>;
  readonly digest: string;
}

/** The label is cut to 64 bytes of UTF-8; a cut character is dropped by the reader. */
export function noticeEntry(
  primitives: Primitives,
  output: Uint8Array,
  label: string,
): NoticeEntry {
  const { tag, labelKey } = noticeSecrets(primitives, output);
  const text = new Uint8Array(LABEL_BYTES);
  text.set(primitives.kernels.encode(label).subarray(0, LABEL_BYTES));
  return { tag, sealed: primitives.seal(labelKey, text) };
}

/** The tag file of match mode, ordered by tag: its order says nothing of the roll's. */
export function renderNoticeTags(
  kernels: Kernels,
  header: TagHeader,
  entries: readonly NoticeEntry[],
): Uint8Array {
  const sorted = [...entries].sort((a, b) => compareOctets(a.tag, b.tag));
  const body = joinBytes(...sorted.flatMap(({ tag, sealed }) => [tag, sealed]));
  const json = { ...headerJson(header), records: entries.length };
  return renderFile(kernels, 'tags', { header: json, body });
}

/** Reads a tag file of match mode; any bytes give a value. */
export function readNoticeTags(
  kernels: Kernels,
  bytes: Uint8Array,
): Result<NoticeSet, MatchFailure> {
  const opened = readTagHeader(kernels, bytes);
  if (!opened.ok) return opened;
  const { header, file } = opened.value;
  const { records } = file.header;
  if (header.commitment.mode !== 'notice') {
    return fail({ code: 'match-file-rule', rule: 'tags of match mode' });
  }
  if (!isCount(records, RECORDS_MAX) || file.body.length !== records * ENTRY_BYTES) {
    return fail({ code: 'match-file-rule', rule: 'as many records as it says' });
  }
  const sealed = new Map<string, Uint8Array>();
  for (let from = 0; from < file.body.length; from += ENTRY_BYTES) {
    const tag = hexOf(file.body.subarray(from, from + TAG_BYTES));
    sealed.set(tag, file.body.subarray(from + TAG_BYTES, from + ENTRY_BYTES));
  }
  return ok({ header, records: records - SPIKES, sealed, digest: file.digest });
}

/**
 * The cell of each asked identity, null where the roll does not hold it. `evaluated` is in the
 * order of `identities`; its proof has been checked.
 */
export function* noticeHits(
  primitives: Primitives,
  tags: NoticeSet,
  {
    identities,
    seed,
    evaluated,
  }: {
    readonly identities: readonly string[];
    readonly seed: Uint8Array;
    readonly evaluated: readonly Element[];
  },
): Generator<string | null> {
  const { curve, kernels } = primitives;
  const { commitment, county } = tags.header;
  const inputOf = inputFor(primitives, { ...commitment, county });
  for (const [at, identity] of identities.entries()) {
    const blind = blindAt(primitives, commitment, { seed, at });
    const input = inputOf(identity);
    const output = finalize(curve, { input, blind, evaluated: evaluated[at]! });
    const { tag, labelKey } = noticeSecrets(primitives, output);
    const sealed = tags.sealed.get(hexOf(tag));
    const text = sealed === undefined ? null : primitives.open(labelKey, sealed);
    yield text === null ? null : labelText(kernels, text);
  }
}

function labelText(kernels: Kernels, text: Uint8Array): string {
  const end = text.indexOf(0);
  return kernels.utf8(text, 0, end === -1 ? text.length : end).replace(/\uFFFD+$/, '');
}

/** All invented people must have been found with their own label. */
export function spikeRefusal(spikes: readonly (string | null)[]): MatchFailure | null {
  const found = spikes.filter((label) => label === SPIKE_CELL).length;
  return found === SPIKES ? null : { code: 'match-spikes-missed', found, wanted: SPIKES };
}
