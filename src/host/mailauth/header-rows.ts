/** One header field as a verifier reads it. Text is latin1: one unit a byte. */
export interface HeaderRow {
  /** As written, and in lower case: what `h=` names. */
  readonly name: string;
  readonly key: string;
  /** The whole field with its folds, without the closing CRLF. */
  readonly line: string;
}

export interface HeaderRows {
  readonly rows: readonly HeaderRow[];
  /** Where the body begins: behind the empty line. */
  readonly bodyAt: number;
}

/** A longer header is left to the verifier, which reads it in pieces. */
const HEADER_LENGTH_MAX = 1_000_000;

/**
 * The header of a message with CRLF line ends, read in the plain case only: every line is a field
 * (`name:`) or a fold of the one above, but for an mbox separator on top. Null for anything that
 * readers could take in two ways.
 */
export function plainHeader(bytes: Buffer): HeaderRows | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end <= 0 || end > HEADER_LENGTH_MAX) return null;
  const lines = bytes.toString('latin1', 0, end).split('\r\n');
  const rows: { name: string; key: string; line: string }[] = [];
  let last: { line: string } | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    if (line === '' || line.includes('\r')) return null;
    const first = line.charCodeAt(0);
    if (first === 0x20 || first === 0x09) {
      if (last === null) return null;
      last.line += `\r\n${line}`;
      continue;
    }
    const name = fieldName(line);
    if (name !== null) {
      const row = { name, key: name.toLowerCase(), line };
      rows.push(row);
      last = row;
    } else if (at > 0 || !line.startsWith('From ')) return null;
  }
  return { rows, bodyAt: end + 4 };
}

/** Visible ASCII up to the first colon; null for what names no field. */
function fieldName(line: string): string | null {
  const colon = line.indexOf(':');
  if (colon <= 0) return null;
  for (let at = 0; at < colon; at += 1) {
    const code = line.charCodeAt(at);
    if (code <= 0x20 || code >= 0x7f) return null;
  }
  return line.slice(0, colon);
}

/** RFC 6376 section 3.4.2. */
export function relaxedRow({ key, line }: HeaderRow): string {
  const value = line
    .slice(key.length + 1)
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ');
  const from = value.startsWith(' ') ? 1 : 0;
  const to = value.length > from && value.endsWith(' ') ? value.length - 1 : value.length;
  return `${key}:${value.slice(from, to)}`;
}
