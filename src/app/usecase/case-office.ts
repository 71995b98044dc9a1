import type { Json } from '../../core/base/index.ts';
import {
  commonInbox,
  type HandedIn,
  type Inbox,
  isIntake,
  mayBeMadeUp,
  NO_OFFICE,
  type OfficeAddresses,
  officeAt,
} from '../../core/letter/index.ts';
import type { CaseIndex } from './case-index.ts';
import type { IndexedOriginal } from './original-table.ts';

/** At which addresses the office takes mail in, and who says so. */
export interface CaseOffice {
  readonly how: 'named' | 'inferred';
  readonly addresses: OfficeAddresses;
  /** Where forwards came in, most of them first. */
  readonly inboxes: readonly Inbox[];
  /** Where many people's mail came in, in a case without any forward; null where it has one. */
  readonly common: Inbox | null;
}

/** `named`: as whoever runs it says; null: told from where the forwards came in. */
export function officeOfCase(index: CaseIndex, named: OfficeAddresses | null): CaseOffice {
  const inboxes = index.inboxes.list(plainMails(index));
  if (named !== null) return { how: 'named', addresses: named, inboxes, common: null };
  const addresses = officeAt(inboxes.filter(isIntake).map(({ address }) => address));
  const common = inboxes.length === 0 ? commonInbox(plainMails(index)) : null;
  return { how: 'inferred', addresses, inboxes, common };
}

/** Whether the mail that would hand this original on may itself be what was reported. */
export const isInDoubt = (
  { handingOn }: Pick<IndexedOriginal, 'handingOn'>,
  { how, addresses }: Pick<CaseOffice, 'how' | 'addresses'>,
): boolean => handingOn !== null && mayBeMadeUp(handingOn, addresses, how === 'named');

/** It counts, though its mail brings files or numbers beside it and may have made it up. */
export const isDoubted = (
  original: Pick<IndexedOriginal, 'handingOn'>,
  home: Pick<CaseOffice, 'how' | 'addresses'>,
): boolean => original.handingOn?.brings === true && !isInDoubt(original, home);

function* plainMails({ originals }: CaseIndex): Iterable<HandedIn> {
  for (let number = 0; number < originals.count; number++) {
    const original = originals.at(number);
    // What would hand others on is counted with the mail that does.
    if (original.delivery !== null && original.handingOn === null) yield handedIn(original);
  }
}

/**
 * What a message that another mail carries says of its delivery is its sender's or reporter's word.
 */
const CARRIED = { deliveredTo: [], receivedFor: null, personal: false } as const;

export function handedIn(original: IndexedOriginal): HandedIn {
  const { delivery, from, recipients, judged } = original;
  return {
    ...(delivery ?? CARRIED),
    from: from?.address.toLowerCase() ?? '',
    to: recipients,
    verdict: judged.kind,
  };
}

/** What the `cluster` finding records of the office; nothing where none is known. */
export const officeParameters = ({
  how,
  addresses: { names },
}: CaseOffice): { readonly [name: string]: Json } =>
  names.length === 0 ? {} : { office: { how, names } };

/** The office of an earlier grouping, by its parameters. */
export function recordedOffice(parameters: {
  readonly [name: string]: Json;
}): Pick<CaseOffice, 'how' | 'addresses'> {
  const office = parameters['office'] as
    | { readonly how: CaseOffice['how']; readonly names: readonly string[] }
    | undefined;
  return office === undefined
    ? { how: 'inferred', addresses: NO_OFFICE }
    : { how: office.how, addresses: officeAt(office.names) };
}
