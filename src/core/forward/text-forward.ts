import type { Kernels } from '../base/index.ts';
import type { Mailbox } from '../header/index.ts';
import type { TextRange } from '../html/index.ts';
import { type Attribution, readAttribution } from './attribution.ts';
import { readForwardDate } from './forward-date.ts';
import { isSameMailbox, readForwardMailboxes } from './forward-sender.ts';
import { findHeaderBlocks, type HeaderBlock } from './header-block.ts';
import type { InlineForward } from './inline-forward.ts';
import { closesForward, type LabelField, labelledLine, markerOf } from './label.ts';
import { takenApart } from './one-line.ts';
import { findPastedHeaders, type PastedHeaders } from './pasted-headers.ts';
import { quickLook } from './quick-look.ts';
import { leadingKind, prefixKind } from './subject.ts';
import { linesIn, linesOf, quoteMarks, type TextLine } from './text-line.ts';

/** A forward as its text has it: every field is a claim of whoever wrote that text. */
export type Claimed = Omit<InlineForward, 'method' | 'spansIn' | 'nested'> & {
  readonly nested: readonly Claimed[];
};

/** One text to be searched, and the subject and author of the mail that it is from. */
export interface ForwardText {
  readonly text: string;
  readonly subject: string | null;
  readonly author: Mailbox | null;
  /** Does the HTML body mark a quote, so that the text need not show `>`? Asked only at need. */
  readonly quoted: () => boolean;
}

/** A mail with more forwards than this is a digest whose rest is not read. */
export const FORWARDS_MAX = 200;

const NONE: readonly string[] = [];

/** The forwards that stand in one text. */
export function forwardsInText(input: ForwardText, kernels: Kernels): readonly Claimed[] {
  const look = quickLook(input.text, kernels);
  const isForward = leadingKind(input.subject ?? '') === 'forward';
  if (look === 'nothing' && !isForward) return [];
  if (typeof look !== 'string' && !isForward && isAnswered(input.text, look)) return [];
  const lines = takenApart(input.text, linesOf(input.text));
  const reader = new ForwardReader(input, lines, kernels);
  const attributed = (known: Attribution | null): readonly Claimed[] =>
    isForward ? reader.attributedForward() : reader.soleReply(known);
  if (look === 'nothing' || look !== 'header') return attributed(look === 'nothing' ? null : look);
  const pasted = findPastedHeaders(lines);
  if (pasted !== null) return [reader.pasted(pasted)];
  const blocks = findHeaderBlocks(lines).slice(0, FORWARDS_MAX);
  if (blocks.length === 0) return attributed(null);
  return reader.tree(blocks);
}

/**
 * Whether words of the mail's own stand below the quote that the attribution at its top begins:
 * what `soleReply` finds out too, here from the few lines that most answers take to show it.
 */
function isAnswered(text: string, { end }: Attribution): boolean {
  let [first, quote]: (TextLine | null)[] = [null, null];
  let behind = 0;
  for (const line of linesIn(text, false)) {
    if (first === null && line.text === '') continue;
    first ??= line;
    behind += 1;
    if (behind <= end || line.text === '') continue;
    quote ??= line;
    if (quote.depth <= first.depth || line.text === '--') return false;
    if (line.depth < quote.depth) return true;
  }
  return false;
}

function namesDate({ dateText, languages }: Attribution): boolean {
  const { date, interval } = readForwardDate(dateText, languages);
  return date !== null || interval !== null;
}

/** What a person writes between two forwards on one line. */
const LEADING_LENGTH_MAX = 250;

/** A header block with the lines of its body; inner ones hang below outer ones. */
interface Node {
  readonly block: HeaderBlock;
  end: number;
  readonly inner: Node[];
}

class ForwardReader {
  readonly #text: string;
  readonly #subject: string | null;
  readonly #author: Mailbox | null;
  readonly #quoted: () => boolean;
  readonly #lines: readonly TextLine[];
  readonly #kernels: Kernels;
  /** Several messages, each below a row of hyphens (RFC 1153). */
  #isDigest = false;

  constructor(input: ForwardText, lines: readonly TextLine[], kernels: Kernels) {
    this.#text = input.text;
    this.#subject = input.subject;
    this.#author = input.author;
    this.#quoted = input.quoted;
    this.#lines = lines;
    this.#kernels = kernels;
  }

