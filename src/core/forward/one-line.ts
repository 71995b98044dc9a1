import { labelField, markerOf } from './label.ts';
import { pieceOf, quoteMarks, type TextLine } from './text-line.ts';

/** Longer lines are prose, not header lines that a program ran together. */
const LINE_LENGTH_MAX = 4_000;
/** The longest label, and a blank before its colon. */
const LABEL_WINDOW = 24;
/** Stretches of one line that are looked up as labels; 200 recipients by name need about 1,000. */
const LOOKS_MAX = 1_500;
/** Lines with a marker that are looked at: no more forwards are read of one text. */
const LINES_MAX = 200;

/** Rows of hyphens around the marker's words. */
const FRAMED = /^\s{0,8}-{3,10} [^-\r\n]{3,60} -{3,10}\s/;

/**
 * Lines, with those taken apart that hold a whole forward's header: Yahoo's plain text runs marker,
 * labels and values together, `----- Forwarded Message ----- From: A <a@x.example>To: ...Subject:
 * `.
 */
export function takenApart(text: string, lines: readonly TextLine[]): readonly TextLine[] {
  if (!lines.some((line) => line.text.startsWith('---') && line.text.includes(':'))) return lines;
  let looked = 0;
  return lines.flatMap((line) => {
    const behind = looked < LINES_MAX ? behindMarker(text, line) : -1;
    if (behind < 0) return line;
    looked += 1;
    return pieces(text, line, behind) ?? line;
  });
}

/** Where the marker that the line begins with ends, and other words follow; -1: it has none. */
function behindMarker(text: string, { start, end, depth }: TextLine): number {
  if (end - start > LINE_LENGTH_MAX) return -1;
  const { at } = quoteMarks(text, start, end, depth);
  const marker = FRAMED.exec(text.slice(at, end));
  return marker === null ? -1 : at + marker[0].length;
}

function pieces(text: string, line: TextLine, behind: number): readonly TextLine[] | null {
  const { start, end, depth } = line;
  const head = pieceOf(text, start, behind, depth);
  const kind = markerOf({ ...head, text: head.text.replace(/^[>\s]+/, '') });
  const labels = labelsIn(text, behind, end);
  if ((kind !== 'forwarded' && kind !== 'original') || labels[0]?.start !== behind) return null;
  const fields = labels.map((label, i) => {
    const stop = labels[i + 1]?.start ?? end;
    const value = text.slice(label.end, stop).replace(/^\s{0,4}[:：]/, '');
    const piece = pieceOf(text, label.start, stop, depth);
    return { ...piece, text: `${text.slice(label.start, label.end)}: ${value.trim()}` };
  });
  return [{ ...head, text: head.text.replace(/^[>\s]+/, '') }, ...fields];
}

interface Label {
  readonly start: number;
  readonly end: number;
}

/** Labels with a colon, or a blank where the translation has none; the subject is the last. */
function labelsIn(text: string, from: number, end: number): readonly Label[] {
  const found: Label[] = [];
  const fields = new Set<string>();
  let looks = 0;
  for (let at = from, free = from; at < end && !fields.has('subject'); at += 1) {
    const separator = text[at]!;
    if (!/[:：\s]/.test(separator)) continue;
    const places = placesBefore(text, at, free);
    looks += places.length;
    if (looks > LOOKS_MAX) break;
    const label = labelBefore(text, at, { places, free });
    // No label holds a colon, and nothing begins inside one that stands again.
    if (label !== null || separator !== ' ') free = at;
    if (label === null || fields.has(label.field)) continue;
    fields.add(label.field);
    found.push(label);
  }
  return found;
}

/** Where a label that ends at this separator may begin: with a letter that is no small one. */
function placesBefore(text: string, at: number, free: number): readonly number[] {
  const places: number[] = [];
  for (let start = Math.max(free, at - LABEL_WINDOW); start < at; start += 1) {
    const first = text[start]!;
    if (first.toUpperCase() === first && /\p{L}/u.test(first)) places.push(start);
  }
  return places;
}

function labelBefore(
  text: string,
  at: number,
  { places, free }: { readonly places: readonly number[]; readonly free: number },
): (Label & { field: string }) | null {
  const colon = text[at] !== ' ';
  let end = at;
  while (colon && end > free && text[end - 1] === ' ') end -= 1;
  for (const start of places) {
    const field = labelField(text.slice(start, end));
    if (field !== null && begins(text, start, free, field, colon)) return { start, end, field };
  }
  return null;
}

/** May a label begin here? Only the subject is glued to the letters of a time zone. */
function begins(text: string, at: number, free: number, field: string, colon: boolean): boolean {
  if (at === free) return true;
  const before = text[at - 1]!;
  if (/\p{L}/u.test(before)) return field === 'subject';
  return colon ? true : /[>\d]/.test(before);
}
