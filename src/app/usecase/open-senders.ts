import { type CaseOffice, isDoubted, isInDoubt } from './case-office.ts';
import type { IndexedOriginal } from './original-table.ts';

/** An address counts as a sender to many, and is named, from this many separate recipients on. */
const RECIPIENTS_TO_NAME_MIN = 3;

/** How a From address may be written in a report, and whose is not written at all. */
export interface NameSender {
  name(address: string): string;
  /** Whoever hands it on may have made it up: then it shows no sender. */
  isInDoubt(original: Pick<IndexedOriginal, 'handingOn'>): boolean;
  /** It shows a sender, and yet may be made up: its mail brings something of its own. */
  isDoubted(original: Pick<IndexedOriginal, 'handingOn'>): boolean;
}

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
  { home, includePersonal }: SenderNaming,
): NameSender {
  const inDoubt: NameSender['isInDoubt'] = (original) => isInDoubt(original, home);
  const doubted: NameSender['isDoubted'] = (original) => isDoubted(original, home);
  if (includePersonal)
    return { name: (address) => address, isInDoubt: inDoubt, isDoubted: doubted };
  const shownTo = new Map<string, Set<string>>();
  for (const original of originals) {
    const { from, forward, recipients, exhibit, path } = original;
    if (from === null || inDoubt(original)) continue;
    const address = from.address.toLowerCase();
    const seen = shownTo.get(address) ?? new Set();
    shownTo.set(address, seen);
    if (seen.size >= RECIPIENTS_TO_NAME_MIN) continue;
    if (forward !== null) seen.add(`${exhibit}/${path}`);
    else for (const recipient of recipients) seen.add(recipient);
  }
  const name: NameSender['name'] = (address) => {
    const many = (shownTo.get(address.toLowerCase())?.size ?? 0) >= RECIPIENTS_TO_NAME_MIN;
    return many ? address : `…${address.slice(address.lastIndexOf('@'))}`;
  };
  return { name, isInDoubt: inDoubt, isDoubted: doubted };
}

interface SenderNaming {
  readonly home: Pick<CaseOffice, 'how' | 'addresses'>;
  readonly includePersonal: boolean;
}
