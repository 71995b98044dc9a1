import type { Kernels } from '../../core/base/index.ts';
import { type SniffedKind, sniffKind } from '../../core/mail/index.ts';
import { mayBeSaved } from '../../core/saved/index.ts';

/**
 * What a file is opened as, from its first `KIND_HEAD_BYTES`: a mail also where a program saved its
 * source in another form, out of which the reading takes it.
 */
export function receivedKind(head: Uint8Array, kernels: Kernels): SniffedKind {
  const kind = sniffKind(head, kernels);
  return kind === 'unknown' && mayBeSaved(head, kernels) ? 'message' : kind;
}
