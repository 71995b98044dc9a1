import type { Instant, Kernels } from '../base/index.ts';
import type { Mailbox } from '../header/index.ts';
import { htmlLinks, htmlToText, type TextRange } from '../html/index.ts';
import { endedBefore, wordsBehind } from './html-end.ts';
import { hasForwardStructure } from './html-structure.ts';
import { shownQuote } from './shown-quote.ts';
import { type Claimed, forwardsInText } from './text-forward.ts';

/** A message that stands as text in another message's body: what the forward claims about it. */
export interface InlineForward {
  readonly method: 'inline-html' | 'inline-text' | 'pasted-headers';
  /**
   * `reply`: a message that was answered. In `nested` it is older correspondence; at the top it is
   * given only where the carrier says nothing before it.
   */
  readonly kind: 'forward' | 'reply';
  /**
   * What says that it is handed on, not only quoted: a line above it ("Forwarded message"), the
   * form of a digest, or an answer that goes to others than those whom it answers.
   */
  readonly announced: 'forward' | 'digest' | 'shown' | null;
  readonly from: Mailbox | null;
  readonly to: readonly Mailbox[];
  /** Where its header lines have answers go; mostly empty: few programs print it. */
  readonly replyTo: readonly Mailbox[];
  readonly subject: string | null;
  /** As written. */
  readonly dateText: string | null;
  /** Null where the date is absent or names no zone; then see `interval`. */
  readonly date: Instant | null;
  /** Earliest and latest moment that the date can mean. */
  readonly interval: { readonly from: Instant; readonly until: Instant } | null;
  /** Which text the spans count in: the body that was given, or the HTML body's text. */
  readonly spansIn: 'text' | 'html';
  /** The marker and header lines. */
  readonly headerSpan: TextRange;
  readonly bodySpan: TextRange;
  /** The body without quote marks. */
  readonly body: string;
  /** The body without the messages in `nested`, too. */
  readonly ownText: string;
  /** What the carrier says before it. */
  readonly before: TextRange;
  /** Forwards inside this one, outermost first. */
  readonly nested: readonly InlineForward[];
  /**
   * Header lines as the recipient's server stored them, copied by hand; empty for other methods.
   */
  readonly pastedFields: readonly string[];
}

/** A body to be searched, and who sent it. */
export interface ForwardInput {
  /** The carrier's decoded body text. */
  readonly text: string;
  /** The text was made from the HTML body: that holds nothing more. */
  readonly textFromHtml?: boolean;
  /** Its HTML body where there is one. */
  readonly html: string | null;
  readonly subject: string | null;
  /**
   * Who sends the carrier: in an answer of theirs that they forward, the message below was meant.
   */
  readonly author?: Mailbox | null;
}

/**
 * Every inline forward of a body, in order of standing: a digest holds several, a forward of a
 * forward holds the older one in `nested`.
 *
 * Finds the header lines that mail clients write (`From:`, `Von:`, `差出人：`), with or without a
 * marker above them and whatever the subject says. A quoted reply counts only where the mail says
 * nothing of its own. Linear in the body; at most `FORWARD_TEXT_MAX` characters are read.
 */
export function findInlineForwards(
  input: ForwardInput,
  kernels: Kernels,
): readonly InlineForward[] {
  const { text, html, subject, author = null } = input;
  const structured = html === null ? () => false : () => hasForwardStructure(html);
  const ended = (claims: readonly Claimed[], of: string): readonly Claimed[] =>
    html === null || claims.length === 0
      ? claims
      : endedBefore(claims, of, wordsBehind(html, claims[0]!.from));
  const inText = ended(
    forwardsInText({ text, subject, author, quoted: structured }, kernels),
    text,
  );
  if (inText.length > 0) {
    const marked = structured();
    return withAddresses(
      inText.map((claim) => asForward(claim, marked, 'text')),
      html,
    );
  }
  if (html === null || input.textFromHtml || !structured()) return [];
  const quoted = (): boolean => true;
  const shown = htmlToText(html);
  const inHtml = ended(forwardsInText({ text: shown, subject, author, quoted }, kernels), shown);
  return withAddresses(
    inHtml.map((claim) => asForward(claim, true, 'html')),
    html,
  );
}

/**
 * A message that an answer quotes below words of its own and shows to others than its sender; see
 * `isShownToOthers`. Looked for where a body holds no forward.
 */
export function findShownQuote(input: ForwardInput, kernels: Kernels): InlineForward | null {
  const { text, html, subject, author = null } = input;
  const structured = html === null ? () => false : () => hasForwardStructure(html);
  const claim = shownQuote({ text, subject, author, quoted: structured }, kernels);
  return claim === null ? null : asForward(claim, structured(), 'text');
}

/** Outlook Express shows the name only; the address is the link behind it. */
function withAddresses(
  forwards: readonly InlineForward[],
  html: string | null,
): readonly InlineForward[] {
  if (html === null || !forwards.some(isNameless)) return forwards;
  const addresses = new Map<string, string>();
  for (const { href, label } of htmlLinks(html))
    if (/^mailto:/i.test(href) && !addresses.has(label))
      addresses.set(label, href.slice(7).split('?', 1)[0]!);
  const complete = (forward: InlineForward): InlineForward => {
    const address = isNameless(forward) ? addresses.get(forward.from?.name ?? '') : undefined;
    const from = address === undefined ? forward.from : { name: forward.from!.name, address };
    return { ...forward, from };
  };
  return forwards.map(complete);
}

const isNameless = ({ from }: InlineForward): boolean => from !== null && from.address === '';

function asForward(
  claim: Claimed,
  structured: boolean,
  spansIn: InlineForward['spansIn'],
): InlineForward {
  const { nested, ...claimed } = claim;
  const pasted = claim.pastedFields.length > 0;
  return {
    ...claimed,
    method: pasted ? 'pasted-headers' : structured ? 'inline-html' : 'inline-text',
    spansIn,
    nested: nested.map((inner) => asForward(inner, structured, spansIn)),
  };
}
