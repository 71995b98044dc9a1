import { grouped } from '../base/index.ts';
import type { CoercionReading } from '../coercion/index.ts';
import type {
  Authentication,
  MessageJudgement,
  RecordedResults,
  SenderVerdict,
} from '../forensics/index.ts';
import type { MailMessage } from '../mail/index.ts';
import { carriedLoad, type Locate } from '../observables/index.ts';
import { dangerLines } from './danger-lines.ts';
import { field, safe, some } from './examine-lines.ts';
import { pressureLines } from './pressure-lines.ts';
import { observableLines } from './trace-lines.ts';

/**
 * A letter is judged by its words alone: its sender asks for help, and is not to be blocked. One
 * that brings links or files can be an attack on the office: then the verdict and those are shown,
 * apart, and nothing that may be the writer's own.
 */
export function letterLines(
  judgement: MessageJudgement,
  message: MailMessage,
  bytesOf: Locate,
): readonly string[] {
  const load = carriedLoad(judgement.observables, message);
  const presses = judgement.coercion.triage !== 'none';
  if (load.length === 0 && !presses)
    return [field('Judged', "no: it is the reporter's own. Nothing in it is to be blocked.")];
  if (load.length === 0)
    return [
      field(
        'Either',
        'written by whoever reports, in words of what they received, or a threat to the office itself. Nothing in it is to be blocked before that is settled.',
      ),
      ...pressureLines(judgement.coercion, message),
    ];
  return [
    field(
      'Either',
      'sent to the office by whoever asks for help, with links or files of their own, or by whoever attacks the office. Open nothing, and block nobody, before that is settled.',
    ),
    ...judgementLines({ ...judgement, observables: load }, message, bytesOf),
  ];
}

/** Of a letter that shows a message of somebody else beside a load of its own. */
export const bothLetterLines = (
  judgement: MessageJudgement,
  message: MailMessage,
  bytesOf: Locate,
): readonly string[] => [
  field(
    'Either',
    'sent to the office by whoever reports the message below, with links, files or warnings of their own. Or by whoever attacks the office, who can have made that message up. Open nothing, and block nobody, before that is settled.',
  ),
  field(
    'Its own',
    message.brings?.bait === false
      ? "files that can be those of the message below, as mail programs hand them on with it, or the writer's own:"
      : 'written to the office itself, beside the message below:',
  ),
  ...judgementLines(
    { ...judgement, observables: carriedLoad(judgement.observables, message) },
    message,
    bytesOf,
  ),
];

/** What is said of the mail that brings an original; its files can be the original's. */
export function carrierLines(
  judgement: MessageJudgement,
  message: MailMessage,
  bytesOf: Locate,
): readonly string[] {
  const load = carriedLoad(judgement.observables, message);
  if (load.length === 0)
    return [
      field(
        'Judged',
        "no: it is the reporter's own. Nothing in it is to be blocked; what it brings is below.",
      ),
    ];
  return [
    field(
      'Judged',
      "no: it is the reporter's own, as far as it shows; what it brings is below. These stand outside of that. Open none before it is known whose they are:",
    ),
    ...dangerLines(judgement.riskyFiles),
    ...observableLines(load, bytesOf),
  ];
}

/** Where nobody can tell from the mail: both readings, and what decides. */
export const eitherLines = (
  judgement: MessageJudgement,
  message: MailMessage,
  bytesOf: Locate,
): readonly string[] => [
  field(
    'Either',
    message.brings?.bait === false
      ? 'whoever reports wrote it, and its numbers and addresses are theirs, its files those of the message below or theirs: then nothing in it is to be blocked. Or an attacker wrote it and made up the message below. Ask whoever sent it, in a way that you knew before; open, call and pay nothing before that is settled.'
      : message.quotes === true
        ? 'whoever reports wrote it, and answers to you instead of forwarding: then nothing in it is to be blocked. Or an attacker wrote it and made up the thread below. Ask whoever sent it, in a way that you knew before; call and pay nothing before that is settled.'
        : 'whoever reports wrote it: then nothing in it is to be blocked. Or they received it: then it is what was reported, and its sender may have made up the message below. The mail alone does not tell. Ask in whose mailbox it came; --office names the addresses of the office.',
  ),
  field('If reported', 'this is what it shows. Block nothing of it before that is settled:'),
  ...judgementLines(
    // Beside a message below, a subject alone presses nobody: a reporter's mail has the message's.
    message.role === 'carrier' ? { ...judgement, coercion: NO_PRESSURE } : judgement,
    message,
    bytesOf,
  ),
];

