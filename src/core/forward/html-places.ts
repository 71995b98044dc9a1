import type { Kernels } from '../base/index.ts';
import type { Mailbox } from '../header/index.ts';
import { type HtmlReading, readHtml, type TextRange } from '../html/index.ts';
import { endedBefore, wordsBehind } from './html-end.ts';
import type { InlineForward } from './inline-forward.ts';
import { shownQuote } from './shown-quote.ts';
import { type Claimed, forwardsInText } from './text-forward.ts';

/** Where a forward stands in an HTML body. */
export interface HtmlPlace {
  /** Of the source: from its marker's tags to the end of its body. */
  readonly source: TextRange;
  /** Its header lines are kept from the reader's eyes. */
  readonly hidden: boolean;
}

/** An HTML body, and what was read from the mail that it belongs to. */
export interface SearchedHtml {
  readonly html: string;
  readonly subject: string | null;
  readonly author: Mailbox | null;
  /**
   * The text in which the forwards' spans count: where the HTML says the same, they hold there.
   * Empty where it was not made from the HTML.
   */
  readonly text: string;
}

/**
 * Finds forwards that were found in a mail's text in one of its HTML bodies, with their inner ones.
 * Those that the HTML does not hold are not in the result. `reading`: of the body, where it is
 * known.
 */
export function placesInHtml(
  forwards: readonly InlineForward[],
  body: SearchedHtml,
  kernels: Kernels,
  reading: HtmlReading = readHtml(body.html),
): ReadonlyMap<InlineForward, HtmlPlace> {
  const { text, hidden, cut } = reading;
  const places = new Map<InlineForward, HtmlPlace>();
  const place = (forward: InlineForward, spans: Spans): void => {
    const { headerSpan, bodySpan } = spans;
    places.set(forward, {
      source: { start: cut(headerSpan.start), end: cut(Math.max(headerSpan.end, bodySpan.end)) },
      hidden: overlaps(hidden, headerSpan),
    });
  };
  const all = flat(forwards);
  if (text === body.text && forwards[0]?.spansIn === 'text') {
    for (const forward of all) place(forward, forward);
    return places;
  }
  const quoted = (): boolean => true;
  const free = new Map<string, Claimed[]>();
  const { subject, author } = body;
  const input = { text, subject, author, quoted };
  const shown = forwards[0]?.announced === 'shown' ? shownQuote(input, kernels) : null;
  const claims = shown === null ? forwardsInText(input, kernels) : [shown];
  const ended = endedBefore(claims, text, wordsBehind(body.html, claims[0]?.from ?? null));
  for (const claim of flat(ended)) {
    const key = keyOf(claim);
    free.set(key, [...(free.get(key) ?? []), claim]);
  }
  for (const forward of all) {
    const claim = free.get(keyOf(forward))?.shift();
    if (claim !== undefined) place(forward, claim);
  }
  return places;
}

/**
 * The same for the header lines of one forward in an HTML body that was read as the mail's text:
 * read no further than they go. Null where the HTML is not that text.
 */
export function headInHtml(
  { headerSpan, spansIn }: InlineForward,
  { html, text }: SearchedHtml,
): { readonly start: number; readonly hidden: boolean } | null {
  if (spansIn !== 'text' || text === '') return null;
  const head = readHtml(html, headerSpan.end);
  if (head.text.length < headerSpan.end || !text.startsWith(head.text)) return null;
  return { start: head.cut(headerSpan.start), hidden: overlaps(head.hidden, headerSpan) };
}

const overlaps = (ranges: readonly TextRange[], span: TextRange): boolean =>
  ranges.some(({ start, end }) => start < span.end && end > span.start);

type Spans = Pick<InlineForward, 'headerSpan' | 'bodySpan'>;

const flat = <Tree extends { readonly nested: readonly Tree[] }>(
  trees: readonly Tree[],
): readonly Tree[] => trees.flatMap((tree) => [tree, ...flat(tree.nested)]);

/**
 * Sender and subject as both texts show them: blanks differ, addresses stand twice or not at all.
 */
function keyOf({ from, subject }: Pick<InlineForward, 'from' | 'subject'>): string {
  const who = from?.address || from?.name || '';
  return `${who} ${subject ?? ''}`.replace(/\s+/g, '').toLowerCase();
}
