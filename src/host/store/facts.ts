import type { Deposit } from '../../app/ports/index.ts';
import { assert, type Kernels, type Sha256 } from '../../core/base/index.ts';
import {
  type Act,
  type CustodyEntry,
  type Exhibit,
  type Finding,
  leafHash,
  recordBody,
  storableText,
} from '../../core/evidence/index.ts';

/** What a caller asked to be written, in one go. */
export type Wanted =
  | { readonly kind: 'custody'; readonly deposits: readonly Deposit[] }
  | { readonly kind: 'finding'; readonly findings: readonly Finding[] }
  | { readonly kind: 'act'; readonly act: Act };

export type Subject =
  | { readonly kind: 'custody'; readonly exhibit: Exhibit; readonly custody: CustodyEntry }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'act'; readonly act: Act };

/** A record with the leaf that is to commit to it. */
export interface Fact {
  readonly subject: Subject;
  readonly body: string;
  readonly leafHash: Uint8Array;
  /** Equal for a repeat: a finding's key, else the leaf hash in hex. */
  readonly identity: string;
}

/**
 * `exhibits` holds those that stand already, and takes up those that come: the same bytes keep the
 * kind that they were given first.
 */
export function factsOf(
  wanted: Wanted,
  exhibits: Map<Sha256, Exhibit>,
  kernels: Kernels,
): readonly Fact[] {
  return subjectsOf(wanted, exhibits).map((subject) => {
    const body = recordBody(subject);
    const hash = leafHash(kernels.encode(body), kernels);
    const identity = subject.kind === 'finding' ? subject.finding.key : hex(hash);
    return { subject, body, leafHash: hash, identity };
  });
}

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

function subjectsOf(wanted: Wanted, exhibits: Map<Sha256, Exhibit>): readonly Subject[] {
  switch (wanted.kind) {
    case 'custody':
      return wanted.deposits.map((deposit) => custodySubject(deposit, exhibits));
    case 'finding':
      return wanted.findings.map((finding) => ({ kind: 'finding', finding }));
    case 'act':
      return [{ kind: 'act', act: storableAct(wanted.act) }];
  }
}

function custodySubject({ exhibit, custody }: Deposit, exhibits: Map<Sha256, Exhibit>): Subject {
  assert(custody.exhibit === exhibit.digest, 'a custody entry is about the exhibit beside it');
  const standing = exhibits.get(exhibit.digest) ?? exhibit;
  assert(standing.bytes === exhibit.bytes, 'one digest has one length');
  exhibits.set(exhibit.digest, standing);
  const { givenBy, receivedAt, receivedHow, name } = custody;
  return {
    kind: 'custody',
    exhibit: standing,
    custody: {
      exhibit: exhibit.digest,
      givenBy: storableText(givenBy),
      receivedAt,
      receivedHow,
      name: storableText(name),
    },
  };
}

function storableAct({ kind, by, at, reason, body }: Act): Act {
  return { kind: storableText(kind), by: storableText(by), at, reason: storableText(reason), body };
}
