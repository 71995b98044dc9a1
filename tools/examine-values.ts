import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CharsetHow } from '../src/core/charset/index.ts';
import type { CoercionReading } from '../src/core/coercion/index.ts';
import type { Exhibit } from '../src/core/evidence/index.ts';
import type {
  Authentication,
  AuthResult,
  DmarcCheck,
  MessageJudgement,
  RecordedResults,
  SenderVerdict,
} from '../src/core/forensics/index.ts';
import type { Forward, MessageRole } from '../src/core/mail/index.ts';
import type { Observable } from '../src/core/observables/index.ts';
import type { RouteOddity } from '../src/core/route/index.ts';

/**
 * `node tools/examine-values.ts` writes it; a test holds it to this table, the compiler to the
 * program.
 */
export const EXAMINE_VALUES_FILE = 'docs/examine-json.md';

type Where = Observable['where'][number];
type Hint = CoercionReading['hints'][number];
/** Why a place has no bytes, as `Locate` gives it. */
type Why = Extract<
  ReturnType<import('../src/core/observables/index.ts').Locate>,
  { readonly offset: null }
>['why'];

/** One field that has a closed set of values. */
export interface ClosedField {
  /** Its path in the document; a list stands as `[]`. */
  readonly path: string;
  readonly isNullable: boolean;
  /** Value to what it means. */
  readonly values: { readonly [value: string]: string };
}

/** A value that the program has and this table lacks, or the other way round, does not compile. */
const closed = <Value extends string>(
  path: string,
  values: { readonly [value in Value]: string },
  isNullable = false,
): ClosedField => ({ path, values, isNullable });

const RESULT: { readonly [result in AuthResult]: string } = {
  pass: 'the check held',
  fail: 'the check did not hold',
  softfail: 'SPF: not among the hosts of the domain, which does not insist (`~all`)',
  neutral: 'the domain says nothing of this host; DKIM: the signature cannot be read',
  none: 'there is no record, or no signature, to check',
  policy: 'the check held and is set aside by a rule of whoever checked',
  temperror: 'name servers gave no answer in time: ask again',
  permerror: 'the record or the signature is broken',
};

const KINDS: { readonly [kind in SenderVerdict['kind']]: string } = {
  'spoofed-domain': 'the address shown was not where it came from',
  lookalike: 'the domain shown resembles another one',
  'display-name-imitation': 'the name shown belongs to another address',
  'compromised-relay': 'it passed through a server that bears the traces of misuse',
  freemail: 'a real account at a consumer mail provider',
  genuine: 'sent with the authority of the domain shown; a stolen account is not excluded',
  undetermined: 'this copy cannot tell',
};

const SIGNS: { readonly [sign in Hint['sign']]: string } = {
  threat: 'it threatens',
  demand: 'it demands something',
  deadline: 'it sets a deadline',
  knowledge: 'it claims to know about the reader',
  group: 'it names a group',
  candidate: 'it names a candidate or a party',
};

