import { type HandedIn, isHonest } from './letter.ts';

/**
 * This many separate people must have sent forwards to an address before it counts as the office's.
 */
export const REPORTERS_MIN = 3;

/**
 * Forwards must be at least this share of the mail at an address. Reports reach an office in a
 * wave; a private mailbox or a mailing list holds a few forwards among much else (at most 4 percent
 * where three people sent some, in the SpamAssassin corpus).
 */
const FORWARDS_SHARE_MIN = 0.25;

/** Addresses that are followed: a carrier's To line can be as long as its writer likes. */
const INBOXES_MAX = 10_000;

/** What came in at one address. */
export interface Inbox {
  readonly address: string;
  /** Mails that carry a forward. */
  readonly forwards: number;
  /** Mails without one. */
  readonly others: number;
  /** Those of them that a person wrote. */
  readonly personal: number;
  /** Different From addresses of the forwards; counted up to `REPORTERS_MIN`. */
  readonly reporters: number;
}

type Outer = Pick<HandedIn, 'from' | 'to' | 'deliveredTo'>;

/** Mails by the address at which they came in, with up to `REPORTERS_MIN` of their senders. */
class Arrivals {
  readonly byAddress = new Map<string, { mails: number; readonly senders: Set<string> }>();

  add({ from, to, deliveredTo }: Outer): void {
    for (const address of new Set([...to, ...deliveredTo])) {
      const standing = this.byAddress.get(address);
      if (address === '' || (standing === undefined && this.byAddress.size >= INBOXES_MAX))
        continue;
      const inbox = standing ?? { mails: 0, senders: new Set() };
      inbox.mails += 1;
      if (from !== '' && inbox.senders.size < REPORTERS_MIN) inbox.senders.add(from);
      this.byAddress.set(address, inbox);
    }
  }
}

/** Counts, address by address, who sent forwards there. */
export class Inboxes {
  readonly #forwards = new Arrivals();

  /** A mail that carries a forward. */
  addCarrier(carrier: Outer): void {
    this.#forwards.add(carrier);
  }

  /** Each address to which a forward came, beside the mails without one; most forwards first. */
  list(others: Iterable<Omit<HandedIn, 'from' | 'verdict'>>): readonly Inbox[] {
    const { byAddress } = this.#forwards;
    if (byAddress.size === 0) return [];
    const counts = new Map(
      Array.from(byAddress.keys(), (address) => [address, { others: 0, personal: 0 }]),
    );
    for (const { to, deliveredTo, personal } of others) {
      for (const address of new Set([...to, ...deliveredTo])) {
        const count = counts.get(address);
        if (count === undefined) continue;
        count.others += 1;
        if (personal) count.personal += 1;
      }
    }
    return [...byAddress]
      .map(([address, { mails, senders }]) => ({
        address,
        forwards: mails,
        ...(counts.get(address) ?? { others: 0, personal: 0 }),
        reporters: senders.size,
      }))
      .sort((a, b) => b.forwards - a.forwards || (a.address < b.address ? -1 : 1));
  }
}

/**
 * The address to which most mails went that persons wrote, in a case without forwards: worth a
 * question, no more. Null where too few different people wrote there, or too small a share.
 */
export function commonInbox(handedIn: Iterable<HandedIn>): Inbox | null {
  const arrivals = new Arrivals();
  let total = 0;
  for (const mail of handedIn) {
    if (!mail.personal || mail.from === '' || !isHonest(mail.verdict)) continue;
    total += 1;
    arrivals.add(mail);
  }
  let most: Inbox | null = null;
  for (const [address, { mails, senders }] of arrivals.byAddress) {
    const isMany = senders.size >= REPORTERS_MIN && mails >= FORWARDS_SHARE_MIN * total;
    if (!isMany || mails <= (most?.personal ?? 0)) continue;
    most = { address, forwards: 0, others: mails, personal: mails, reporters: 0 };
  }
  return most;
}

/** Whether an address is the office's own, told from what came in there. Doubt says no. */
export const isIntake = ({ forwards, others, reporters }: Inbox): boolean =>
  reporters >= REPORTERS_MIN && forwards >= FORWARDS_SHARE_MIN * (forwards + others);
