import type { Kernels } from '../base/index.ts';
import { readMessage } from '../mail/index.ts';

/** What browsers write as the first line: Chrome and Edge, Internet Explorer and its followers. */
const MARK = /^From[ \t]*:[ \t]*"?<?Saved by\b/i;
const LINE_BYTES = 256;

/** Whether bytes that begin with a From line are a web page saved as one file (MHTML, RFC 2557). */
export const isWebArchive = (bytes: Uint8Array, kernels: Kernels): boolean =>
  MARK.test(kernels.latin1(bytes, 0, Math.min(bytes.length, LINE_BYTES)));

/** The page itself, its transfer encoding undone; null where there is none. */
export function webArchivePage(bytes: Uint8Array, kernels: Kernels): Uint8Array | null {
  let page: Uint8Array | null = null;
  readMessage(bytes, kernels, {
    onContent: ({ path, leaves }) => {
      if (path !== '0') return;
      page = leaves.find(({ part }) => part.contentType === 'text/html')?.bytes ?? null;
    },
  });
  return page;
}
