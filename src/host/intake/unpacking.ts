import { crc32 } from 'node:zlib';
import type { Limit } from '../../core/base/index.ts';
import type { ArchiveBudget } from './archive-budget.ts';
import type { ByteSource } from './byte-source.ts';
import { InflateFailure, inflate, inflateAtOnce, type Packing } from './inflate.ts';
import { ARCHIVE_RATIO_FREE_BYTES, ARCHIVE_RATIO_MAX } from './limits.ts';

/** One entry that can be read. */
export interface Unpacking {
  readonly index: number;
  /** The entry's bytes within the archive where they are stored as they are; null where packed. */
  readonly stored: { readonly offset: number; readonly source: ByteSource } | null;
  /** Bytes that it says it unpacks to; a hint. */
  readonly statedBytes: number;
  /** Never throws over bad content: it ends early, and `limits` says why. Read once. */
  stream(): AsyncIterable<Uint8Array>;
  /** Grows while the stream is read. */
  readonly limits: readonly Limit[];
  /** Names what the entry holds where that is not mail; a bomb is called one. */
  notMail(what: string): void;
}

/** Packed bytes, and what the archive says of them: compared, never trusted. */
export interface PackedEntry {
  readonly at: string;
  readonly packed: ByteSource;
  readonly packing: 'stored' | 'deflate' | 'gzip';
  readonly claims: { readonly unpackedBytes: number | null; readonly crc32: number | null };
  readonly budget: ArchiveBudget;
}

/** Unpacks counting real bytes, and stops at its limits (docs/limits.md). */
export function openPacked(entry: PackedEntry): Pick<Unpacking, 'stream' | 'limits'> & {
  /** Names a bomb that says itself what it is. */
  isBomb(): boolean;
} {
  const { at, packed, packing, claims } = entry;
  const limits: Limit[] = [];
  const stop = (code: string, text: string): void => void limits.push({ code, at, text });
  const bytes = packing === 'stored' ? packed.stream() : bounded(entry, packing, stop);
  return {
    stream: () => checked(bytes, claims, limits, stop),
    limits,
    isBomb: () => {
      const isBomb = packing !== 'stored' && (claims.unpackedBytes ?? 0) > ratioBytes(packed);
      if (isBomb) stop(...RATIO);
      return isBomb;
    },
  };
}

const RATIO = [
  'archive-ratio',
  `This entry unpacks to more than ${ARCHIVE_RATIO_MAX} times its packed size, as zip bombs do: unpacking stopped.`,
] as const;

const ratioBytes = (packed: ByteSource): number =>
  Math.max(ARCHIVE_RATIO_FREE_BYTES, packed.size * ARCHIVE_RATIO_MAX);

type Stop = (code: string, text: string) => void;

async function* bounded(
  { packed, budget, claims }: PackedEntry,
  packing: Packing,
  stop: Stop,
): AsyncIterable<Uint8Array> {
  let room = ratioBytes(packed);
  const most = Math.min(room, budget.bytes);
  const whole = await inflateAtOnce(packed, packing, { most, expected: claims.unpackedBytes ?? 0 });
  if (whole !== null) {
    budget.takeBytes(whole.length);
    if (whole.length > 0) yield whole;
    return;
  }
  for await (const chunk of inflate(packed, packing)) {
    const allowed = budget.takeBytes(Math.min(room, chunk.length));
    room -= allowed;
    if (allowed > 0) yield chunk.subarray(0, allowed);
    if (allowed === chunk.length) continue;
    if (room === 0) stop(...RATIO);
    else stop('archive-bytes', `${budget.spentWords}: stopped here.`);
    return;
  }
}

/** Compares what came with what the archive said of it, once all came. */
async function* checked(
  bytes: AsyncIterable<Uint8Array>,
  claims: PackedEntry['claims'],
  limits: readonly Limit[],
  stop: Stop,
): AsyncIterable<Uint8Array> {
  let length = 0;
  let sum = 0;
  try {
    for await (const chunk of bytes) {
      length += chunk.length;
      if (claims.crc32 !== null) sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (failure) {
    if (!(failure instanceof InflateFailure)) throw failure;
    stop('archive-damaged', `The packed data are damaged: ${length} bytes came out before that.`);
  }
  if (limits.length > 0) return;
  if (claims.unpackedBytes !== null && length !== claims.unpackedBytes) {
    const text = `The archive says ${claims.unpackedBytes} bytes, ${length} came out.`;
    stop('archive-size-wrong', text);
  } else if (claims.crc32 !== null && sum !== claims.crc32) {
    stop('archive-crc-wrong', 'The bytes do not match the checksum that the archive gives.');
  }
}
