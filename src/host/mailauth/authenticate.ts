import type { ARCResult, DKIMResult, DKIMVerifyResult, DNSResolver } from 'mailauth';
import { type Instant, instantFromMilliseconds, millisecondsOf } from '../../core/base/index.ts';
import {
  type ArcCheck,
  type Authentication,
  authResultFrom,
  type DkimCheck,
  type DmarcCheck,
  type DnsRecord,
  type DnsTranscript,
  readRecordedResults,
  type SpfCheck,
  uncheckedAuthentication,
} from '../../core/forensics/index.ts';
import { parseMailboxes } from '../../core/header/index.ts';
import type { MailMessage } from '../../core/mail/index.ts';
import { unquoteMboxrd } from '../../core/mbox/index.ts';
import { organisationOf } from '../../core/observables/index.ts';
import {
  askingClock,
  type DnsSource,
  lastAsked,
  type RecordingResolver,
  recordingResolver,
} from '../dns/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { type CheckMemory, checkMemory, rememberedSpf } from './check-memory.ts';
import { type Envelope, envelopeOf } from './envelope.ts';
import { verifyPlainDkim } from './plain-dkim.ts';
import { type DmarcFinding, dmarcFindingOf, plainDmarc } from './plain-dmarc.ts';
import { reference } from './reference.ts';
import { SPF_AUTHORITY, type SpfFinding } from './spf.ts';
import { verifiableBytes } from './verifiable-bytes.ts';

export interface AuthenticationInput {
  /** The message's exact bytes: what `message` was read from. */
  readonly bytes: Uint8Array;
  readonly message: MailMessage;
  readonly dns: DnsSource;
  /** What earlier messages with the same `dns` taught; its own where it is left out. */
  readonly memory?: CheckMemory;
}

export interface Authenticated {
  readonly authentication: Authentication;
  /** What name servers answered: seals the result. */
  readonly transcript: DnsTranscript;
}

/**
 * SPF, DKIM, ARC and DMARC of one message by mailauth in strict mode, every answer recorded.
 *
 * Signatures are judged at the time at which the recipient's provider took the message, because an
 * expired signature proves as much of that day as it did then. SPF needs the provider's record of
 * the client's address; without it neither SPF nor a failing DMARC is reported.
 */
export async function authenticateMessage(input: AuthenticationInput): Promise<Authenticated> {
  const { message, dns } = input;
  if (message.forward?.method === 'outlook-item') return unverifiable(message);
  const envelope = envelopeOf(message);
  const { bytes, notes } = isSigned(message)
    ? verifiableBytes(input.bytes, message)
    : { bytes: null, notes: [] };
  const recorder = recordingResolver(dns, askingClock(dns));
  const resolver = recorder.resolve as DNSResolver;
  const at = envelope.time ?? message.date ?? dns.now();
  const curTime = new Date(millisecondsOf(at));
  const options = { resolver, strict: true } as const;
  const memory = input.memory ?? checkMemory();
  const signed = { at: curTime, keyRecords: keyRecordsOf(recorder), keys: memory.keys };
  const verified = async (view: Buffer): Promise<DKIMVerifyResult> =>
    (await verifyPlainDkim({ ...signed, bytes: view })) ??
    (await reference.dkimVerify(view, { ...options, curTime }));
  const asStored = bytes === null ? unsignedMail(message, input.bytes) : await verified(bytes);
  const unquoted = bytes !== null && hasFailed(asStored) ? unquotedView(bytes) : null;
  const asSent = unquoted === null ? null : await verified(unquoted);
  const isUnquoted = asSent !== null && passesOf(asSent) > passesOf(asStored);
  const dkim = isUnquoted ? asSent : asStored;
  const [spfResult, arcResult] = await Promise.all([
    envelope.ip === null
      ? null
      : rememberedSpf({ ...envelope, ip: envelope.ip }, { dns, recorder, memory }),
    dkim.arc === undefined
      ? NO_SEALS
      : reference.arc(dkim.arc as Parameters<typeof reference.arc>[0], {
          ...options,
          ...(envelope.ip === null ? {} : { ip: envelope.ip }),
        }),
  ]);
  const dmarcResult = await checkDmarc({ dkim, spfResult, arcResult, recorder, memory });
  const transcript = recorder.transcript();
  const allNotes = [
    ...notes,
    ...envelope.notes,
    ...(isUnquoted ? ['mboxrd-unquoted'] : []),
    ...(recorder.hitLimit() ? ['dns-questions-over-limit'] : []),
    ...(spfResult?.isHeldBack === true ? ['spf-names-local-part'] : []),
  ];
  return {
    transcript,
    authentication: {
      source: dns.kind,
      asOf: lastAsked(transcript.entries),
      boundaryTime: envelope.time,
      spf: spfResult === null ? null : spfCheck(spfResult, envelope, message),
      dkim: dkim.results
        .filter((result) => result.signingDomain !== undefined || result.status.result !== 'none')
        .map((result) => dkimCheck(result, dmarcResult, dns.now())),
      dmarc: dmarcCheck(dmarcResult, spfResult !== null && spfResult.isHeldBack !== true),
      arc: arcCheck(arcResult),
      recorded: readRecordedResults(message),
      notes: allNotes,
    },
  };
}

