import type { Kernels } from '../base/index.ts';
import { decodeReferences, readHtml } from '../html/index.ts';
import { sourceStart } from './header-lines.ts';

/** A page that shows a source has it in its first; others are of the mail program around it. */
const BLOCKS_MAX = 20;
const OPENING = /<(pre|textarea)(?=[\s>])[^<>]*>/gi;

/**
 * The source of a mail that a web page shows as it is, in `<pre>` or `<textarea>`: Yahoo's and
 * AOL's "View raw message", Gmail's "Show original", a browser's own page for a text. Null where no
 * such block that a reader sees begins like a mail, and where the page asks its reader for
 * something: that is a page somebody made, whatever source it holds.
 */
export function webPageSource(page: Uint8Array, kernels: Kernels): Uint8Array | null {
  const html = kernels.latin1(page, 0, page.length);
  if (ASKS.test(html)) return null;
  const inUtf8 = kernels.isUtf8(page);
  let blocks = 0;
  for (const opening of html.matchAll(OPENING)) {
    if (blocks++ >= BLOCKS_MAX) return null;
    const start = opening.index + opening[0].length;
    const closing = `</${opening[1]!.toLowerCase()}`;
    const end = endOf(html, start, closing);
    const text = shownText(html.slice(start, end), { inUtf8, kernels });
    if (sourceStart(text) >= 0 && !isHidden(html, start)) return bytesOf(text);
  }
  return null;
}

const ASKS = /<(?:form|input)(?=[\s>/])/i;

/** Is what stands behind this place kept from the reader's eyes? */
function isHidden(html: string, at: number): boolean {
  const { text, hidden } = readHtml(`${html.slice(0, at)}source`);
  return hidden.some(({ end }) => end >= text.trimEnd().length);
}

/** Of the tag that closes the block; the page's end where it was cut. */
function endOf(html: string, from: number, closing: string): number {
  const at = new RegExp(`${closing}(?=[\\s>])`, 'gi');
  at.lastIndex = from;
  return at.exec(html)?.index ?? html.length;
}

/** One unit a byte, as the page was saved: the mail inside may be in several charsets. */
function shownText(
  html: string,
  { inUtf8, kernels }: { readonly inUtf8: boolean; readonly kernels: Kernels },
): string {
  const shown = html
    .replace(/^\r?\n/, '')
    .replace(/<br\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '');
  return shown.replace(/&#?\w{1,32};?/g, (reference) => {
    const text = decodeReferences(reference);
    if (text === '\u00a0') return ' ';
    const isPlain = [...text].every((one) => one < (inUtf8 ? '\u0080' : '\u0100'));
    if (isPlain) return text;
    const bytes = kernels.encode(text);
    return kernels.latin1(bytes, 0, bytes.length);
  });
}

const bytesOf = (latin1: string): Uint8Array =>
  Uint8Array.from({ length: latin1.length }, (_, at) => latin1.charCodeAt(at));
