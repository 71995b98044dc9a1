import { readFileSync } from 'node:fs';
import { printable } from '../../core/display/index.ts';
import { type JudgeNames, NO_NAMES, parseJudgeNames } from '../../core/forensics/index.ts';
import { NO_OFFICE, type OfficeAddresses, parseOffice } from '../../core/letter/index.ts';
import { unreadFrom } from '../intake/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import type { Order } from './command.ts';

/** What `--office` says: the office's addresses, `none` for none, or null where it is not given. */
export function officeNamed(
  order: Pick<Order, 'option'>,
): OfficeAddresses | null | { readonly wrongUse: string } {
  const text = order.option('office');
  if (text === null) return null;
  if (text === 'none') return NO_OFFICE;
  const office = parseOffice(text);
  if (office.ok) return office.value;
  return {
    wrongUse: `--office takes addresses or domains with commas between them, or none; "${office.failure.name}" is neither`,
  };
}

/**
 * What `--names` says: a file's bytes and what they say, empty ones for `none`; null: not given.
 */
export function namesGiven(
  order: Pick<Order, 'option'>,
):
  | { readonly bytes: Uint8Array; readonly names: JudgeNames }
  | null
  | { readonly wrongUse: string } {
  const file = order.option('names');
  if (file === null) return null;
  if (file === 'none') return { bytes: nodeKernels.encode('{}\n'), names: NO_NAMES };
  const read = bytesOf(file);
  if ('wrongUse' in read) return read;
  const { bytes } = read;
  const json = jsonOf(bytes);
  const names = json === undefined ? null : parseJudgeNames(json);
  if (names !== null) return { bytes, names };
  const what = json === undefined ? 'is no JSON' : 'is JSON, but no file of names';
  return { wrongUse: `--names: "${printable(file)}" ${what} (see docs/methods/sender-verdict.md)` };
}

function bytesOf(file: string): { readonly bytes: Buffer } | { readonly wrongUse: string } {
  try {
    return { bytes: readFileSync(file) };
  } catch (cause) {
    const { text } = unreadFrom(file, cause, { path: file, how: 'given' });
    return { wrongUse: `--names: "${printable(file)}" ${text}` };
  }
}

/** Undefined where it is no JSON, which has no such value. */
function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
