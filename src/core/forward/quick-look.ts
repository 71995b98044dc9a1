import type { Kernels } from '../base/index.ts';
import { ATTRIBUTION_LINES_MAX, type Attribution, readAttribution } from './attribution.ts';
import { BLOCK_LINES_MAX } from './header-block.ts';
import { LABEL_LENGTH_MAX, type LabelField, labelField } from './label.ts';
import { isTraceField, NAME_LENGTH_MAX } from './pasted-headers.ts';
import { headOf, visible } from './text-line.ts';

/** What a body can hold, by the look of it: `nothing` is sure, `header` asks for a reading. */
export type QuickLook = 'nothing' | 'header' | Attribution;

/**
 * Looks for what an inline forward must have: colons where labels or field names end, near each
 * other, or else an attribution at the top (its lines count from the first that says something).
 * Most bodies have neither, and their lines need not be taken apart.
 */
export const quickLook = (text: string, kernels: Kernels): QuickLook =>
  mayHoldHeader(text)
    ? 'header'
    : (readAttribution(headOf(text, ATTRIBUTION_LINES_MAX), 0, kernels) ?? 'nothing');

function mayHoldHeader(text: string): boolean {
  if (text.includes(WIDE_COLON)) return true;
  let field: LabelField | null = null;
  let labelAt = 0;
  let traceAt = -1;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    const name = nameBefore(text, colon);
    if (name === null) continue;
    if (name === UNSURE || name.startsWith('---')) return true;
    if (isTraceField(name)) {
      if (traceAt >= 0 && !text.slice(traceAt, colon).includes('\n\n')) return true;
      traceAt = colon;
    }
    const found = name.length < LABEL_LENGTH_MAX ? labelField(name) : null;
    if (found === null || found === 'cc' || found === 'replyTo') continue;
    if (field !== null && found !== field && mayBeOneBlock(text.slice(labelAt, colon))) return true;
    [field, labelAt] = [found, colon];
  }
  return false;
}

/**
 * Whether labels at both ends of this stretch can belong to one block: it has few lines, and no two
 * empty ones together. A block needs two fields of sender, date, recipient and subject.
 */
function mayBeOneBlock(between: string): boolean {
  if (between.includes('\n\n\n')) return false;
  let lines = 0;
  for (let at = between.indexOf('\n'); at >= 0; at = between.indexOf('\n', at + 1)) lines += 1;
  return lines < BLOCK_LINES_MAX;
}

const WIDE_COLON = '\uff1a';
const UNSURE = ':';
/** Marks that show nothing may stand before a name; more of them than this are read patiently. */
const HIDDEN_MAX = 100;

/**
 * What stands before a colon from its line's first character that is neither blank nor quote mark,
 * in lower case. Null for a line's second colon or too long a name.
 */
function nameBefore(text: string, colon: number): string | null {
  const stop = Math.max(0, colon - NAME_LENGTH_MAX - 1);
  let start = colon;
  for (let at = colon - 1; at >= stop; at -= 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return text.slice(start, colon).toLowerCase();
    if (code > 0x7e) return visibleName(text, colon);
    if (code === 0x3a) return null;
    if (code > 0x20 && code !== 0x3e) start = at;
  }
  return stop > 0 && start === stop ? null : text.slice(start, colon).toLowerCase();
}

/** The same behind characters beyond ASCII, some of which show nothing. */
function visibleName(text: string, colon: number): string | null {
  const stop = Math.max(0, colon - NAME_LENGTH_MAX - HIDDEN_MAX);
  const before = text.slice(stop, colon);
  const lineAt = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  if (lineAt === 0 && stop > 0) return UNSURE;
  const line = before.slice(lineAt);
  if (line.includes(':')) return null;
  return (
    visible(line)
      .replace(/^[\s>]+/, '')
      .toLowerCase() || null
  );
}