const passesOf = ({ results }: DKIMVerifyResult): number =>
  results.filter(({ status }) => status.result === 'pass').length;

const hasFailed = ({ results }: DKIMVerifyResult): boolean =>
  results.some(({ status }) => status.result === 'fail');

/**
 * The message without the `>` that mailbox files put before `From ` lines (mboxrd); null where
 * there is none. Signatures were made before that, so one that holds over this view holds for the
 * mail.
 */
function unquotedView(bytes: Buffer): Buffer | null {
  const view = unquoteMboxrd(bytes, nodeKernels);
  return view === bytes ? null : Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

const keyRecordsOf =
  ({ ask }: RecordingResolver) =>
  async (name: string): Promise<readonly DnsRecord[] | null> => {
    const { error, answers } = await ask(name, 'TXT');
    return error === null ? answers : null;
  };

/** A message without signatures and seals is not hashed: most of the verifier's time goes there. */
const isSigned = ({ headers }: MailMessage): boolean =>
  headers.some(
    ({ name }) => mayBeSeal(name.charCodeAt(0)) && /^(?:dkim-signature|arc-)/i.test(name),
  );

/** `a`, `d`, in either case: told faster than by the pattern. */
const mayBeSeal = (first: number): boolean => (first | 0x20) === 97 || (first | 0x20) === 100;

/** What the verifier would say of it, from the header as we read it. */
function unsignedMail({ headers }: MailMessage, bytes: Uint8Array): DKIMVerifyResult {
  const fields = headers.filter(({ name }) => /^from$/i.test(name));
  const authors = fields.flatMap(({ offset, length }) => {
    const field = bytes.subarray(offset, offset + length);
    return parseMailboxes(field.subarray(field.indexOf(COLON) + 1), nodeKernels);
  });
  return {
    headerFrom: authors.map(({ address }) => address).filter((address) => address !== ''),
    fromFields: fields.length,
    envelopeFrom: false,
    results: [],
  };
}

/** The bytes that were signed are gone, and the return address with them. */
function unverifiable(message: MailMessage): Authenticated {
  const unchecked = uncheckedAuthentication(readRecordedResults(message));
  return {
    authentication: { ...unchecked, notes: ['outlook-item'] },
    transcript: { schema: 'tocsin/dns-transcript/1', entries: [] },
  };
}

const COLON = 0x3a;

/** Null where the message names no single author. */
async function checkDmarc(found: {
  readonly dkim: DKIMVerifyResult;
  readonly spfResult: SpfFinding | null;
  readonly arcResult: ARCResult;
  readonly recorder: RecordingResolver;
  readonly memory: CheckMemory;
}): Promise<DmarcFinding | null> {
  const { dkim, spfResult, arcResult, recorder, memory } = found;
  if (dkim.headerFrom.length === 0) return null;
  const spfDomain = spfResult?.result === 'pass' ? spfResult.domain : null;
  const signers = dkim.results
    .filter((row) => row.status.result === 'pass' && row.signingDomain !== undefined)
    .map((row) => ({
      id: row.id ?? '',
      domain: row.signingDomain ?? '',
      aligned: row.status.aligned ?? false,
      underSized: row.status.underSized ?? 0,
    }));
  const plain = signers.some(({ underSized }) => underSized !== 0)
    ? null
    : await plainDmarc(
        {
          authors: dkim.headerFrom,
          fromFields: dkim.fromFields,
          spfDomain,
          dkimDomains: signers.map(({ domain }) => domain),
          arcResult: arcResult.status.result,
        },
        recorder.ask,
        memory.policies,
      );
  if (plain === 'no-author') return null;
  if (plain !== null) return plain;
  const result = await reference.dmarc({
    headerFrom: dkim.headerFrom,
    fromFields: dkim.fromFields,
    spfDomains: spfDomain === null ? [] : [spfDomain],
    dkimDomains: signers,
    arcResult,
    resolver: recorder.resolve as DNSResolver,
    strict: true,
  });
  return result === false ? null : dmarcFindingOf(result);
}

const word = (result: string): ReturnType<typeof authResultFrom> => authResultFrom(result);

function spfCheck(result: SpfFinding, envelope: Envelope, message: MailMessage): SpfCheck {
  const from = message.from?.address ?? '';
  const organisation = from.includes('@') ? organisationOf(from) : null;
  return {
    result: word(result.result) ?? 'temperror',
    domain: result.domain,
    clientIp: envelope.ip ?? '',
    helo: envelope.helo,
    mailFrom: envelope.sender,
    aligned: organisation !== null && organisationOf(result.domain) === organisation,
    record: result.record,
    // The name that the checker gives itself says nothing to a reader.
    comment: result.comment?.replace(`${SPF_AUTHORITY}: `, '') ?? null,
  };
}

function dkimCheck(result: DKIMResult, dmarcResult: DmarcFinding | null, now: Instant): DkimCheck {
  const { status } = result;
  const expiresAt = instantOf(result.expiresAfter);
  const outcome = word(status.result) ?? 'neutral';
  const hasExpired = expiresAt !== null && expiresAt < now;
  const strictly = dmarcResult?.isDkimStrict === true;
  const fromDomain = dmarcResult?.fromDomain?.toLowerCase();
  const aligned = typeof status.aligned === 'string' && status.aligned !== '';
  return {
    result: outcome,
    resultToday: outcome === 'pass' && hasExpired ? 'neutral' : outcome,
    domain: result.signingDomain ?? null,
    selector: result.selector ?? null,
    algorithm: result.algo ?? null,
    aligned: strictly ? aligned && result.signingDomain?.toLowerCase() === fromDomain : aligned,
    keyBits: result.modulusLength ?? null,
    unsignedBytes: status.underSized ?? 0,
    signedHeaders: (result.signingHeaders?.keys ?? '').split(/\s*:\s*/).filter((key) => key !== ''),
    signedAt: instantOf(result.signTime),
    expiresAt,
    comment: status.comment ?? null,
    warnings: status.warnings ?? [],
  };
}

function instantOf(iso: string | null | undefined): Instant | null {
  return iso === null || iso === undefined ? null : instantFromMilliseconds(Date.parse(iso));
}

/** Without SPF a DMARC fail is unfounded: the half that was not checked could have passed. */
function dmarcCheck(result: DmarcFinding | null, hasSpf: boolean): DmarcCheck | null {
  if (result === null) return null;
  const outcome = word(result.result) ?? 'temperror';
  if (!hasSpf && outcome === 'fail') return null;
  const policy = result.policy as DmarcCheck['policy'];
  return {
    result: outcome,
    fromDomain: result.fromDomain,
    policy: policy === 'none' || policy === 'quarantine' || policy === 'reject' ? policy : null,
    policyDomain: result.policyDomain,
    record: result.record,
    comment: result.comment,
  };
}

const NO_SEALS: ARCResult = { i: false, status: { result: 'none' } };

const arcCheck = (result: ARCResult): ArcCheck => ({
  result: word(result.status.result) ?? 'fail',
  instances: typeof result.i === 'number' ? result.i : 0,
  comment: result.status.comment ?? null,
});
