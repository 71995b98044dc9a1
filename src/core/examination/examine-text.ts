import { grouped, type Instant, type Limit } from '../base/index.ts';
import { charsetDoubt } from '../charset/index.ts';
import { gravestFirst, printable, wrapped } from '../display/index.ts';
import type { Exhibit } from '../evidence/index.ts';
import { HELD_FORMS, type HeldForm, heldFormOf } from '../held-form/index.ts';
import {
  cameAsText,
  type Hop,
  type Mailbox,
  type MailMessage,
  type MailPart,
  type MessageRole,
} from '../mail/index.ts';
import { stepLines } from './asking.ts';
import { type Examined, type ExaminedMessage, isHolder, shownRole } from './examine.ts';
import { field, safe, some, TEXT_COLUMNS } from './examine-lines.ts';
import {
  bothLetterLines,
  carrierLines,
  eitherLines,
  judgementLines,
  letterLines,
  madeUpLines,
  quotedLines,
} from './judgement-text.ts';

/** Lines of a message's text that are shown; `--json` has all. */
const TEXT_LINES_MAX = 40;
/** Rows of a list (hops, parts, addresses) before the rest is counted. */
const ROWS_MAX = 20;

const ROLES: Readonly<Record<MessageRole | 'letter', string>> = {
  carrier: "the reporter's own mail, which carries what was reported",
  letter: 'a letter to the office, which tells of a message',
  original: 'what was reported',
  attached: 'a mail that came attached to another',
};

const QUOTED = 'older correspondence, quoted in the message that it stands in';

const EITHER = "the reporter's own mail, or itself what was reported";

const HELD_EITHER = 'what was reported, or made up by the sender of the mail around it';

/**
 * Older correspondence came as text: whoever sent the message around it can have written all of it.
 */
const isQuoted = ({ role, forward }: MailMessage): boolean =>
  role === 'attached' && forward !== null && cameAsText(forward);

const KINDS: Readonly<Record<Exhibit['kind'], string>> = {
  message: 'one mail',
  mbox: 'mbox, a file of many mails',
  zip: 'zip archive',
  gzip: 'gzip archive',
  msg: 'Outlook item (.msg)',
  tnef: 'Outlook item (winmail.dat)',
  'dns-transcript': "name servers' answers",
  'office-names': 'names that an office gave',
  unknown: 'none that is read here',
};

export const examineHeading = (name: string, { digest, bytes, kind }: Exhibit): string =>
  lines([
    printable(name),
    field('Kind', KINDS[kind]),
    field('Size', `${grouped(bytes)} bytes`),
    field('SHA-256', digest),
  ]);

/**
 * One mail and what it carries, in full: the tree, then each message with what matters of its
 * header, route, parts and text. Every line is safe to print; addresses cannot be clicked.
 */
export function readingText(reading: readonly ExaminedMessage[]): string {
  const tree = reading.length < 2 ? [] : ['', 'Message tree', ...reading.map(treeLine)];
  return lines([...tree, ...reading.flatMap(messageLines)]);
}

/** One message on one line, for the rest of a long mailbox. */
export const messageLine = (examined: ExaminedMessage): string => {
  const { message } = examined;
  return `${message.path}  ${shownRole(examined)}  ${when(message)}  ${mailbox(message.from)}  ${subject(message)}\n`;
};

function treeLine(examined: ExaminedMessage): string {
  const { message, isEither } = examined;
  const depth = message.path.split('.').length - 1;
  const role = isEither ? 'either way' : shownRole(examined);
  return `  ${'  '.repeat(Math.min(depth, 20))}${message.path}  ${role}: ${subject(message)}`;
}

function messageLines(examined: ExaminedMessage): readonly string[] {
  const { message, offset, judgement } = examined;
  return [
    '',
    `Message ${message.path}: ${titleOf(examined)}`,
    field('From', senders(message)),
    ...some('Reply to', mailboxes(message.replyTo)),
    ...some('To', mailboxes(message.to)),
    field('Subject', subject(message)),
    field('Date', when(message)),
    ...some('Message ID', safe(message.messageId ?? '')),
    field('Bytes', placeOf(message, offset)),
    field('SHA-256', message.sha256),
    ...held(examined),
    ...routeLines(message.route, judgement.networks),
    ...partLines(message.parts),
    ...judged(examined),
    ...bannerLines(message),
    ...textLines(message),
    ...defectLines(message),
  ];
}

function titleOf(examined: ExaminedMessage): string {
  if (isQuoted(examined.message)) return QUOTED;
  if (isHolder(examined)) return EITHER;
  if (examined.isEither) return HELD_EITHER;
  return ROLES[shownRole(examined)];
}

const subject = ({ subject: text }: MailMessage): string =>
  text === null || text === '' ? '(no subject)' : `"${safe(text)}"`;

function mailbox(box: Mailbox | null): string {
  if (box === null) return '(none shown)';
  return box.name === '' ? `<${safe(box.address)}>` : `"${safe(box.name)}" <${safe(box.address)}>`;
}

