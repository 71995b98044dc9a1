import { grouped } from '../base/index.ts';
import { capital, counted, listed } from './counting.ts';
import type { BoardFacts, CheckFacts } from './facts.ts';

/** What settles what no name server was asked about. */
export const ASK_COMMAND = '"tocsin investigate --case DIR --dns live"';

/** What would settle the checks; nothing where all that can be checked is checked. */
export function checksToMake({
  intact,
  checks,
}: Pick<BoardFacts, 'intact' | 'checks'>): readonly string[] {
  const waiting = checks === null ? intact : checks.checkable - checks.checked;
  if (waiting === 0) return [];
  const what =
    checks === null || checks.checked === 0
      ? 'A check of SPF, DKIM and DMARC'
      : `A check of SPF, DKIM and DMARC for the ${counted(waiting, 'original')} that still ${waiting === 1 ? 'waits' : 'wait'} for one`;
  return [
    `${what} against the name servers: ${ASK_COMMAND}. It shows the name servers, the sender's among them, that somebody looks.`,
  ];
}

/** Who vouched for the shown sender, as of when, and what that does not show. */
export function whoVouches(checks: CheckFacts | null): string {
  if (checks === null || checks.checked + checks.open === 0) return 'No name server was asked.';
  const { checked, open, authorised, contradicted, late } = checks;
  return [
    `By name servers' answers${daysOf(checks)}, the domain shown vouched for ${ofAll(authorised, checked + open)}.`,
    authorised > 0 ? 'That does not show that an account was not stolen.' : '',
    authorised < checked ? lacking(late) : '',
    open > 0
      ? `${capital(counted(open, 'check'))} ${open === 1 ? 'was' : 'were'} not carried out to the end.`
      : '',
    contradicted > 0
      ? `In ${grouped(contradicted)} they contradict what the recipient's own server recorded: a key or a record has changed, or a record was forged.`
      : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** What signatures show of the bytes. */
export function whetherUnaltered(checks: CheckFacts | null): string {
  if (checks === null || checks.checked + checks.open === 0)
    return 'Signatures were not checked against the name servers, so nothing here proves that an original is unaltered.';
  const { checked, open, signed, unaltered } = checks;
  const of = counted(checked + open, 'exact copy', 'exact copies');
  if (signed === 0)
    return `None of ${of} that were checked bears a signature, so nothing here proves that an original is unaltered. Many senders do not sign.`;
  const holds = `${grouped(signed)} of ${of} ${signed === 1 ? 'bears' : 'bear'} a signature; by name servers' answers${daysOf(checks)} ${unaltered === 0 ? 'none holds over header and whole body' : `it holds on ${grouped(unaltered)}`}`;
  const lacks =
    'Where none holds, that is no sign of forgery: copies are altered, and keys change.';
  if (unaltered === 0)
    return `${holds}, so nothing here proves that an original is unaltered. ${lacks}`;
  const shows = `${holds}: header and body are as they were when its domain signed, whoever typed them.`;
  return unaltered === signed ? shows : `${shows} ${lacks}`;
}

function lacking(late: number): string {
  const days =
    late > 0
      ? `, and keys and records change: ${grouped(late)} ${late === 1 ? 'was' : 'were'} asked about weeks or more after arrival`
      : '';
  return `A missing pass is no sign of forgery by itself: forwards and lists fail too${days}.`;
}

const ofAll = (count: number, all: number): string =>
  count === 0
    ? `none of ${counted(all, 'exact copy', 'exact copies')}`
    : `${grouped(count)} of ${counted(all, 'exact copy', 'exact copies')}`;

function daysOf({ firstDay, lastDay }: CheckFacts): string {
  if (firstDay === null || lastDay === null) return '';
  return ` of ${listed([...new Set([firstDay, lastDay])], 2)}`;
}
