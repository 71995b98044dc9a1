import type { Mailbox } from '../header/index.ts';
import { htmlToText } from '../html/index.ts';
import type { InlineForward } from './inline-forward.ts';
import { linkHosts } from './link-hosts.ts';

/**
 * Elements in which mail programs put what they forward: Gmail, Yahoo, Thunderbird, Proton, Apple.
 */
const CONTAINER =
  /<(div|blockquote)\b[^>]{0,300}?(?:gmail_quote|yahoo_quoted|moz-forward-container|protonmail_quote|type=["']?cite)[^>]{0,300}>/i;

/** What a person writes below a forward: a page, as above it. */
const TAIL_LENGTH_MAX = 2_000;
/** Markup in which so many words stand. */
const TAIL_SOURCE_MAX = 20_000;

/**
 * The words behind the element in which a page shows a forward: the reporter's, where the text
 * alone does not say where the forward ends. Empty for none, and where links stand there: a
 * sender's own markup can close the element early, and nothing to fall for leaves the message by
 * that.
 */
export function wordsBehind(html: string, from: Mailbox | null): string {
  const open = CONTAINER.exec(html);
  if (open === null) return '';
  const end = endOf(html, open[1]!, open.index);
  // The header lines stand inside; else it is another message's element.
  const shown = from?.address || from?.name || '';
  const at = shown === '' ? -1 : html.indexOf(shown, open.index);
  if (end < 0 || at < 0 || at > end || html.length - end > TAIL_SOURCE_MAX) return '';
  const tail = html.slice(end);
  if (linkHosts(tail, 'markup').size > 0) return '';
  const words = htmlToText(tail).trim();
  return words.length > TAIL_LENGTH_MAX || linkHosts(words, 'words').size > 0 ? '' : words;
}

/** Behind the closing tag of the element that opens at `start`; -1: it is never closed. */
function endOf(html: string, name: string, start: number): number {
  const tag = new RegExp(`<(/?)${name}\\b`, 'gi');
  tag.lastIndex = start;
  let depth = 0;
  for (let hit = tag.exec(html); hit !== null; hit = tag.exec(html)) {
    depth += hit[1] === '' ? 1 : -1;
    if (depth > 0) continue;
    const close = html.indexOf('>', hit.index);
    return close < 0 ? -1 : close + 1;
  }
  return -1;
}

/** A forward as far as its end goes. */
type Ended = Pick<InlineForward, 'bodySpan' | 'body' | 'ownText'> & {
  readonly nested: readonly Ended[];
};

/** The same forwards without the words at the end of the text that are not theirs. */
export function endedBefore<Forward extends Ended>(
  forwards: readonly Forward[],
  text: string,
  words: string,
): readonly Forward[] {
  const cut = words === '' ? -1 : placeOfEnd(text, words);
  if (cut < 0 || text.slice(0, cut).trimEnd() === text.slice(0, cut)) return forwards;
  const ended = (forward: Forward): Forward => {
    const { bodySpan, body, ownText, nested } = forward;
    if (bodySpan.end <= cut) return forward;
    const left = text.slice(bodySpan.start, Math.max(bodySpan.start, cut)).trimEnd();
    return {
      ...forward,
      bodySpan: { start: bodySpan.start, end: bodySpan.start + left.length },
      body: withoutEnd(body, words),
      ownText: withoutEnd(ownText, words),
      nested: (nested as readonly Forward[]).map(ended),
    };
  };
  return forwards.map(ended);
}

function withoutEnd(text: string, words: string): string {
  const cut = placeOfEnd(text, words);
  return cut < 0 ? text : text.slice(0, cut).trimEnd();
}

/** Where a text begins to end in these words, whatever blanks are between them; -1: it does not. */
function placeOfEnd(text: string, words: string): number {
  let at = text.length - 1;
  for (let i = words.length - 1; i >= 0; i--) {
    if (/\s/.test(words[i]!)) continue;
    while (at >= 0 && /\s/.test(text[at]!)) at -= 1;
    if (text[at] !== words[i]) return -1;
    at -= 1;
  }
  return at + 1;
}
