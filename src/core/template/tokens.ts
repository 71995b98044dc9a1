import { foldRun, isMostlyLatin, keptLines } from '../campaign/index.ts';

/**
 * A text as template tokens with where each stands as written: folded, case kept; a date, an
 * amount, an e-mail address, a phone number or an IP address is one token; paragraphs stand between
 * {@link OPEN} and {@link CLOSE}.
 */
export interface Tokens {
  readonly text: string;
  readonly count: number;
  /** Numbers of the vocabulary; {@link UNKNOWN} for a token that is not in it. */
  readonly id: Int32Array;
  /** UTF-16 units of the source, half open; both equal for a paragraph mark. */
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/**
 * Of a longer text a template is read up to here: it bounds the alignment, and no letter is longer.
 */
const TEMPLATE_UNITS_MAX = 100_000;

export const UNKNOWN = 0;
export const OPEN = 1;
export const CLOSE = 2;

/** Token texts and their numbers; grows only while it is being built. */
export interface Vocabulary {
  readonly words: string[];
  readonly numbers: Map<string, number>;
}

export const createVocabulary = (): Vocabulary => ({
  words: ['', '\u00b6', '\u00b6'],
  numbers: new Map(),
});

/** Months as English, Spanish and French write them. */
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

const ATOMS = [
  // A URL's host is one token; its path stays in pieces, for a token in it is a slot of its own.
  String.raw`https?://[^\s/?#<>"'()[\]]{1,255}`,
  String.raw`(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])`,
  String.raw`(?<![^\s=])/[\w.-]{1,255}(?:/[\w.-]{1,255}){1,20}`,
  String.raw`[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}`,
  String.raw`\d{1,3}(?:\.\d{1,3}){3}(?![\d.])`,
  String.raw`[$€£¥] ?\d[\d,]{0,15}(?:\.\d{1,2})?`,
  String.raw`${MONTH}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?(?!\w)`,
  String.raw`\d{1,2}(?:st|nd|rd|th)? ${MONTH}\.?,? \d{4}(?!\w)`,
  String.raw`\d{4}-\d\d-\d\d(?!\w)`,
  String.raw`\d{1,2}[/.]\d{1,2}[/.]\d{2,4}(?!\w)`,
  String.raw`(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\w)`,
  '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  String.raw`[\p{L}\p{N}\p{M}_]+(?:['’][\p{L}\p{M}]+)*`,
  String.raw`\S`,
];
const TOKEN = new RegExp(ATOMS.join('|'), 'giu');

interface Flat {
  /** A paragraph in one line, folded. */
  readonly text: string;
  /** Per unit of it, where its source begins and ends. */
  readonly start: readonly number[];
  readonly end: readonly number[];
}

/** `learn`: unknown words enter the vocabulary. */
export function tokenise(source: string, vocabulary: Vocabulary, learn: boolean): Tokens {
  const text = source.length > TEMPLATE_UNITS_MAX ? source.slice(0, TEMPLATE_UNITS_MAX) : source;
  const id: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  const push = (number: number, from: number, to: number): void => {
    id.push(number);
    start.push(from);
    end.push(to);
  };
  for (const paragraph of paragraphsOf(text)) {
    push(OPEN, paragraph.start[0] ?? 0, paragraph.start[0] ?? 0);
    for (const hit of paragraph.text.matchAll(TOKEN)) {
      const last = hit.index + hit[0].length - 1;
      const number = numberOf(hit[0], vocabulary, learn);
      push(number, paragraph.start[hit.index] ?? 0, paragraph.end[last] ?? 0);
    }
    const close = paragraph.end.at(-1) ?? 0;
    push(CLOSE, close, close);
  }
  return {
    text,
    count: id.length,
    id: Int32Array.from(id),
    start: Int32Array.from(start),
    end: Int32Array.from(end),
  };
}

function numberOf(token: string, vocabulary: Vocabulary, learn: boolean): number {
  const known = vocabulary.numbers.get(token);
  if (known !== undefined) return known;
  if (!learn) return UNKNOWN;
  const number = vocabulary.words.length;
  vocabulary.words.push(token);
  vocabulary.numbers.set(token, number);
  return number;
}

function paragraphsOf(text: string): readonly Flat[] {
  const lines = keptLines(text);
  const paragraphs: Flat[] = [];
  let open: { text: string; start: number[]; end: number[] } | null = null;
  for (let i = 0; i < lines.length; i += 2) {
    const [from, to] = [lines[i] ?? 0, lines[i + 1] ?? 0];
    if (open === null || isApart(text, lines[i - 1] ?? 0, from)) {
      open = { text: '', start: [], end: [] };
      paragraphs.push(open);
    } else {
      open.text += ' ';
      open.start.push(from);
      open.end.push(from);
    }
    addFolded(open, text, { from, to });
  }
  return paragraphs;
}

/** Two line ends or more between: a blank line, or lines that were left out. */
function isApart(text: string, from: number, to: number): boolean {
  const first = text.indexOf('\n', from);
  if (first < 0 || first >= to) return false;
  const second = text.indexOf('\n', first + 1);
  return second >= 0 && second < to;
}

const PLAIN = /[^\u0000-\u007f]/;
const FOREIGN =
  /[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}]*[^\u0000-\u007f][\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}]*/gu;

function addFolded(
  flat: { text: string; start: number[]; end: number[] },
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const copy = (a: number, b: number): void => {
    flat.text += text.slice(a, b);
    for (let at = a; at < b; at++) {
      flat.start.push(at);
      flat.end.push(at + 1);
    }
  };
  const line = text.slice(from, to);
  if (!PLAIN.test(line)) {
    copy(from, to);
    return;
  }
  let done = from;
  for (const hit of line.matchAll(FOREIGN)) {
    const begin = from + hit.index;
    copy(done, begin);
    done = begin + hit[0].length;
    const folded = foldRun(hit[0], () => isMostlyLatin(text)).replace(/\s/gu, ' ');
    flat.text += folded;
    for (let at = 0; at < folded.length; at++) {
      flat.start.push(begin);
      flat.end.push(done);
    }
  }
  copy(done, to);
}
