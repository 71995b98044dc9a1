import { compareText, type Instant } from '../../core/base/index.ts';
import { organisationOf } from '../../core/observables/index.ts';

/** What the order of asking rests on: one original for which no complete check stands. */
export interface WaitingOriginal {
  /** Runs that asked about it to the end, and got no complete check. */
  readonly asked: number;
  /** Where its mail came from, as its receiver recorded it. */
  readonly boundaryIp: string | null;
  /** The address that the From line shows. */
  readonly from: string | null;
  readonly at: Instant | null;
}

/**
 * In which order name servers are asked, so that a flood of mails with slow names takes its turn
 * and no more, in one run and over many.
 *
 * First what the fewest runs have asked about. Of these by turns, one mail of each network that
 * handed mail over (written by the recipients' side: a sender cannot choose it freely); in a
 * network by turns the senders that From lines show; of a sender the newest first, whose keys stand
 * longest. Networks and senders of many mails begin a round, for their answers serve many. The same
 * originals have the same order.
 */
export function askingOrder<Original extends WaitingOriginal>(
  waiting: readonly Original[],
): readonly Original[] {
  const newestFirst = waiting.toSorted((a, b) => compareText(b.at ?? '', a.at ?? ''));
  return [...Map.groupBy(newestFirst, ({ asked }) => asked)]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([, originals]) =>
      byTurns(originals, networkOf, (ofNetwork) =>
        byTurns(ofNetwork, senderOf, (ofSender) => ofSender),
      ),
    );
}

/** One of each group, then a second of each, and so on; `within` puts a group in order. */
function byTurns<Original>(
  originals: readonly Original[],
  groupOf: (original: Original) => string,
  within: (group: readonly Original[]) => readonly Original[],
): readonly Original[] {
  const queues = [...Map.groupBy(originals, groupOf)]
    .toSorted(([a, one], [b, other]) => other.length - one.length || compareText(a, b))
    .map(([, group]) => within(group));
  const order: Original[] = [];
  for (let turn = 0; order.length < originals.length; turn += 1) {
    for (const queue of queues) {
      // They stand by size: behind one that is used up all are.
      if (turn >= queue.length) break;
      order.push(queue[turn]!);
    }
  }
  return order;
}

/** The /24 of an IPv4 address, the /48 of an IPv6 address; one for all that is not known. */
function networkOf({ boundaryIp }: WaitingOriginal): string {
  if (boundaryIp === null) return '';
  return boundaryIp.includes(':')
    ? boundaryIp.split(':', 3).join(':')
    : boundaryIp.slice(0, boundaryIp.lastIndexOf('.'));
}

const senderOf = ({ from }: WaitingOriginal): string =>
  from === null ? '' : (organisationOf(from) ?? from.toLowerCase());
