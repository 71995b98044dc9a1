import {
  canonicalJson,
  fail,
  isRecord,
  type Json,
  joinBytes,
  type Kernels,
  ok,
  type Result,
} from '../base/index.ts';
import type { MatchFailure } from './failure.ts';
import { ascii, sameOctets } from './octets.ts';
import { PROTOCOL } from './terms.ts';

export type FileKind = 'commitment' | 'tags' | 'query' | 'answer';

export interface MatchFile {
  readonly header: { readonly [key: string]: unknown };
  readonly body: Uint8Array;
  /** SHA-256 of the whole file, hex: how the next file names this one. */
  readonly digest: string;
}

const MAGIC = `${PROTOCOL.toUpperCase()} `;
/** 4,096 cells with long names stay below. */
const HEADER_BYTES_MAX = 1_000_000;
const DIGEST_BYTES = 32;
const NEWLINE = 0x0a;

/** A line that names the kind, one line of canonical JSON, the body, SHA-256 of all before. */
export function renderFile(
  kernels: Kernels,
  kind: FileKind,
  {
    header,
    body,
  }: { readonly header: { readonly [key: string]: Json }; readonly body: Uint8Array },
): Uint8Array {
  const head = kernels.encode(
    `${MAGIC}${kind}\n${canonicalJson({ ...header, bytes: body.length })}\n`,
  );
  const content = joinBytes(head, body);
  return joinBytes(content, kernels.sha256Raw(content));
}

/** Linear in the file; any bytes give a value. Truncation is told from alteration. */
export function readFile(
  kernels: Kernels,
  kind: FileKind,
  bytes: Uint8Array,
): Result<MatchFile, MatchFailure> {
  const first = lineEnd(bytes, 0, 64);
  if (first === -1) return fail({ code: 'match-file-foreign' });
  const line = kernels.latin1(bytes, 0, first);
  if (!line.startsWith(MAGIC)) return fail({ code: 'match-file-foreign' });
  const found = line.slice(MAGIC.length).replace(/[^a-z]/g, '?');
  if (found !== kind) return fail({ code: 'match-file-kind', wanted: kind, found });
  const second = lineEnd(bytes, first + 1, HEADER_BYTES_MAX);
  if (second === -1) {
    return bytes.length - first - 1 < HEADER_BYTES_MAX
      ? fail({ code: 'match-file-truncated', missing: DIGEST_BYTES + 1 })
      : fail({ code: 'match-file-rule', rule: `a header below ${HEADER_BYTES_MAX} bytes` });
  }
  const header = parseObject(kernels.utf8(bytes, first + 1, second));
  const size = header?.['bytes'];
  if (header === null || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    return fail({ code: 'match-file-rule', rule: 'a header that says its length' });
  }
  const missing = second + 1 + size + DIGEST_BYTES - bytes.length;
  if (missing > 0) return fail({ code: 'match-file-truncated', missing });
  const content = bytes.subarray(0, second + 1 + size);
  if (missing < 0 || !sameOctets(kernels.sha256Raw(content), bytes.subarray(content.length))) {
    return fail({ code: 'match-file-damaged' });
  }
  return ok({ header, body: content.subarray(second + 1), digest: kernels.sha256(bytes) });
}

/** The kind that a file says to be; null for foreign bytes. */
export function kindOf(kernels: Kernels, bytes: Uint8Array): string | null {
  const end = lineEnd(bytes, 0, 64);
  const magic = ascii(MAGIC);
  if (end === -1 || !sameOctets(bytes.subarray(0, magic.length), magic)) return null;
  return kernels.latin1(bytes, magic.length, end);
}

function lineEnd(bytes: Uint8Array, from: number, most: number): number {
  const at = bytes.subarray(from, from + most).indexOf(NEWLINE);
  return at === -1 ? -1 : from + at;
}

export function parseObject(text: string): { readonly [key: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

export const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
