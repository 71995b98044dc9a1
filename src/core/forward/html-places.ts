import type { Kernels } from '../base/index.ts';
import { readHtml, type TextRange } from '../html/index.ts';
import type { InlineForward } from './inline-forward.ts';
import { type Claimed, forwardsInText } from './text-forward.ts';

/** Where a forward stands in an HTML body. */
export interface HtmlPlace {
  /** Of the source: from its marker's tags to the end of its body. */
  readonly source: TextRange;
  /** Its header lines are kept from the reader's eyes. */
  readonly hidden: boolean;
}

/**
 * Finds forwards that were found in a mail's text in one of its HTML bodies, with their inner ones.
 * Those that the HTML does not hold are not in the result.
 */
export function placesInHtml(
  forwards: readonly InlineForward[],
  body: { readonly html: string; readonly subject: string | null },
  kernels: Kernels,
): ReadonlyMap<InlineForward, HtmlPlace> {
  const { text, hidden, cut } = readHtml(body.html);
  const quoted = (): boolean => true;
  const claims = flat(forwardsInText({ text, subject: body.subject, quoted }, kernels));
  const places = new Map<InlineForward, HtmlPlace>();
  const free = new Map<string, Claimed[]>();
  for (const claim of claims) {
    const key = keyOf(claim);
    free.set(key, [...(free.get(key) ?? []), claim]);
  }
  for (const forward of flat(forwards)) {
    const claim = free.get(keyOf(forward))?.shift();
    if (claim === undefined) continue;
    const { headerSpan, bodySpan } = claim;
    places.set(forward, {
      source: { start: cut(headerSpan.start), end: cut(Math.max(headerSpan.end, bodySpan.end)) },
      hidden: hidden.some(({ start, end }) => start < headerSpan.end && end > headerSpan.start),
    });
  }
  return places;
}

const flat = <Tree extends { readonly nested: readonly Tree[] }>(
  trees: readonly Tree[],
): readonly Tree[] => trees.flatMap((tree) => [tree, ...flat(tree.nested)]);

/** Sender and subject as both texts show them: blanks differ, addresses stand twice or not at all. */
function keyOf({ from, subject }: Pick<InlineForward, 'from' | 'subject'>): string {
  const who = from?.address || from?.name || '';
  return `${who} ${subject ?? ''}`.replace(/\s+/g, '').toLowerCase();
}
