import {
  behindColon,
  type LabelField,
  labelledLine,
  looksLabelled,
  type MarkerKind,
  markerOf,
} from './label.ts';
import { isSummaryRow } from './summary-row.ts';
import type { TextLine } from './text-line.ts';

/** Header lines of a forward: `From:`, `Sent:`, `To:`, `Subject:` one below the other. */
export interface HeaderBlock {
  /** First line: the marker where there is one. */
  readonly first: number;
  /** Line behind the last header line. */
  readonly end: number;
  readonly depth: number;
  readonly marker: MarkerKind | null;
  readonly values: ReadonlyMap<LabelField, string>;
  /** Languages that all labels are at home in; several where they share words. */
  readonly languages: readonly string[];
}

/** More header lines than this are a list in prose. */
export const BLOCK_LINES_MAX = 80;

/** A value may be wrapped over this many lines. */
const WRAPPED_LINES_MAX = 12;

/** Blank lines between two labels. */
const BLANK_LINES_MAX = 2;

/** What wrapping between a name and its address leaves of a recipient. */
const ADDRESS_ALONE = /^<[^<>\s@]{1,64}@[^<>\s]{1,255}>[,;]?$/;
const NAMES_PEOPLE: ReadonlySet<LabelField> = new Set(['from', 'to', 'cc', 'replyTo']);

/** Blank lines between marker and labels. */
const MARKER_DISTANCE_MAX = 3;

/** Fields without a known label that a client writes first (`Priority:`, `Reply-To:`). */
const OTHER_FIELDS_MAX = 8;

/** Every header block of a body, in order. */
export function findHeaderBlocks(lines: readonly TextLine[]): readonly HeaderBlock[] {
  const blocks: HeaderBlock[] = [];
  let free = 0;
  for (let i = 0; i < lines.length; i++) {
    if (labelledLine(lines[i]!) === null) continue;
    const reader = new BlockReader(lines, i);
    const end = reader.read();
    const marker = markerBefore(lines, i, free);
    const block = reader.block(marker);
    if (block !== null) {
      blocks.push(block);
      free = end;
    }
    // Lines that made no block make none from a later start either.
    i = Math.max(i, end - 1);
  }
  return blocks;
}

const announces = (kind: MarkerKind): boolean => kind === 'forwarded' || kind === 'original';

interface MarkerLine {
  readonly line: number;
  readonly kind: MarkerKind;
}

function markerBefore(lines: readonly TextLine[], start: number, free: number): MarkerLine | null {
  let found: MarkerLine | null = null;
  const top = firstFieldAbove(lines, start, free);
  for (let i = top - 1, words = 0; i >= free && top - i <= MARKER_DISTANCE_MAX + 1; i--) {
    const line = lines[i]!;
    if (line.text === '') continue;
    const kind = markerOf(line);
    if (top < start && kind !== 'forwarded') break;
    // Above a plain rule only a marker in words belongs to the header.
    if (kind === null || ++words > 2 || (found !== null && !announces(kind))) break;
    found = { line: i, kind };
    if (announces(kind)) break;
  }
  return found;
}

/** Fields that stand right above the known labels, as far as they go. */
function firstFieldAbove(lines: readonly TextLine[], start: number, free: number): number {
  let top = start;
  while (top > free && start - top < OTHER_FIELDS_MAX && looksLabelled(lines[top - 1]!)) top--;
  return top;
}

/** Lines that are the page's own behind its summary: "Download Original", "Copy to clipboard". */
const BUTTONS_MAX = 2;
const BUTTON_LENGTH_MAX = 80;

/**
 * The line behind the rows of Gmail's "Show original" and the buttons below them: the page's words
 * are none of the message, of which only its header lines were copied.
 */
function behindSummary(lines: readonly TextLine[], end: number): number {
  let at = end;
  while (at < lines.length && isSummaryRow(lines[at]!.text)) at++;
  if (at === end) return end;
  for (let i = at, buttons = 0; i < lines.length && buttons < BUTTONS_MAX; i++) {
    const { text } = lines[i]!;
    if (text === '') continue;
    // Copied from a page, two buttons of a row have a tab between them, in whatever language.
    const isRow = text.includes('\t') && text.length <= BUTTON_LENGTH_MAX;
    if (!isRow && !/^(?:download original|copy to clipboard)$/i.test(text)) break;
    buttons += 1;
    at = i + 1;
  }
  return at;
}

