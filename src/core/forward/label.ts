import { FORWARD_WORDS } from './forward-words.data.ts';
import { type TextLine, trimmed, visible } from './text-line.ts';

/** The fields that clients write on top of a forwarded message. */
export type LabelField = 'from' | 'date' | 'to' | 'cc' | 'replyTo' | 'subject';

/** A line such as `*Von:* Clerk <clerk@county.example>`. */
export interface LabelledLine {
  readonly field: LabelField;
  readonly value: string;
  /** Languages in which the label has this meaning. */
  readonly languages: readonly string[];
}

/** What a marker line announces: a forward, or an original that a reply may show as well. */
export type MarkerKind = 'forwarded' | 'original' | 'rule' | 'hyphens';

const FIELDS = ['from', 'date', 'to', 'cc', 'replyTo', 'subject'] as const;

/** The longest label of the table has 17 characters; room for decoration. */
export const LABEL_LENGTH_MAX = 32;

interface Meaning {
  readonly field: LabelField;
  readonly languages: readonly string[];
}

const LABELS: ReadonlyMap<string, Meaning> = labelTable();

/**
 * Names that mail programs print before the fields of a message they forward or answer, lower case,
 * in every language of the table. Many are common words (`de`, `from`, `a`): only two such lines
 * together mean anything.
 */
export const FORWARD_LABELS: ReadonlySet<string> = new Set(LABELS.keys());

const MARKERS: ReadonlyMap<string, MarkerKind> = new Map([
  ...FORWARD_WORDS.flatMap((words) =>
    words.original.map((text): [string, MarkerKind] => [folded(visible(text)), 'original']),
  ),
  ...FORWARD_WORDS.flatMap((words) =>
    words.forwarded.map((text): [string, MarkerKind] => [folded(visible(text)), 'forwarded']),
  ),
]);

function labelTable(): ReadonlyMap<string, Meaning> {
  const table = new Map<string, { field: LabelField; languages: string[] }>();
  for (const words of FORWARD_WORDS)
    for (const field of FIELDS)
      for (const written of words[field] ?? []) {
        const label = folded(written);
        const meaning = table.get(label);
        if (meaning === undefined) table.set(label, { field, languages: [words.language] });
        else if (meaning.field === field) meaning.languages.push(words.language);
      }
  return table;
}

/** Reads a line as label and value; null where it begins with no known label. */
export function labelledLine(line: TextLine): LabelledLine | null {
  const colon = colonOf(line.text);
  if (colon < 0) return null;
  const label = folded(undecorated(line.text.slice(0, colon)));
  const meaning = LABELS.get(label);
  if (meaning === undefined) return null;
  return { ...meaning, value: behindColon(line.text) };
}

/** What a line that begins with this name and a colon is labelled as; null where it is not. */
export const labelField = (name: string): LabelField | null =>
  LABELS.get(folded(undecorated(name)))?.field ?? null;

/** Looks like `Word: value` in whatever language. */
export const looksLabelled = (line: TextLine): boolean => {
  const colon = colonOf(line.text);
  const shortest = line.text.charCodeAt(0) > 0x7e ? 1 : 2;
  return colon >= shortest && /^[\p{L}\p{M} .*_-]+$/u.test(line.text.slice(0, colon));
};

/**
 * Beyond ASCII's: the wide one of Chinese and Japanese clients, those of Armenian, Khmer, Amharic.
 */
const COLONS: ReadonlySet<number> = new Set([0xff1a, 0x055d, 0x0589, 0x17d6, 0x1366]);

/** What stands behind the first colon of a labelled line. */
export const behindColon = (text: string): string => undecorated(text.slice(colonOf(text) + 1));

function colonOf(text: string): number {
  const end = Math.min(text.length, LABEL_LENGTH_MAX);
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x3a || (code > 0x7e && COLONS.has(code))) return i;
  }
  return -1;
}

/** Lower case; the Turkish capital İ gives a plain i. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  // ASCII has nothing to compose, and most lines begin with it.
  return /[^\0-\x7f]/.test(lower) ? lower.normalize('NFC').replaceAll('\u0307', '') : lower;
}

/** Without the stars, bars and underlines that text conversion makes of bold type and tables. */
const undecorated = (text: string): string => trimmed(text, ' \t*_|');

/** What marker a line is, if any: `---------- Forwarded message ---------`. */
export function markerOf(line: TextLine): MarkerKind | null {
  const { text } = line;
  if (text.length === 0 || text.length > 200) return null;
  if (RULE.test(text))
    return text.length >= DIGEST_RULE_MIN && /^-+$/.test(text) ? 'hyphens' : 'rule';
  const decorated = DECORATION.test(text[0]!) || /[-:：_=*]$/.test(text);
  const words = folded(text.replace(EDGES, ''));
  const kind =
    MARKERS.get(words) ?? (decorated ? (prefixedMarker(words) ?? framedMarker(text)) : null);
  return kind;
}

/** A line that closes a forward: Mutt, Gnus, Yandex. */
export const closesForward = (line: TextLine): boolean =>
  /^[-_=* ]{2,}\s?(?:end (?:of )?forwarded|ende der weitergeleiteten|завершение пересыл)/i.test(
    line.text.slice(0, 80),
  );

const prefixedMarker = (words: string): MarkerKind | null =>
  /^(?:forwarded (?:message|mail)? ?(?:from|by) |weitergeleitet von )/.test(words)
    ? 'forwarded'
    : null;

/** Words between rows of dashes, in a language that the table lacks: some client's marker. */
const framedMarker = (text: string): MarkerKind | null =>
  /^[-–—_=*]{4}/.test(text) && /[-–—_=*]{4}$/.test(text) ? 'original' : null;

/** RFC 1153 section 2.2: thirty hyphens; some digests have fewer. */
const DIGEST_RULE_MIN = 20;

const RULE = /^[_\-=*─━]{10,}$/;
const DECORATION = /[-_=*~>–—─]/;
const EDGES = /^[-_=*~>–—─#\s:：]+|[-_=*~>–—─#\s:：]+$/g;
