import type { Instant, Json, Kernels } from '../../core/base/index.ts';
import type { Exhibit } from '../../core/evidence/index.ts';
import {
  type Authentication,
  type AuthResult,
  type Contradiction,
  contradictions,
  isAuthorised,
  isComplete,
  isUnaltered,
  type JudgeNames,
  judgeSender,
  NO_NAMES,
  protectedIndex,
  seenByOffice,
} from '../../core/forensics/index.ts';
import { holdsSigned, type MailMessage } from '../../core/mail/index.ts';
import { consumerProviders } from '../../core/mail-services/index.ts';
import type { CheckMail, Intake, MailToCheck } from '../ports/index.ts';
import { mailReader } from '../reading/index.ts';
import { BATCH_BYTES_MAX, BATCH_MESSAGES_MAX } from './examine.ts';
import { type VerdictFields, verdictFields } from './verdict-fields.ts';

/**
 * What name servers' answers, sealed as a transcript, show of each original that is held as exact
 * bytes, and the verdict on the shown sender with them.
 *
 * Its inputs are the exhibit, the transcript and the names that the office gave, so it is derived
 * again without any name server.
 * Its version rises with the verdict's rules, as that of JUDGE does.
 */
export const AUTHENTICATE = { stage: 'authenticate', methodVersion: 10 } as const;

/** One original by one transcript; `docs/methods/mail-authentication.md` says what follows. */
export interface AuthenticatedOriginal extends VerdictFields {
  readonly path: string;
  /** What does not follow, in words. */
  readonly notShown: readonly string[];
  /** When name servers answered; null where the checks asked nothing. */
  readonly asOf: Instant | null;
  /** When the recipient's provider took it, as its header says. */
  readonly takenAt: Instant | null;
  /** No question was left open. */
  readonly complete: boolean;
  /** The domain of the From line vouches for it by SPF, DKIM or DMARC. */
  readonly authorised: boolean;
  /** A signature holds over the whole body and over what the reader sees of the header. */
  readonly unaltered: boolean;
  readonly contradicts: readonly Contradiction[];
  readonly spf: { readonly result: AuthResult; readonly domain: string | null } | null;
  readonly dkim: readonly {
    readonly result: AuthResult;
    readonly domain: string | null;
    readonly selector: string | null;
    readonly aligned: boolean;
  }[];
  readonly dmarc: {
    readonly result: AuthResult;
    readonly policy: string | null;
  } | null;
  readonly arc: AuthResult | null;
  /** Why a check is missing or weak, as codes. */
  readonly notes: readonly string[];
}

export interface AuthenticateOutput {
  readonly last: boolean;
  readonly originals: readonly AuthenticatedOriginal[];
}

export interface AuthenticatedBatch extends AuthenticateOutput {
  readonly batch: number;
}

export interface OriginalsReader {
  readonly intake: Pick<Intake, 'messages'>;
  readonly kernels: Kernels;
  /** Names that the office gave. */
  readonly names?: JudgeNames;
}

/** An original that can be checked: its own bytes, as they were sent or as a copy has them. */
const isExact = (message: Pick<MailMessage, 'role' | 'forward'>): boolean =>
  message.role === 'original' && holdsSigned(message);

/** The originals of an exhibit that can be checked, mail by mail, in its order. */
async function* exactOriginals(
  { intake, kernels, names = NO_NAMES }: OriginalsReader,
  exhibit: Exhibit,
): AsyncGenerator<{ readonly bytes: number; readonly originals: readonly MailToCheck[] }> {
  const readMail = mailReader(kernels);
  for await (const item of intake.messages(exhibit)) {
    if ('limit' in item) continue;
    const own = new Map<string, Uint8Array>();
    const { messages } = await readMail(item.message, (content) =>
      own.set(content.path, content.bytes),
    );
    yield {
      bytes: item.message.bytes.length,
      originals: seenByOffice(messages, names)
        .filter(isExact)
        .flatMap((message) => {
          const bytes = own.get(message.path);
          return bytes === undefined ? [] : [{ message, bytes }];
        }),
    };
  }
}

/** Checks an exhibit's exact originals; those of which the answers say nothing are left out. */
export async function* authenticateExhibit(
  { check, ...reader }: OriginalsReader & { readonly check: CheckMail },
  exhibit: Exhibit,
): AsyncGenerator<AuthenticatedBatch> {
  const judge = verdictOn(reader.names ?? NO_NAMES);
  let [batch, mails, bytes] = [0, 0, 0];
  let originals: AuthenticatedOriginal[] = [];
  for await (const mail of exactOriginals(reader, exhibit)) {
    if (mails >= BATCH_MESSAGES_MAX || bytes >= BATCH_BYTES_MAX) {
      yield { batch: batch++, last: false, originals };
      [mails, bytes, originals] = [0, 0, []];
    }
    mails += 1;
    bytes += mail.bytes;
    for (const original of mail.originals) {
      const authentication = await check(original);
      if (authentication !== null) originals.push(judge(original.message, authentication));
    }
  }
  yield { batch, last: true, originals };
}

function verdictOn({
  protectedHolders,
}: JudgeNames): (message: MailMessage, authentication: Authentication) => AuthenticatedOriginal {
  const lists = {
    protectedNames: protectedIndex(protectedHolders),
    consumerProvider: consumerProviders(),
  };
  return (message, authentication) => {
    const verdict = judgeSender({ message, authentication, ...lists });
    const { asOf, boundaryTime, spf, dkim, dmarc, arc, notes } = authentication;
    return {
      path: message.path,
      ...verdictFields(verdict),
      notShown: verdict.notShown,
      asOf,
      takenAt: boundaryTime,
      complete: isComplete(authentication),
      authorised: isAuthorised(message, authentication),
      unaltered: isUnaltered(message, authentication),
      contradicts: contradictions(authentication),
      spf: spf === null ? null : { result: spf.result, domain: spf.domain },
      dkim: dkim.map(({ result, domain, selector, aligned }) => ({
        result,
        domain,
        selector,
        aligned,
      })),
      dmarc: dmarc === null ? null : { result: dmarc.result, policy: dmarc.policy },
      arc: arc?.result ?? null,
      notes,
    };
  };
}

export const authenticateOutput = ({
  last,
  originals,
}: AuthenticateOutput): AuthenticateOutput & Json =>
  ({ last, originals }) as unknown as AuthenticateOutput & Json;