/** A From line with several senders is shown whole: mail programs differ in which they show. */
const senders = ({ from, authors = [] }: MailMessage): string =>
  authors.length < 2 ? mailbox(from) : `${grouped(authors.length)} senders: ${mailboxes(authors)}`;

function mailboxes(boxes: readonly Mailbox[]): string {
  const shown = boxes.slice(0, ROWS_MAX).map(mailbox).join(', ');
  return boxes.length > ROWS_MAX ? `${shown} and ${grouped(boxes.length - ROWS_MAX)} more` : shown;
}

function when({ date, dateText, dateInterval }: MailMessage): string {
  if (date !== null) return moment(date);
  if (dateText === null) return '(no date)';
  if (dateInterval === undefined) return `(not read as a date: "${safe(dateText)}")`;
  const { from, until } = dateInterval;
  return `"${safe(dateText)}", without a time zone: between ${moment(from)} and ${moment(until)}`;
}

const moment = (at: Instant): string => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;

const placeOf = ({ length }: MailMessage, offset: number | null): string =>
  offset === null
    ? `${grouped(length)}, decoded: they do not stand in the file as such`
    : `${grouped(length)}, from byte ${grouped(offset)} of the file`;

/** Nothing tells where copied words end and those of whoever copied them begin. */
const copiedLines = ({ forward }: MailMessage): readonly string[] =>
  forward?.method === 'pasted-headers'
    ? [
        field(
          'Copied',
          "by hand: words, numbers and links here can be the reporter's own. Block nothing by them alone.",
        ),
      ]
    : [];

function judged(examined: ExaminedMessage): readonly string[] {
  const { judgement, bytesOf, message, isEither } = examined;
  switch (shownRole(examined)) {
    case 'carrier':
      return isEither
        ? eitherLines(judgement, message, bytesOf)
        : carrierLines(judgement, message, bytesOf);
    case 'letter':
      return (isEither ? bothLetterLines : letterLines)(judgement, message, bytesOf);
    case 'attached':
      if (isQuoted(examined.message)) return quotedLines();
      return judgementLines(judgement, message, bytesOf);
    case 'original':
      if (!isEither)
        return [...copiedLines(message), ...judgementLines(judgement, message, bytesOf)];
      if (isHolder(examined)) return eitherLines(judgement, message, bytesOf);
      return [...madeUpLines(), ...judgementLines(judgement, message, bytesOf)];
  }
}

function held(examined: ExaminedMessage): readonly string[] {
  if (shownRole(examined) !== 'original') return [];
  const { message } = examined;
  const { name, is } = HELD_FORMS[heldFormOf(message)];
  const { lost, takenFrom = null } = message.forward ?? { lost: [] };
  return [
    field('Held as', `${name}. ${is}`),
    ...(takenFrom === null ? [] : [field('', `What this is: ${takenFrom}.`)]),
    ...some('Lost', lost.join(', ')),
  ];
}

type Hints = ExaminedMessage['judgement']['networks'];

function routeLines(route: readonly Hop[], networks: Hints): readonly string[] {
  if (route.length === 0) return [field('Route', 'no Received field: nothing is known of its way')];
  const trusted = route.filter((hop) => hop.trusted).length;
  const boundary =
    trusted === 0
      ? '-- all of it is a claim: no hop could be tied to the mail system of the recipient --'
      : "-- trust boundary: everything below is what the sender's side wrote, a claim --";
  const shown = route
    .slice(0, ROWS_MAX)
    .map((hop, at) => `  ${String(at + 1).padStart(3)}  ${hopText(hop, networks[at] ?? [])}`);
  return [
    field('Route', 'newest hop first'),
    ...shown.slice(0, trusted),
    ...(trusted < route.length ? [`       ${boundary}`] : []),
    ...shown.slice(trusted),
    ...more(route.length, 'hops'),
    ...tablesLine(networks),
  ];
}

/** Which tables told countries and networks, and how old they are. */
function tablesLine(networks: Hints): readonly string[] {
  const tables = new Set(networks.flat().map(({ table, asOf }) => `${safe(table)}, ${asOf}`));
  if (tables.size === 0) return [];
  return [field('Networks', `as ${[...tables].join(' and ')}. A hint only, in no verdict.`)];
}

function hopText(hop: Hop, hints: Hints[number]): string {
  const { from, reverseName, ip, by, protocol, date } = hop;
  const doubt = hop.doubted === true ? 'may be forged' : null;
  const address = [reverseName, doubt, ip].filter((word) => word !== null).join(' ');
  const client = [address, ...hints.flatMap(hintWords)].filter((word) => word !== '').join(', ');
  const words = [
    date === null ? '(no date)' : moment(date),
    `from ${from ?? '(unnamed)'}${client === '' ? '' : ` (${client})`}`,
    `by ${by ?? '(unnamed)'}`,
    ...(protocol === null ? [] : [`with ${protocol}`]),
  ];
  return rows(words.map(safe)).join(`\n${' '.repeat(HOP_INDENT)}`);
}

const HOP_INDENT = 7;

