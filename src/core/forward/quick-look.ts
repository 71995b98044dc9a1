import type { Kernels } from '../base/index.ts';
import { readAttribution } from './attribution.ts';
import { isLabel, LABEL_LENGTH_MAX } from './label.ts';
import { isTraceField, NAME_LENGTH_MAX } from './pasted-headers.ts';
import { headOf } from './text-line.ts';

/**
 * Whether a body can hold an inline forward at all. False is sure; true asks for a reading.
 *
 * Each kind of forward needs colons where a label or a field name ends, or an attribution at the
 * top. Most bodies have neither, and their lines need not be taken apart to know.
 */
export function mayHoldForward(text: string, kernels: Kernels): boolean {
  if (text.includes(WIDE_COLON)) return true;
  let labels = 0;
  let traces = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    const start = startOfName(text, colon);
    if (start === UNSURE) return true;
    if (start < 0) continue;
    const name = text.slice(start, colon).toLowerCase();
    if (name.length < LABEL_LENGTH_MAX && isLabel(name)) labels += 1;
    if (isTraceField(name)) traces += 1;
    if (labels > 1 || traces > 1) return true;
  }
  return readAttribution(headOf(text), 0, kernels) !== null;
}

const WIDE_COLON = '\uff1a';
const NO_NAME = -1;
const UNSURE = -2;

/**
 * Where the name before a colon begins: at its line's first character that is neither blank nor
 * quote mark. `NO_NAME` for a second colon or too long a name; `UNSURE` behind what is not ASCII.
 */
function startOfName(text: string, colon: number): number {
  const stop = Math.max(0, colon - NAME_LENGTH_MAX - 1);
  let start = colon;
  for (let at = colon - 1; at >= stop; at -= 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return start;
    if (code > 0x7e) return UNSURE;
    if (code === 0x3a) return NO_NAME;
    if (code > 0x20 && code !== 0x3e) start = at;
  }
  return stop > 0 && start === stop ? NO_NAME : start;
}
