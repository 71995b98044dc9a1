import type { Kernels } from '../base/index.ts';
import { readMessage } from '../mail/index.ts';

/** Chrome and Edge write the first field, Internet Explorer and its followers the name (RFC 2557). */
const MARK = /^(?:snapshot-content-location|from)[ \t]*:[ \t]*(.{0,200})/gim;
const SAVED = /^"?<?saved by\b/i;
const HEAD_BYTES = 2_048;
const SNAPSHOT = Uint8Array.from('Snapshot-Content-Location:', (one) => one.charCodeAt(0));
const BY = Uint8Array.from('Saved by ', (one) => one.charCodeAt(0));

/** Whether bytes are a web page that a browser saved as one file (MHTML), which begins like a mail. */
export function isWebArchive(bytes: Uint8Array, kernels: Kernels): boolean {
  const head = bytes.subarray(0, HEAD_BYTES);
  if (kernels.indexOf(head, BY, 0) < 0 && kernels.indexOf(head, SNAPSHOT, 0) < 0) return false;
  const text = kernels.latin1(head, 0, head.length);
  const [block = ''] = text.split(/\r?\n\r?\n/, 1);
  for (const [field, value = ''] of block.matchAll(MARK))
    if (/^s/i.test(field) || SAVED.test(value)) return true;
  return false;
}

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
