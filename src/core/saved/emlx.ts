import type { Kernels } from '../base/index.ts';
import { sourceStart } from './header-lines.ts';
import type { SavedSource } from './saved-source.ts';

const LOOK_BYTES = 16_384;
/** The property list is small: flags, dates, the remote id. */
const TAIL_BYTES = 65_536;

/**
 * The mail in a file of Apple Mail (.emlx): a line with its length in bytes, the mail, an XML
 * property list. Where the length does not lead to the list (a copy whose line ends were changed),
 * the list itself ends the mail. Null for other text that begins with a number.
 */
export function emlxMessage(bytes: Uint8Array, kernels: Kernels): SavedSource | null {
  const head = kernels.latin1(bytes, 0, Math.min(bytes.length, LOOK_BYTES));
  const [line = ''] = /^\d+[ \t]*\r*\n/.exec(head) ?? [];
  if (line === '' || sourceStart(head.slice(line.length)) !== 0) return null;
  const start = line.length;
  const stated = start + Number.parseInt(line, 10);
  const isWhole = stated <= bytes.length && isList(bytes.subarray(stated), kernels);
  const end = isWhole ? stated : (listStart(bytes, kernels) ?? bytes.length);
  return { form: 'emlx', bytes: bytes.subarray(start, end), offset: start };
}

/** What stands behind the mail: the list, or nothing where it was cut off. */
const isList = (rest: Uint8Array, kernels: Kernels): boolean =>
  /^(?:$|<\?xml)/.test(kernels.latin1(rest, 0, Math.min(rest.length, 5)));

function listStart(bytes: Uint8Array, kernels: Kernels): number | null {
  const from = Math.max(0, bytes.length - TAIL_BYTES);
  const tail = kernels.latin1(bytes, from, bytes.length);
  const at = tail.lastIndexOf('<?xml');
  return at >= 0 && tail.includes('<plist', at) ? from + at : null;
}
