import { labelField, markerOf } from './label.ts';
import { pieceOf, quoteMarks, type TextLine } from './text-line.ts';

/** Longer lines are prose, not header lines that a program ran together. */
const LINE_LENGTH_MAX = 4_000;
/** The longest label, and a blank before its colon. */
const LABEL_WINDOW = 24;

/** Rows of hyphens around the marker's words. */
const FRAMED = /^\s{0,8}-{3,10} [^-\r\n]{3,60} -{3,10}\s/;

/**
 * Lines, with those taken apart that hold a whole forward's header: Yahoo's plain text runs marker,
 * labels and values together, `----- Forwarded Message ----- From: A <a@x.example>To: ...Subject: `.
 */
export function takenApart(text: string, lines: readonly TextLine[]): readonly TextLine[] {
  if (!lines.some((line) => line.text.startsWith('---') && line.text.includes(':'))) return lines;
  return lines.flatMap((line) => pieces(text, line) ?? line);
}

function pieces(text: string, line: TextLine): readonly TextLine[] | null {
  const { start, end, depth } = line;
  if (end - start > LINE_LENGTH_MAX) return null;
  const { at } = quoteMarks(text, start, end, depth);
  const marker = FRAMED.exec(text.slice(at, end));
  if (marker === null) return null;
  const behind = at + marker[0].length;
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
  for (let at = from, free = from; at < end && !fields.has('subject'); at += 1) {
    if (!/[:：\s]/.test(text[at]!)) continue;
    const label = labelBefore(text, at, free);
    if (label === null || fields.has(label.field)) continue;
    fields.add(label.field);
    found.push(label);
    free = at;
  }
  return found;
}

function labelBefore(text: string, at: number, free: number): (Label & { field: string }) | null {
  const colon = text[at] !== ' ';
  let end = at;
  while (colon && end > free && text[end - 1] === ' ') end -= 1;
  for (let start = Math.max(free, end - LABEL_WINDOW); start < end; start += 1) {
    const first = text[start]!;
    if (first === ' ' || first.toUpperCase() !== first) continue;
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
