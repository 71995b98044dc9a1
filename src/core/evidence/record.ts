import { canonicalJson, type Json } from '../base/index.ts';
import type { Act } from './act.ts';
import type { CustodyEntry, Exhibit } from './exhibit.ts';
import type { SealedDerivation } from './finding.ts';

/** What the log holds: one leaf each. */
export type LogRecord =
  | { readonly kind: 'custody'; readonly exhibit: Exhibit; readonly custody: CustodyEntry }
  | { readonly kind: 'finding'; readonly finding: SealedDerivation }
  | { readonly kind: 'act'; readonly act: Act };

/** Raised with the form of the bodies, so that an old leaf is never read by a later rule. */
const RECORD_VERSION = 1;

/**
 * The record as the canonical JSON that is hashed into its leaf.
 *
 * A custody entry carries its exhibit's size and kind, a finding the digest of its output: through
 * its leaf the log commits to every stored fact.
 */
export function recordBody(record: LogRecord): string {
  return canonicalJson({ record: record.kind, version: RECORD_VERSION, ...membersOf(record) });
}

function membersOf(record: LogRecord): { readonly [name: string]: Json } {
  switch (record.kind) {
    case 'custody': {
      const { digest, bytes, kind } = record.exhibit;
      const { givenBy, receivedAt, receivedHow, name } = record.custody;
      return { exhibit: { digest, bytes, kind }, givenBy, receivedAt, receivedHow, name };
    }
    case 'finding': {
      const { key, stage, methodVersion, inputs, parameters, outputDigest } = record.finding;
      return { key, stage, methodVersion, inputs, parameters, outputDigest };
    }
    case 'act': {
      const { kind, by, at, reason, body } = record.act;
      return { kind, by, at, reason, body };
    }
  }
}

/**
 * Text as every store can keep it: NUL and lone surrogates, which no UTF-8 column holds, become
 * U+FFFD. Applied before hashing, so that leaf and row say the same.
 */
export const storableText = (text: string): string =>
  text.toWellFormed().replaceAll('\u0000', '\ufffd');
