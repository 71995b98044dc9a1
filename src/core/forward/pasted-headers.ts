import { isSummaryRow } from './summary-row.ts';
import type { TextLine } from './text-line.ts';

/** Raw header lines that someone copied into a body ("Show original", "View source"). */
export interface PastedHeaders {
  /** First header line, and the line behind the last. */
  readonly first: number;
  readonly end: number;
  /** By lower-case name; the first of equal names. */
  readonly values: ReadonlyMap<string, string>;
  /** All fields in their order, each on one line of its own (RFC 5322 section 2.2.3, unfolded). */
  readonly fields: readonly string[];
}

/** Fields that only machines write: two of them make a run of lines a header. */
const TRACE_FIELDS =
  /^(?:received|return-path|delivered-to|message-id|mime-version|dkim-signature|authentication-results|arc-[a-z-]+|received-spf|content-type|x-[a-z0-9-]+)$/;

/** Copying loses the indentation of folded lines; so many unlabelled lines in a row are taken. */
const FOLDED_LINES_MAX = 12;

/** A header of more lines than this was not pasted by a person. */
const PASTED_LINES_MAX = 1_000;

/** The first run of pasted header fields in a body; null where there is none. */
export function findPastedHeaders(lines: readonly TextLine[]): PastedHeaders | null {
  for (let i = 0; i < lines.length; i++) {
    if (fieldOf(lines[i]!) === null) continue;
    const run = readRun(lines, i);
    const trace = run.names.filter(isTraceField).length;
    const isHeader = run.values.has('from') || run.values.has('received');
    if (trace >= 2 && run.names.length >= 3 && isHeader)
      return { first: i, end: run.end, values: run.values, fields: run.fields };
    i = Math.max(i, run.end - 1);
  }
  return null;
}

interface Run {
  readonly end: number;
  readonly names: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly fields: readonly string[];
}

function readRun(lines: readonly TextLine[], first: number): Run {
  const names: string[] = [];
  const fields: string[] = [];
  const values = new Map<string, string>();
  const depth = lines[first]!.depth;
  let name = '';
  let end = first;
  for (let i = first, folded = 0; i < lines.length && i - first < PASTED_LINES_MAX; i++) {
    const line = lines[i]!;
    if (line.text === '' || line.depth !== depth || isSummaryRow(line.text)) break;
    const field = fieldOf(line);
    if (field === null) {
      if (++folded > FOLDED_LINES_MAX) break;
      fields[fields.length - 1] += ` ${line.text}`;
      // Unindented lines are part of the field only if another field follows them.
      if (values.get(name) !== undefined && names.indexOf(name) === names.length - 1)
        values.set(name, `${values.get(name)} ${line.text}`);
      continue;
    }
    ({ name } = field);
    folded = 0;
    names.push(name);
    fields.push(line.text);
    if (!values.has(name)) values.set(name, field.value);
    end = i + 1;
  }
  return { end: endOfFold(lines, end, depth), names, values, fields };
}

/** The last field's folded lines belong to it up to the empty line. */
function endOfFold(lines: readonly TextLine[], from: number, depth: number): number {
  let end = from;
  while (end < lines.length && end - from < FOLDED_LINES_MAX) {
    const line = lines[end]!;
    if (line.text === '') return end;
    if (line.depth !== depth) break;
    end++;
  }
  return from;
}

/** The longest field names in use have half of it. */
export const NAME_LENGTH_MAX = 60;

/** Whether only machines write the field of this lower-case name. */
export const isTraceField = (name: string): boolean => TRACE_FIELDS.test(name);

/** RFC 5322 section 2.2: a name of printable characters, a colon, a value. */
function fieldOf(line: TextLine): { readonly name: string; readonly value: string } | null {
  const colon = line.text.indexOf(':');
  if (colon < 2 || colon > NAME_LENGTH_MAX) return null;
  const name = line.text.slice(0, colon).toLowerCase();
  return /^[a-z][a-z0-9-]+$/.test(name) ? { name, value: line.text.slice(colon + 1).trim() } : null;
}
