import { mayHide, readHiding } from '../html/index.ts';
import type { ShownBody } from '../mail/index.ts';

/** Words in an HTML body that a mail client does not show: filler against filters, or a trap. */
export interface HiddenText {
  /** The part's path. */
  readonly path: string;
  /** White space folded; cut at `HIDDEN_WORDS_MAX`. */
  readonly words: string;
  /** In characters, before the cut. */
  readonly length: number;
}

/** Characters kept of one stretch. */
const HIDDEN_WORDS_MAX = 200;
/** Stretches kept of one message. */
const HIDDEN_TEXTS_MAX = 50;
/** A longer body is padding; its head is read. */
const HTML_LENGTH_MAX = 1_000_000;

/** Hidden words of a message's HTML bodies, by inline styles and simple rules of style sheets. */
export function hiddenTexts(bodies: readonly ShownBody[]): readonly HiddenText[] {
  const found: HiddenText[] = [];
  for (const { path, kind, text, at } of bodies) {
    if (kind !== 'html' || !mayHide(text)) continue;
    const { text: shown, hidden } = readHiding(text.slice(0, HTML_LENGTH_MAX), at === undefined);
    for (const { start, end } of hidden) {
      const words = shown
        .slice(start, end)
        .replace(/(?:[\s\u00ad\u200b-\u200f\u2060\ufeff]|\u034f)+/g, ' ')
        .trim();
      if (words === '' || found.length >= HIDDEN_TEXTS_MAX) continue;
      found.push({ path, words: words.slice(0, HIDDEN_WORDS_MAX), length: words.length });
    }
  }
  return found;
}