  tree(blocks: readonly HeaderBlock[]): readonly Claimed[] {
    const roots: Node[] = [];
    const open: Node[] = [];
    for (const block of blocks) {
      while (open.length > 0 && !this.#holds(open, block)) {
        const closed = open.pop()!;
        closed.end = Math.min(closed.end, block.first);
      }
      const node: Node = { block, end: this.#endOfBody(block), inner: [] };
      (open.at(-1)?.inner ?? roots).push(node);
      open.push(node);
    }
    for (const [at, root] of roots.entries()) root.end = this.#beforeWordsTo(root, roots[at + 1]);
    this.#isDigest = roots.filter(({ block }) => block.marker === 'hyphens').length > 1;
    let from = 0;
    const claims: Claimed[] = [];
    for (const root of roots) {
      if (this.#kindOf(root.block, null) === 'forward' || this.#saysNothing(root, from))
        claims.push(this.#claim(root, from, null));
      from = root.end;
    }
    return claims;
  }

  /**
   * Where a body ends that runs up to the next forward: before a line that leads on to that one.
   */
  #beforeWordsTo({ block, end }: Node, next: Node | undefined): number {
    if (next?.block.marker !== 'forwarded' || end !== next.block.first) return end;
    let last = end - 1;
    while (last > block.end && this.#lines[last]!.text === '') last--;
    const { start, end: until } = this.#span(last, last + 1);
    const leads = /[:：]$/.test(this.#lines[last]!.text) && until - start <= LEADING_LENGTH_MAX;
    const isApart =
      this.#lines[last - 1]!.text === '' && !this.#isEmpty(block.end, Math.max(block.end, last));
    return leads && isApart ? last : end;
  }

  /** Does the carrier say nothing of its own before or in this quote? */
  #saysNothing({ block }: Node, from: number): boolean {
    return this.#isBlank(this.#span(from, block.first)) && this.#isAllQuote(block);
  }

  /** Is this block part of the outer one's body, or a message of its own beside it? */
  #holds(open: readonly Node[], inner: HeaderBlock): boolean {
    const outer = open.at(-1)!;
    if (inner.first >= outer.end || inner.depth < outer.block.depth) return false;
    if (inner.depth > outer.block.depth) return true;
    // RFC 1153 digests set their messages apart by rows of hyphens.
    if (inner.marker === 'hyphens') return !open.some(({ block }) => block.marker === 'hyphens');
    if (inner.marker !== 'forwarded') return true;
    // Gmail forwards of forwards stand at one depth: the outer subject says so, or it is empty.
    const subject = outer.block.values.get('subject') ?? '';
    if (prefixKind(subject) !== null) return true;
    return this.#isEmpty(outer.block.end, inner.first);
  }

  /** Line behind the body: where the quote ends, or a closing marker stands, or the text ends. */
  #endOfBody(block: HeaderBlock): number {
    for (let i = block.end; i < this.#lines.length; i++) {
      const line = this.#lines[i]!;
      if (line.text !== '' && line.depth < block.depth && !this.#isWrapped(i, block.depth))
        return i;
      if (line.depth === block.depth && block.marker !== null && closesForward(line)) return i;
    }
    return this.#lines.length;
  }

  /** The rest of a quoted line that was wrapped without a mark: one line between marked ones. */
  #isWrapped(at: number, depth: number): boolean {
    const marked = (line: TextLine | undefined): boolean =>
      line !== undefined && line.depth >= depth;
    return marked(this.#lines[at - 1]) && marked(this.#lines[at + 1]);
  }

  #claim({ block, end, inner }: Node, from: number, outer: Node | null): Claimed {
    const value = (field: LabelField): string => block.values.get(field) ?? '';
    const [sender = null] = readForwardMailboxes(value('from'), this.#kernels);
    const answered = inner.length > 0 ? null : this.#answeredBy(sender, block, end);
    const until = answered?.first ?? end;
    return {
      kind: this.#kindOf(block, outer?.block ?? null),
      pastedFields: NONE,
      announced: this.#announcedBy(block, outer),
      from: sender,
      to: readForwardMailboxes(value('to'), this.#kernels),
      replyTo: readForwardMailboxes(value('replyTo'), this.#kernels),
      subject: block.values.get('subject') ?? null,
      dateText: value('date') || null,
      ...readForwardDate(value('date'), block.languages),
      headerSpan: this.#span(block.first, block.end),
      ...this.#body(block.end, end, block.depth, inner),
      ...(answered === null
        ? null
        : { ownText: this.#unquoted(block.end, until, block.depth).trim() }),
      before: this.#span(from, block.first),
      nested:
        answered === null
          ? inner.map((node) => this.#claim(node, block.end, { block, end, inner }))
          : [this.#reply(answered, this.#depthBelow(answered, block.depth), end)],
    };
  }

  /** The message that the carrier's author answered, below an attribution in their own answer. */
  #answeredBy(
    sender: Mailbox | null,
    { end, depth }: HeaderBlock,
    until: number,
  ): Attribution | null {
    if (sender === null || this.#author === null || !isSameMailbox(sender, this.#author))
      return null;
    for (let i = end; i < until; i++) {
      if (this.#lines[i]!.depth !== depth) continue;
      const found = readAttribution(this.#lines, i, this.#kernels);
      if (found !== null && found.end < until) return found;
    }
    return null;
  }

  #depthBelow({ end }: Attribution, otherwise: number): number {
    return this.#lines.find((line, at) => at >= end && line.text !== '')?.depth ?? otherwise;
  }

  /** Outlook writes the same lines for both: the subject of the mail around them tells. */
  #kindOf(block: HeaderBlock, outer: HeaderBlock | null): 'forward' | 'reply' {
    if (block.marker === 'forwarded') return 'forward';
    if (outer === null) return prefixKind(this.#subject ?? '') === 'reply' ? 'reply' : 'forward';
    if (prefixKind(outer.values.get('subject') ?? '') === 'forward') return 'forward';
    return this.#isEmpty(outer.end, block.first) ? 'forward' : 'reply';
  }

  #announcedBy({ marker }: HeaderBlock, outer: Node | null): Claimed['announced'] {
    if (marker === 'forwarded') return 'forward';
    return marker === 'hyphens' && outer === null && this.#isDigest ? 'digest' : null;
  }

  #isEmpty(first: number, end: number): boolean {
    for (let i = first; i < end; i++) if (this.#lines[i]!.text !== '') return false;
    return true;
  }

  pasted({ first, end, values, fields }: PastedHeaders): Claimed {
    const value = (name: string): string => values.get(name) ?? '';
    const [sender = null] = readForwardMailboxes(value('from'), this.#kernels);
    const depth = this.#lines[first]!.depth;
    return {
      kind: 'forward',
      pastedFields: fields,
      announced: null,
      from: sender,
      to: readForwardMailboxes(value('to'), this.#kernels),
      replyTo: readForwardMailboxes(value('reply-to'), this.#kernels),
      subject: values.get('subject') ?? null,
      dateText: value('date') || null,
      ...readForwardDate(value('date'), ['en']),
      headerSpan: this.#span(first, end),
      ...this.#body(end, this.#lines.length, depth, []),
      before: this.#span(0, first),
      nested: [],
    };
  }

  /** A quoted message with nothing said before it: all that the mail holds. */
  soleReply(known: Attribution | null): readonly Claimed[] {
    const first = this.#lines.findIndex((line) => line.text !== '');
    if (first < 0) return [];
    const attribution =
      known === null
        ? readAttribution(this.#lines, first, this.#kernels)
        : { ...known, first, end: first + known.end };
    if (attribution === null) return [];
    const next = this.#lines.findIndex((line, i) => i >= attribution.end && line.text !== '');
    if (next < 0) return [];
    const { depth } = this.#lines[next]!;
    if (depth <= this.#lines[first]!.depth ? !this.#quoted() : !this.#staysQuoted(next, depth))
      return [];
    return [this.#reply(attribution, depth)];
  }

  /**
   * The message below `On ... Clerk wrote:` in a mail whose subject says that it is a forward
   * (Outlook for Mac, phones), marked as a quote or not, whatever stands above it.
   */
  attributedForward(): readonly Claimed[] {
    for (let i = 0; i < this.#lines.length; i++) {
      const attribution = this.#attributionAt(i);
      if (attribution === null) continue;
      // What stands right above it may have been read as its first words.
      const later = this.#attributionAt(i + 1);
      if (later?.end === attribution.end && namesDate(later)) continue;
      const next = this.#lines.findIndex((line, at) => at >= attribution.end && line.text !== '');
      if (next < 0) return [];
      const marked = i > 0 && markerOf(this.#lines[i - 1]!) === 'forwarded';
      const first = marked ? i - 1 : i;
      const end = marked ? this.#closing(attribution.end) : this.#lines.length;
      const claim = this.#reply({ ...attribution, first }, this.#lines[next]!.depth, end);
      return [{ ...claim, kind: 'forward', announced: marked ? 'forward' : null }];
    }
    return this.#markedForward();
  }

  /** The message below a marker in words that names no more than a sender. */
  #markedForward(): readonly Claimed[] {
    const first = this.#lines.findIndex((line) => markerOf(line) === 'forwarded');
    const next = this.#lines.findIndex((line, at) => at > first && line.text !== '');
    if (first < 0 || next < 0) return [];
    const label = labelledLine(this.#lines[next]!);
    const isNamed = label?.field === 'from';
    const [from = null] = isNamed ? readForwardMailboxes(label.value, this.#kernels) : [];
    const end = isNamed ? next + 1 : first + 1;
    const attribution = { first, end, from, dateText: '', languages: [] };
    const closing = this.#closing(end);
    if (this.#isEmpty(end, closing)) return [];
    const claim = this.#reply(attribution, this.#lines[first]!.depth, closing);
    return [{ ...claim, dateText: null, kind: 'forward', announced: 'forward' }];
  }

  /** The line that closes a marked forward, else the end. */
  #closing(from: number): number {
    const at = this.#lines.findIndex((line, i) => i >= from && closesForward(line));
    return at < 0 ? this.#lines.length : at;
  }

  #attributionAt(line: number): Attribution | null {
    if (line >= this.#lines.length) return null;
    const isMarked = line > 0 && markerOf(this.#lines[line - 1]!) === 'forwarded';
    const found = readAttribution(this.#lines, line, this.#kernels, isMarked ? 'marker' : null);
    // Quoted lines are the message's own words; a framed line stands for itself.
    if (found === null) return null;
    const isQuoted = this.#lines[line]!.depth > 0 && !this.#lines[line]!.text.endsWith('>>>');
    return isQuoted && !this.#opensQuote(line) ? null : found;
  }

  /** Some programs quote the line that names the sender, too. */
  #opensQuote(at: number): boolean {
    let above = at - 1;
    while (above >= 0 && this.#lines[above]!.text === '') above -= 1;
    return (this.#lines[above]?.depth ?? 0) < this.#lines[at]!.depth;
  }

  /** An answer below or between the quoted lines is the carrier speaking. */
  #staysQuoted(first: number, depth: number): boolean {
    for (let i = first; i < this.#lines.length; i++) {
      const line = this.#lines[i]!;
      if (line.text === '--') return true;
      if (line.text !== '' && line.depth < depth) return false;
    }
    return true;
  }

  #isAllQuote({ end, depth }: HeaderBlock): boolean {
    if (depth > 0) return this.#staysQuoted(end, depth);
    for (let i = end; i < this.#lines.length; i++) if (this.#lines[i]!.depth > 0) return false;
    return true;
  }

  #reply(
    { first, end, from, dateText, languages }: Attribution,
    depth: number,
    until = this.#lines.length,
  ): Claimed {
    return {
      ...{
        kind: 'reply',
        pastedFields: NONE,
        announced: null,
        from,
        to: [],
        replyTo: [],
        subject: null,
        dateText,
      },
      ...readForwardDate(dateText, languages),
      headerSpan: this.#span(first, end),
      ...this.#body(end, until, depth, []),
      before: this.#span(0, first),
      nested: [],
    };
  }

  #body(
    from: number,
    until: number,
    depth: number,
    inner: readonly Node[],
  ): Pick<Claimed, 'bodySpan' | 'body' | 'ownText'> {
    let [first, last] = [from, until];
    while (first < last && this.#lines[first]!.text === '') first++;
    while (last > first && this.#lines[last - 1]!.text === '') last--;
    const quoted = this.#lines
      .slice(first, last)
      .every((line) => line.text === '' || line.depth > depth);
    const marks = quoted && first < last ? depth + 1 : depth;
    const body = this.#unquoted(first, last, marks).replace(/^\ufeff+/, '');
    let ownText = body;
    if (inner.length > 0) {
      const pieces: string[] = [];
      let at = first;
      for (const { block, end } of inner) {
        pieces.push(this.#unquoted(at, block.first, marks));
        at = end;
      }
      pieces.push(this.#unquoted(at, last, marks));
      ownText = pieces.join('\n').trim();
    }
    return { bodySpan: this.#span(first, last), body, ownText };
  }

  /** Lines with at most `depth` quote marks taken off. */
  #unquoted(first: number, end: number, depth: number): string {
    if (depth === 0) {
      const span = this.#span(first, Math.max(first, end));
      return this.#text.slice(span.start, span.end);
    }
    const lines = this.#lines.slice(first, end).map((line) => {
      const { at } = quoteMarks(this.#text, line.start, line.end, depth);
      return this.#text.slice(at, line.end);
    });
    return lines.join('\n');
  }

  /** From the start of one line to the end of the line before another. */
  #span(first: number, end: number): TextRange {
    const length = this.#lines.at(-1)?.end ?? 0;
    const start = this.#lines[first]?.start ?? length;
    return { start, end: end > first ? this.#lines[end - 1]!.end : start };
  }

  #isBlank({ start, end }: TextRange): boolean {
    return this.#text.slice(start, end).trim() === '';
  }
}