export const EXAMINE_VALUES: readonly ClosedField[] = [
  closed<Exhibit['kind']>('exhibit.kind', {
    message: 'one mail',
    mbox: 'a file of many mails',
    zip: 'a zip archive',
    gzip: 'a gzip archive',
    msg: 'an Outlook item (.msg)',
    tnef: 'an Outlook item (winmail.dat)',
    'dns-transcript': "name servers' answers; only in a case",
    'office-names': 'names that an office gave; only in a case',
    unknown: 'none that is read here',
  }),
  closed<MessageRole | 'letter'>('messages[].role', {
    carrier: "the reporter's own mail, which carries what was reported",
    original: 'what was reported',
    attached: 'it came along with another: what a bounce gives back, older correspondence',
    letter:
      'written to the office itself, and does not show for sure that it hands a message on; only with `--office` (methods/letters.md)',
  }),
  closed<CharsetHow>(
    'messages[].parts[].charsetHow',
    {
      bom: 'a byte order mark',
      label: 'the part says so',
      'utf-8': 'it is valid UTF-8',
      meta: 'its HTML says so',
      elsewhere: 'another part or an encoded word of the mail says so',
      guess: 'guessed from the bytes (methods/charset-guess.md)',
      fallback: 'windows-1252, for want of anything else',
    },
    true,
  ),
  closed<Authentication['source']>('messages[].authentication.source', {
    live: 'name servers were asked',
    recorded: 'from a transcript of answers',
    none: 'not asked',
  }),
  ...(['spf', 'dkim[]', 'dmarc', 'arc'] as const).map((check) =>
    closed<AuthResult>(`messages[].authentication.${check}.result`, RESULT),
  ),
  closed<AuthResult>('messages[].authentication.dkim[].resultToday', RESULT),
  closed<NonNullable<DmarcCheck['policy']>>(
    'messages[].authentication.dmarc.policy',
    {
      none: 'the domain asks for nothing',
      quarantine: 'it asks that such mail be set aside',
      reject: 'it asks that such mail be refused',
    },
    true,
  ),
  closed<RecordedResults['header']>('messages[].authentication.recorded[].header', {
    'Authentication-Results': 'RFC 8601',
    'Received-SPF': 'RFC 7208 section 9.1',
  }),
  closed<RecordedResults['place']>('messages[].authentication.recorded[].place', {
    above: "above the Received field of the recipient's provider: trusted",
    at: 'written with that field: trusted',
    below: "below it: anybody's claim, in no verdict",
    unknown: 'no such field was found: in no verdict',
  }),
  closed<AuthResult>('messages[].authentication.recorded[].results[].result', RESULT, true),
  closed<SenderVerdict['kind']>('messages[].verdict.kind', KINDS),
  closed<SenderVerdict['kind']>('messages[].verdict.kinds[]', KINDS),
  closed<SenderVerdict['certainty']>('messages[].verdict.certainty', {
    shown: "the message's own evidence carries it",
    probable: 'it fits best, and a named gap remains',
    none: 'nothing was judged',
  }),
  closed<Observable['type']>('messages[].observables[].type', {
    url: 'a link',
    host: 'a host name',
    ip: 'an IP address',
    email: 'an e-mail address',
    phone: 'a telephone number, as E.164 where its country is known',
    wallet: 'a wallet address',
    hash: 'SHA-256 of an attached file, or one that the text names',
    'file-name': 'the name of an attached file',
    'message-id': 'a Message-ID',
    'link-mismatch': 'words that name one site over a link to another',
    'link-detour': 'words that name one site over a link by way of a known go-between',
  }),
  closed<Where['place']>('messages[].observables[].where[].place', {
    header: 'a header field',
    hop: 'a Received field',
    text: 'the text part',
    'html-text': 'the words of the HTML part',
    'link-target': 'where a link leads',
    'link-text': 'the words of a link',
    'html-attribute': 'another attribute of the HTML',
    'attachment-name': 'the name of an attached file',
    attachment: 'inside an attached file',
    'qr-code': 'a code in a picture',
  }),
  closed<Where['side']>('messages[].observables[].where[].side', {
    recipient: 'written at or above the trust boundary',
    sender: 'written by anybody before it',
  }),
  closed<Why>(
    'messages[].observables[].where[].noBytes',
    {
      'message-encoded': 'the message came out of an encoding or an archive',
      encoding: 'a transfer encoding that is not mapped',
      'charset-inexact': 'malformed text in its charset',
      inline: "text out of another message's body",
      rebuilt: "made anew from Outlook's stored properties",
      picture: 'a code in the pixels of a picture',
      'no-field': "a file's name that stands in no field above the file",
    },
    true,
  ),
  closed<CoercionReading['triage']>('messages[].coercion.triage', {
    first: 'a threat with a demand or a claim of knowledge: read it first',
    soon: 'a threat, or two other signs',
    none: 'neither',
  }),
  closed<Hint['sign']>('messages[].coercion.signs[]', SIGNS),
  closed<Hint['sign']>('messages[].coercion.hints[].sign', SIGNS),
  closed<Hint['where']>('messages[].coercion.hints[].where', {
    subject: '`start` and `end` count in the subject',
    text: 'they count in `text`',
  }),
  closed<RouteOddity['code']>('messages[].routeOddities[].code', {
    'clock-backwards': 'dated before the hop that it took the message from',
    'long-wait': 'the message lay for hours between this hop and the one before',
    undated: 'no date that names a moment',
    'private-client': 'below the boundary, handed over inside some network',
    'claims-recipient': "below the boundary, yet in the name of the recipient's side",
    'names-differ': 'taken from a host of another owner than the hop before names',
    'date-ahead': 'taken in before its Date line says that it was written',
    'date-behind': 'taken in days after that',
  }),
  closed<MessageJudgement['unsearched'][number]['for']>('messages[].unsearched[].for', {
    observables: 'links and the like',
    pages: 'what the pages of a PDF show; its links were read',
    codes: 'QR codes',
  }),
  closed<Forward['method']>('messages[].forward.method', {
    attached: 'as message/rfc822: exact bytes',
    'attached-encoded': 'the same in base64 or quoted-printable, decoded here',
    'attached-file': 'as a file of another type: exact bytes',
    digest: 'in a multipart/digest: exact bytes',
    report: 'in a bounce or an abuse report (RFC 3464, RFC 5965)',
    archive: 'in an attached zip, gzip or mbox: exact bytes, unpacked here',
    'inline-html': 'quoted in the HTML of the mail around it',
    'inline-text': 'quoted in its text',
    'pasted-headers': 'header lines that somebody copied by hand, and what stands below',
    'outlook-item': "Outlook's own form: no exact bytes",
    'saved-copy': 'its source, saved in another form',
  }),
  closed<'headers' | 'route' | 'authentication' | 'text' | 'attachments' | 'html'>(
    'messages[].forward.lost[]',
    {
      headers: 'its header fields',
      route: 'its Received fields',
      authentication: 'what shows who vouches for it',
      text: 'its body',
      attachments: 'its files',
      html: 'its HTML',
    },
  ),
];

