import type { IndexedOriginal } from './original-table.ts';

/** An address counts as a sender to many, and is named, from this many separate recipients on. */
export const RECIPIENTS_TO_NAME_MIN = 3;

/** How a From address may be written in a report. */
export type NameSender = (address: string) => string;

/**
 * Tells the addresses of senders to many from those of private people.
 *
 * A reporter's own mail, or a private mail handed in by mistake, is an original too as far as a
 * machine can tell, and its From line is somebody's own address. So an address is written out only
 * if at least `RECIPIENTS_TO_NAME_MIN` separate recipients were shown it; a forwarded copy speaks
 * for one recipient. Otherwise the domain alone is written: `…@example.org`.
 */
export function senderNaming(
  originals: Iterable<IndexedOriginal>,
  includePersonal: boolean,
): NameSender {
  if (includePersonal) return (address) => address;
  const shownTo = new Map<string, Set<string>>();
  for (const { from, forward, recipients, exhibit, path } of originals) {
    if (from === null) continue;
    const address = from.address.toLowerCase();
    const seen = shownTo.get(address) ?? new Set();
    shownTo.set(address, seen);
    if (seen.size >= RECIPIENTS_TO_NAME_MIN) continue;
    if (forward !== null) seen.add(`${exhibit}/${path}`);
    else for (const recipient of recipients) seen.add(recipient);
  }
  return (address) => {
    const many = (shownTo.get(address.toLowerCase())?.size ?? 0) >= RECIPIENTS_TO_NAME_MIN;
    return many ? address : `…${address.slice(address.lastIndexOf('@'))}`;
  };
}