class BlockReader {
  readonly #lines: readonly TextLine[];
  readonly #first: number;
  readonly #values = new Map<LabelField, string>();
  #languages: readonly string[] | null = null;
  #last: LabelField | null = null;
  #end: number;

  constructor(lines: readonly TextLine[], first: number) {
    this.#lines = lines;
    this.#first = first;
    this.#end = first + 1;
  }

  /** Reads as far as the labels go; returns the line behind them. */
  read(): number {
    const depth = this.#lines[this.#first]!.depth;
    const stop = Math.min(this.#lines.length, this.#first + BLOCK_LINES_MAX);
    for (let i = this.#first, blank = 0; i < stop; i++) {
      const line = this.#lines[i]!;
      if (line.text === '') {
        if (++blank > BLANK_LINES_MAX) break;
        continue;
      }
      if (line.depth !== depth) break;
      const labelled = labelledLine(line);
      if (labelled === null) {
        if (blank > 0 || !this.#continues(i, stop)) break;
        this.#append(line);
      } else {
        if (!this.#takes(labelled.field, blank)) break;
        this.#values.set(labelled.field, labelled.value);
        this.#last = labelled.field;
        const shared = this.#languages?.filter((name) => labelled.languages.includes(name));
        this.#languages = shared?.length ? shared : (this.#languages ?? labelled.languages);
      }
      blank = 0;
      this.#end = i + 1;
    }
    return this.#end;
  }

  /** Each field once; behind two blank lines only the subject, which BlackBerry sets apart. */
  #takes(field: LabelField, blank: number): boolean {
    if (this.#values.has(field) && field !== 'cc' && field !== 'replyTo') return false;
    return blank < BLANK_LINES_MAX || field === 'subject';
  }

  /** Is this line, which has no label, still part of the value above it? */
  #continues(at: number, stop: number): boolean {
    const last = this.#last;
    if (last === null) return false;
    const value = this.#values.get(last) ?? '';
    if (value === '' || /[,;<]$/.test(value)) return true;
    if (NAMES_PEOPLE.has(last) && ADDRESS_ALONE.test(this.#lines[at]!.text)) return true;
    for (let i = at + 1; i < Math.min(stop, at + WRAPPED_LINES_MAX); i++) {
      const line = this.#lines[i]!;
      if (line.text === '') return false;
      if (labelledLine(line) !== null) return true;
    }
    return false;
  }

  #append(line: TextLine): void {
    const last = this.#last;
    // `Organisation: ...` between known labels is a field of its own.
    if (last === null || (looksLabelled(line) && this.#values.get(last) !== '')) return;
    this.#values.set(last, `${this.#values.get(last) ?? ''} ${line.text}`.trim());
  }

  /**
   * Below a marker, a line with an address above the known labels is the sender's in whatever
   * language.
   */
  #findSender(line: number): void {
    for (let i = line; i < this.#first; i++) {
      const { text } = this.#lines[i]!;
      if (!looksLabelled(this.#lines[i]!) || !/<[^<>\s@]{1,64}@[^<>\s]{1,255}>/.test(text))
        continue;
      this.#values.set('from', behindColon(text));
      return;
    }
  }

  /** The block, if it is one: enough labels that say what only mail says. */
  block(marker: MarkerLine | null): HeaderBlock | null {
    const announced = marker !== null && announces(marker.kind);
    if (announced && !this.#values.has('from')) this.#findSender(marker.line + 1);
    const from = this.#values.get('from') ?? '';
    const others = ['date', 'to', 'subject'].filter((field) =>
      this.#values.has(field as LabelField),
    );
    if (others.length < (announced ? 1 : 2)) return null;
    if (from === '' && !(announced && others.length >= 2)) return null;
    const date = this.#values.get('date') ?? '';
    if (!announced && !from.includes('@') && !/\d/.test(date)) return null;
    return {
      first: marker?.line ?? this.#first,
      end: behindSummary(this.#lines, this.#end),
      depth: this.#lines[this.#first]!.depth,
      marker: marker?.kind ?? null,
      values: this.#values,
      languages: this.#languages ?? [],
    };
  }
}