/** Fields of codes that have a page of their own, where tests hold them. */
const ELSEWHERE: readonly (readonly [path: string, page: string])[] = [
  ['messages[].verdict.reasons[].code', 'methods/sender-verdict.md'],
  ['messages[].coercion.hints[].code', 'methods/coercion.md'],
  ['messages[].observables[].where[].how[]', 'methods/observables.md'],
  ['messages[].authentication.notes[]', 'methods/mail-authentication.md'],
  ['limits[].code', 'limits.md'],
];

const row = ({ path, values, isNullable }: ClosedField): string => {
  const meanings = Object.entries(values).map(([value, means]) => `| \`${value}\` | ${means} |\n`);
  const nullable = isNullable ? '`null` where it is not known or does not apply.\n\n' : '';
  return `## \`${path}\`\n\n${nullable}| value | means |\n|---|---|\n${meanings.join('')}`;
};

/** Fields with the same values stand under one heading. */
function grouped(): readonly ClosedField[] {
  const byValues = Map.groupBy(EXAMINE_VALUES, ({ values, isNullable }) =>
    JSON.stringify([values, isNullable]),
  );
  return [...byValues.values()].map((same) => ({
    path: same.map(({ path }) => path).join('`, `'),
    values: same[0]?.values ?? {},
    isNullable: same.some(({ isNullable }) => isNullable),
  }));
}

export const examineValuesFile = (): string => `# Values of \`examine --json\`

Every field of [examine --json](json.md) that has a closed set of values, with what each means. A value that stands here keeps its name and its
meaning; others can come, so a program treats one that it does not know as such. Written by \`node tools/examine-values.ts\`: a value that the program
has and this page lacks does not compile.

Codes that have a page of their own: ${ELSEWHERE.map(([path, page]) => `\`${path}\` ([${page}](${page}))`).join(', ')}.

${grouped().map(row).join('\n')}`;

if (import.meta.main) {
  writeFileSync(join(import.meta.dirname, '..', EXAMINE_VALUES_FILE), examineValuesFile());
}