/** Words in rows of the terminal's width; one that is longer has a row of its own. */
function rows(words: readonly string[]): readonly string[] {
  const all: string[] = [];
  for (const word of words) {
    const row = all.at(-1);
    const fits = row !== undefined && row.length + 2 + word.length <= TEXT_COLUMNS - HOP_INDENT;
    if (fits) all[all.length - 1] = `${row}  ${word}`;
    else all.push(word);
  }
  return all;
}

/** `EE` or `AS174 Example Networks`: each table apart, since tables disagree. */
function hintWords({ country, asNumber, network }: Hints[number][number]): readonly string[] {
  const named = [asNumber === null ? null : `AS${asNumber}`, network];
  const words = named.filter((word) => word !== null).join(' ');
  return [country ?? '', words];
}

function partLines(parts: readonly MailPart[]): readonly string[] {
  if (parts.length === 0) return [];
  return [
    field('Parts', 'hashes are of the decoded bytes'),
    ...parts.slice(0, ROWS_MAX).map((part) => {
      const { path, contentType, charset, fileName, otherName, bytes, sha256 } = part;
      const also = otherName === undefined ? '' : ` or, in other programs, "${otherName}"`;
      const name = fileName === null ? '' : `"${fileName}"${also}`;
      const words = [path, contentType, charset ?? '', name];
      const what = printable(words.filter((word) => word !== '').join('  '));
      return `       ${what}  ${grouped(bytes)} bytes\n${' '.repeat(HOP_INDENT + 2)}${sha256}`;
    }),
    ...more(parts.length, 'parts'),
    ...parts.flatMap(charsetWords).slice(0, ROWS_MAX),
  ];
}

/** One plain line where the letters shown may be others than those sent. */
function charsetWords(part: MailPart): readonly string[] {
  const { path, charset, charsetHow, charsetDeclared } = part;
  switch (charsetDoubt(part)) {
    case null:
      return [];
    case 'guessed': {
      const from =
        charsetHow === 'elsewhere' ? 'is taken from elsewhere in the mail' : 'is a guess';
      return [field('Charset', `Part ${path} does not say its charset: ${charset} ${from}.`)];
    }
    case 'overruled': {
      const said = safe((charsetDeclared ?? '').slice(0, LABEL_MAX));
      const how = charsetHow === 'guess' || charsetHow === 'fallback' ? ', a guess' : '';
      return [field('Charset', `Part ${path} says "${said}": it was read as ${charset}${how}.`)];
    }
  }
}

/** Longest charset label that is shown. */
const LABEL_MAX = 40;

function textLines({ text, textFrom }: MailMessage): readonly string[] {
  if (text.trim() === '') return [field('Text', 'none')];
  const all = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .split('\n');
  const shown = all.slice(0, TEXT_LINES_MAX).flatMap(rowsOf);
  return [
    field('Text', textFrom === 'html' ? 'from the HTML part, as there is no text part' : 'as sent'),
    ...shown,
    ...more(all.length, 'lines', TEXT_LINES_MAX),
  ];
}

/** A paragraph is often one line: broken between words, so that a person can read it. */
const rowsOf = (line: string): readonly string[] => wrapped(safe(line), TEXT_COLUMNS, ROW, ROW);

const ROW = '     | ';

/** The words that no campaign is told by, so that a person can see which. */
function bannerLines({ banner, text }: MailMessage): readonly string[] {
  if (banner === undefined) return [];
  const words = text.slice(0, banner.length).replace(/\s+/g, ' ').trim();
  return [
    field(
      'Added',
      `by a mail gateway of the recipient, by its form (${banner.product}), not counted as the sender's words: "${safe(words)}"`,
    ),
  ];
}

function defectLines({ defects }: MailMessage): readonly string[] {
  if (defects.length === 0) return [];
  const codes = [...new Set(defects.map((defect) => defect.code))];
  return [field('Irregular', codes.join(', '))];
}

export function examineClosing({
  exhibit,
  messages,
  forms,
  asking,
  allSteps,
  limits,
}: Examined): string {
  const total = messages === 1 ? '1 message' : `${grouped(messages)} messages`;
  return lines([
    '',
    ...(exhibit.kind === 'unknown' ? [] : [field('Read', total)]),
    ...[...forms].flatMap(meaning),
    ...stepLines(asking, allSteps),
    ...gravestFirst(limits).map((limit) => field('Limit', limitText(limit))),
  ]);
}

/** What a copy of this form is worth as evidence. */
function meaning(form: HeldForm): readonly string[] {
  const { name, canProve, cannotProve } = HELD_FORMS[form];
  return [
    field('Evidence', `This form (${name}) can prove: ${canProve.join('; ')}.`),
    field('', `It cannot prove: ${cannotProve.join('; ')}.`),
  ];
}

/** One limit on one line: what, where, why. */
export const limitText = ({ code, at, text }: Limit): string => `${safe(text)} [${code} at ${at}]`;

const more = (total: number, what: string, shown = ROWS_MAX): readonly string[] =>
  total > shown ? [`       ... ${grouped(total - shown)} more ${what}: --json has all`] : [];

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