const NO_PRESSURE: CoercionReading = { triage: 'none', signs: [], hints: [] };

/** Beside what such a mail would hand on. */
export const madeUpLines = (): readonly string[] => [
  field(
    'Either',
    'handed on by whoever reports, or made up by the sender of the mail around it. Blame nobody that it shows before that is settled.',
  ),
];

/** What is said of older correspondence that a message quotes. */
export const quotedLines = (): readonly string[] => [
  field(
    'Judged',
    'no: whoever sent the message around it can have taken or made it. Blame nobody in it.',
  ),
];

/** What a message shows about its sender, in lines for a person; addresses cannot be clicked. */
export function judgementLines(
  judgement: MessageJudgement,
  message: MailMessage,
  bytesOf: Locate,
): readonly string[] {
  return [
    ...oddityLines(judgement.oddities),
    ...verdictLines(judgement.verdict),
    ...authenticationLines(judgement.authentication),
    ...pressureLines(judgement.coercion, message),
    ...hiddenLines(judgement.hidden),
    ...dangerLines(judgement.riskyFiles),
    ...unsearchedLines(judgement.unsearched),
    ...observableLines(judgement.observables, bytesOf),
  ];
}

const ODDITIES: Readonly<Record<MessageJudgement['oddities'][number]['code'], string>> = {
  'clock-backwards': 'dated before the hop below it',
  'long-wait': 'the mail lay for hours or days before it',
  undated: 'has no date that can be read',
  'private-client': 'taken from a private address',
  'claims-recipient': "in the name of the recipient's side, below the boundary",
  'date-ahead': 'took it in before its Date line says that it was written',
  'date-behind': 'took it in long after its Date line says that it was written',
  'names-differ': 'took it from another host than the hop below names',
};

/** Oddities and stretches of hidden text that are shown; `--json` has all. */
const ODD_SHOWN_MAX = 8;

function oddityLines(oddities: MessageJudgement['oddities']): readonly string[] {
  const words = oddities
    .slice(0, ODD_SHOWN_MAX)
    .map(({ code, hop, seconds }) => `hop ${hop + 1} ${ODDITIES[code]}${away(seconds)}`);
  const rest = oddities.length - ODD_SHOWN_MAX;
  const more = rest > 0 ? `; ${grouped(rest)} more` : '';
  return some('Odd', words.length === 0 ? '' : `${words.join('; ')}${more}. Hints, no proof.`);
}

