import { BANNER_ADVICE, GATEWAY_BANNERS, SUBJECT_TAG } from './gateway-banners.data.ts';
import { visible } from './text-line.ts';

/** What the recipient's mail gateway put on top of a body. */
export interface Banner {
  readonly product: string;
  /** From the body's first character to where the sender's words begin. */
  readonly length: number;
}

/** A banner ends within so many characters: longer text is a mail's own. */
const BANNER_LENGTH_MAX = 1_500;
/** A sentence longer than this is no banner's. */
const SENTENCE_LENGTH_MAX = 400;

/**
 * The banner at the very top of a body; null where none stands there. Sentence for sentence: what
 * the table does not know is the sender's, and so is all behind it.
 */
export function gatewayBanner(text: string): Banner | null {
  const top = text.slice(0, BANNER_LENGTH_MAX);
  let product: string | null = null;
  let length = 0;
  for (const { words, end } of sentencesOf(top)) {
    if (words === '') {
      if (product !== null) length = end;
      continue;
    }
    const row = GATEWAY_BANNERS.find(({ opens }) => opens.some((form) => form.test(words)));
    const isAdvice = product !== null && BANNER_ADVICE.some((form) => form.test(words));
    if ((row === undefined && !isAdvice) || SENDERS.test(words)) break;
    product ??= row?.product ?? null;
    length = end;
  }
  return product === null ? null : { product, length };
}

/**
 * Words that a threat has and a banner has not. The forms leave room for an office's name and for
 * advice, and a sender who writes a banner could hide a sentence of their own there.
 */
const SENDERS =
  /\b(?:we|we'll|i|i'll|me|my|vot(?:e|es|ed|er|ers|ing)|ballots?|candidates?|kill|hurt|harm|pay|bitcoins?|or else|come after)\b/;

/** A subject as its sender wrote it, without what the gateway put before it. */
export function withoutSubjectTag(subject: string): string {
  const bare = subject.replace(SUBJECT_TAG, '');
  return bare === '' ? subject : bare;
}

interface Sentence {
  /** Lower case, without decoration; empty where only signs and blanks stood. */
  readonly words: string;
  readonly end: number;
}

/** Sentences and lines: a full stop with a blank behind it ends one, and so does a line. */
function* sentencesOf(text: string): Iterable<Sentence> {
  for (let start = 0; start < text.length; ) {
    ENDS.lastIndex = start;
    const hit = ENDS.exec(text);
    const end = hit === null ? text.length : hit.index + hit[0].length;
    if (end - start > SENTENCE_LENGTH_MAX) return;
    yield { words: plain(text.slice(start, end)), end };
    start = end;
  }
}

const ENDS = /[.!?](?:\s{1,20}|$)|\r?\n\s{0,20}/g;

const plain = (sentence: string): string =>
  visible(sentence)
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/<[^<>\s]{1,300}>/g, ' ')
    .replace(/[*_|#>[\]()"~=\u2013\u2014\u26a0]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .:!?-]+|[ .:!?-]+$/g, '');
