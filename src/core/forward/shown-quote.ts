import type { Kernels } from '../base/index.ts';
import type { Mailbox } from '../header/index.ts';
import { ATTRIBUTION_LINES_MAX, type Attribution, readAttribution } from './attribution.ts';
import { readForwardDate } from './forward-date.ts';
import { leadingKind } from './subject.ts';
import { type Claimed, type ForwardText, forwardsInText } from './text-forward.ts';
import { linesOf, quoteMarks, type TextLine } from './text-line.ts';

/** Whom an answer reaches, beside its author and its To line. */
export interface Circle {
  /** Lower-case text of the fields that name others: Cc, Reply-To. */
  readonly others: string;
  /** Sent through a list: what is quoted there came from there. */
  readonly isListed: boolean;
}

/**
 * The message that a mail quotes below words of its own: below a line that names its sender ("On
 * ... A wrote:"), or in an answer below header lines, as Outlook quotes. Null where none is quoted
 * so.
 */
export function shownQuote(input: ForwardText, kernels: Kernels): Claimed | null {
  const attributed = attributedQuote(input, kernels);
  if (attributed !== null || leadingKind(input.subject ?? '') !== 'reply') return attributed;
  // Without the answer's subject the same lines are those of a forward.
  const [block] = forwardsInText({ ...input, subject: null }, kernels);
  if (block === undefined || block.kind !== 'forward' || block.announced !== null) return null;
  const { start, end } = block.before;
  const isBelow = input.text.slice(start, end).trim() !== '';
  return isBelow ? { ...block, kind: 'reply', announced: 'shown', nested: [] } : null;
}

function attributedQuote(input: ForwardText, kernels: Kernels): Claimed | null {
  const { text, quoted } = input;
  const colon = attributionEnd(text);
  if (colon < 0) return null;
  const lines = linesOf(text);
  const last = lines.findIndex(({ end }) => end > colon);
  const found = attributionAt(lines, last, kernels);
  const first = found?.first ?? 0;
  if (found === null || isEmpty(lines, 0, first)) return null;
  const next = lines.findIndex((line, at) => at >= found.end && line.text !== '');
  if (next < 0) return null;
  const { depth } = lines[next]!;
  const isMarked = depth > 0 && depth > depthAbove(lines, first);
  if (!isMarked && !quoted()) return null;
  const end = isMarked ? endOfQuote(lines, next, depth) : lines.length;
  return claimOf(found, { text, lines, next, end, depth });
}

/**
 * Whether the quote of an answer was shown to others than those who wrote and got it: a mail
 * program sends an answer back to whom it answers (RFC 5322 section 3.6.3). Whoever is quoted is in
 * none of the mail's fields, nor of its recipients' domains, where their other addresses are.
 */
export function isShownToOthers(
  from: Mailbox | null,
  mail: { readonly from: Mailbox | null; readonly to: readonly Mailbox[]; readonly circle: Circle },
): boolean {
  const quoted = from?.address.toLowerCase() ?? '';
  const author = mail.from?.address.toLowerCase() ?? '';
  if (!quoted.includes('@') || author === '' || mail.to.length === 0) return false;
  if (mail.circle.isListed || mail.circle.others.includes(quoted)) return false;
  const home = domainOf(quoted);
  if (quoted === author || (home === domainOf(author) && !SHARED.test(home))) return false;
  return !mail.to.some(({ address, name }) => {
    const domain = domainOf(address.toLowerCase());
    const isSame = name !== '' && name.toLowerCase() === from?.name.toLowerCase();
    const isNear = isWithin(home, domain) || isWithin(domain, home);
    return isSame || address.toLowerCase() === quoted || (isNear && !SHARED.test(home));
  });
}

/** Whether a body can hold such a quote: told at a look, as hardly any does. */
export const mayShowQuote = (text: string, subject: string | null): boolean =>
  leadingKind(subject ?? '') === 'reply' || attributionEnd(text) >= 0;

/** Strangers share these; of any other domain two people are of one house. */
const SHARED =
  /^(?:gmail|googlemail|yahoo|ymail|outlook|hotmail|live|msn|icloud|me|mac|aol|comcast|att|verizon|proton|protonmail|gmx|mail)\.[a-z.]{2,6}$/;

const domainOf = (address: string): string => address.split('@')[1] ?? '';

const isWithin = (host: string, domain: string): boolean =>
  domain !== '' && (host === domain || host.endsWith(`.${domain}`));

/** An address, the bracket behind it, a word or two, and the colon that ends the line. */
const LINE_END = /^[^\s<>()@]{1,255}[>)][^\n\r@:]{0,40}[:：][ \t]*(?:[\r\n]|$)/;

/** Place of the first line's end that an attribution can have; -1: none can stand in the text. */
function attributionEnd(text: string): number {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const end = LINE_END.exec(text.slice(at + 1, at + 320));
    if (end !== null) return at + 1 + end[0].trimEnd().length - 1;
  }
  return -1;
}

/** The attribution that ends on a line: the shortest that names a day. */
function attributionAt(
  lines: readonly TextLine[],
  last: number,
  kernels: Kernels,
): Attribution | null {
  const from = Math.max(0, last - ATTRIBUTION_LINES_MAX + 1);
  for (let first = last; first >= from; first--) {
    const found = readAttribution(lines, first, kernels);
    if (found === null || found.end !== last + 1) continue;
    const { date, interval } = readForwardDate(found.dateText, found.languages);
    if (date !== null || interval !== null) return found;
  }
  return null;
}

/** Of what stands above a line that some programs quote, too. */
function depthAbove(lines: readonly TextLine[], first: number): number {
  let above = first - 1;
  while (above >= 0 && lines[above]!.text === '') above -= 1;
  return lines[above]?.depth ?? 0;
}

/** Line behind the first run of quoted lines; an answer between them is the mail's own. */
function endOfQuote(lines: readonly TextLine[], next: number, depth: number): number {
  let end = next;
  for (let at = next; at < lines.length; at++) {
    if (lines[at]!.text === '') continue;
    if (lines[at]!.depth < depth) break;
    end = at + 1;
  }
  return end;
}

const isEmpty = (lines: readonly TextLine[], from: number, end: number): boolean =>
  lines.slice(from, end).every(({ text }) => text === '');

interface Quoted {
  readonly text: string;
  readonly lines: readonly TextLine[];
  readonly next: number;
  readonly end: number;
  readonly depth: number;
}

function claimOf(
  { first, end: headEnd, from, dateText, languages }: Attribution,
  { text, lines, next, end, depth }: Quoted,
): Claimed {
  const body = lines
    .slice(next, end)
    .map((line) => text.slice(quoteMarks(text, line.start, line.end, depth).at, line.end))
    .join('\n')
    .trimEnd();
  return {
    kind: 'reply',
    announced: 'shown',
    pastedFields: [],
    from,
    to: [],
    replyTo: [],
    subject: null,
    dateText,
    ...readForwardDate(dateText, languages),
    headerSpan: { start: lines[first]!.start, end: lines[headEnd - 1]!.end },
    bodySpan: { start: lines[next]!.start, end: lines[end - 1]!.end },
    body,
    ownText: body,
    before: { start: 0, end: lines[first]!.start },
    nested: [],
  };
}