/** ` (18 days)`, ` (6 hours)`, ` (40 minutes)`: one unit, rounded. */
function away(seconds: number | null): string {
  if (seconds === null) return '';
  const [unit, size] = UNITS.find(([, least]) => seconds >= 2 * least) ?? ['second', 1];
  const count = Math.round(seconds / size);
  return ` (${grouped(count)} ${unit}${count === 1 ? '' : 's'})`;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

function hiddenLines(hidden: MessageJudgement['hidden']): readonly string[] {
  const total = hidden.reduce((sum, { length }) => sum + length, 0);
  const words = hidden.slice(0, ODD_SHOWN_MAX).map((one) => `"${safe(one.words)}"`);
  const what = `${grouped(total)} characters in HTML that a reader is not shown: ${words.join('; ')}`;
  return hidden.length === 0 ? [] : [field('Hidden', what)];
}

/** A clean list of traces of a mail with a file that nobody opened would mislead. */
function unsearchedLines(unsearched: MessageJudgement['unsearched']): readonly string[] {
  const words = unsearched
    .slice(0, ODD_SHOWN_MAX)
    .map(
      ({ path, contentType, for: sought }) =>
        `${safe(path)} (${safe(contentType)}) for ${SOUGHT[sought]}`,
    );
  const rest = unsearched.length - ODD_SHOWN_MAX;
  const more = rest > 0 ? `; ${grouped(rest)} more` : '';
  return some('Unsearched', words.length === 0 ? '' : `${words.join('; ')}${more}`);
}

const SOUGHT: Readonly<Record<MessageJudgement['unsearched'][number]['for'], string>> = {
  observables: 'links',
  pages: 'what its pages show beside links',
  codes: 'QR codes',
};

const KIND_NAMES: Readonly<Record<SenderVerdict['kind'], string>> = {
  'spoofed-domain': 'spoofed domain',
  lookalike: 'lookalike domain',
  'display-name-imitation': 'imitated name',
  'compromised-relay': 'misused server',
  freemail: 'consumer account',
  genuine: 'sender as shown',
  undetermined: 'cannot tell',
};

const CERTAINTY: Readonly<Record<SenderVerdict['certainty'], string>> = {
  shown: 'shown by the message',
  probable: 'probable',
  none: 'not judged',
};

function verdictLines({
  kinds,
  certainty,
  text,
  reasons,
  notShown,
}: SenderVerdict): readonly string[] {
  const kind = kinds.map((one) => KIND_NAMES[one]).join(', ');
  return [
    field('Verdict', `${safe(text)} (${kind}; ${CERTAINTY[certainty]})`),
    ...reasons.map(({ text: words, at }, index) =>
      field(index === 0 ? 'Because' : '', `${safe(words)}${at === null ? '' : ` [${at.header}]`}`),
    ),
    ...some('Not shown', notShown.map(safe).join('; ')),
  ];
}

function authenticationLines(authentication: Authentication): readonly string[] {
  const { spf, dkim, dmarc, arc, recorded, source, asOf, notes } = authentication;
  const checks = [
    ...(spf === null ? [] : [`SPF ${spf.result} for ${spf.domain ?? 'no domain'}`]),
    ...dkim.map(
      (check) =>
        `DKIM ${check.result} by ${check.domain ?? 'no domain'}${check.aligned ? '' : ' (another domain than shown)'}${check.unsignedBytes === 0 ? '' : ` (the last ${check.unsignedBytes} bytes of the body unsigned)`}`,
    ),
    ...(dmarc === null ? [] : [`DMARC ${dmarc.result} for ${dmarc.fromDomain ?? 'no domain'}`]),
    ...(arc === null || arc.result === 'none' ? [] : [`ARC ${arc.result}`]),
  ];
  const when = asOf === null ? '' : `, ${asOf.slice(0, 10)}`;
  const how = source === 'live' ? `name servers asked${when}` : `from a transcript${when}`;
  return [
    ...recorded.slice(0, 5).map(recordedLine),
    source === 'none'
      ? field('Checked', 'Name servers were not asked ("--dns live" asks them, and shows that).')
      : field('Checked', `${checks.length === 0 ? 'nothing' : safe(checks.join('; '))} (${how})`),
    ...notes.map((note) => field('', NOTES[note] ?? note)),
  ];
}

/** Why a check is missing or weak, for a person; the codes are those of `--json`. */
const NOTES: Readonly<Record<string, string>> = {
  'no-boundary': "No hop could be tied to the recipient's mail system: SPF was not checked.",
  'envelope-claimed': 'The return address is a claim of the sender: SPF was checked for it.',
  'signatures-over-limit': 'It has more signatures than are checked.',
  'dns-questions-over-limit': 'It asks more of name servers than is asked for one message.',
  'spf-names-local-part':
    'SPF was left open: its record has the part before the @ of the return address, which can name the recipient, put into a question ("--ask-local-parts" puts it).',
  'mboxrd-unquoted':
    'A signature holds once the ">" is taken away that a mailbox file put before lines beginning "From ". The evidence keeps it.',
  'outlook-item': "Outlook's form holds no signed bytes: signatures cannot be checked.",
};

function recordedLine({ recordedBy, trusted, results, header }: RecordedResults): string {
  const words = results
    .slice(0, 8)
    .map((row) => `${row.method} ${row.result ?? 'unknown'}${ofDomain(row)}`)
    .join(', ');
  const who = recordedBy ?? header;
  const worth = trusted
    ? "the recipient's own record"
    : 'claimed by the message, may be forged; in no verdict';
  return field('Recorded', `${safe(words)} by ${safe(who)} (${worth})`);
}

/** Whose check it was: a pass of another domain than the one shown says nothing of that one. */
function ofDomain({
  method,
  result,
  guessed,
  properties,
}: RecordedResults['results'][number]): string {
  if (guessed !== undefined) return ` (${guessed} by a guess of the recorder)`;
  if (method !== 'spf' && method !== 'dkim') return '';
  const named = method === 'spf' ? properties['smtp.mailfrom'] : properties['header.d'];
  const address = named ?? properties['header.i'] ?? '';
  const domain = address.slice(address.lastIndexOf('@') + 1).replace(/[>\s]+$/, '');
  return domain === '' || domain === 'none' ? '' : ` ${result === 'pass' ? 'of' : 'for'} ${domain}`;
}
