import { readFileSync } from 'node:fs';
import { type JudgeNames, NO_NAMES, parseJudgeNames } from '../../core/forensics/index.ts';
import { NO_OFFICE, type OfficeAddresses, parseOffice } from '../../core/letter/index.ts';
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
  try {
    const bytes = readFileSync(file);
    const names = parseJudgeNames(JSON.parse(bytes.toString('utf8')));
    if (names !== null) return { bytes, names };
  } catch {
    // Not there, or no JSON: the same answer.
  }
  return { wrongUse: `"${file}" is no file of names (see docs/methods/sender-verdict.md)` };
}
