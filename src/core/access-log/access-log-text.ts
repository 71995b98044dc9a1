import type { AccessLogFindings, Actor } from './findings.ts';
import { timeText } from './limits.ts';

const number = (value: number): string => value.toLocaleString('en-US');
const plural = (value: number, one: string, many: string): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** The findings for a person; never a record number. */
export function accessLogText(found: AccessLogFindings): string {
  const { taken, actors, refusals, probes, span, requests, lookups } = found;
  const out = [
    `Read      ${plural(requests, 'request', 'requests')}, ${plural(lookups, 'look-up', 'look-ups')}${span === null ? '' : `, ${timeText(span.from)} to ${timeText(span.until)}`}`,
  ];
  if (actors.length === 0) out.push('Taken     no enumeration of records found');
  else {
    const most =
      taken.atMost === null ? 'no upper number (see below)' : `at most ${number(taken.atMost)}`;
    out.push(`Taken     records: at least ${number(taken.atLeast)}, ${most}`);
  }
  actors.forEach((actor, at) => void out.push('', ...actorLines(actor, at + 1)));
  if (probes.length > 0)
    out.push('', 'Attempts to break in (what was sent; not whether it worked)');
  for (const { kind, requests: count, answered, firstSecond, lastSecond, networks } of probes) {
    out.push(
      `  ${kind.padEnd(20)} ${plural(count, 'request', 'requests')}, ${number(answered)} answered with 200, from ${plural(networks.size, 'network', 'networks')}, ${timeText(firstSecond)} to ${timeText(lastSecond)}`,
    );
  }
  if (refusals.length > 0) out.push('', 'Not answered');
  for (const { question, reason, code } of refusals) out.push(`  ${question}: ${reason} [${code}]`);
  return `${out.join('\n')}\n`;
}

const KINDS: { readonly [kind in Actor['kind']]: string } = {
  sequence: 'asked for one record number after the other',
  bulk: 'asked for many records by machine, in no order',
  'no-numbers': 'looked up by machine; the numbers stand in no log',
};
/** Networks that a person is shown; `--json` has more. */
const NETWORKS_SHOWN = 8;

function actorLines(actor: Actor, place: number): readonly string[] {
  const { networks, networkCount, taken, distinctIds } = actor;
  const more = networkCount - Math.min(networks.length, NETWORKS_SHOWN);
  const shown = networks.slice(0, NETWORKS_SHOWN).join(', ');
  return [
    `Actor ${place}   ${KINDS[actor.kind]}`,
    `  when      ${timeText(actor.from)} to ${timeText(actor.until)}`,
    `  asked     ${plural(actor.requests, 'request', 'requests')}${distinctIds === null ? '' : `, ${plural(distinctIds, 'record', 'records')}`}, at ${actor.pages.slice(0, 5).join(', ')}`,
    `  returned  at least ${number(taken.atLeast)}, ${taken.atMost === null ? 'no upper number' : `at most ${number(taken.atMost)}`}`,
    `  tool      ${actor.tool} (as the client says)`,
    `  networks  ${shown}${more > 0 ? ` and ${number(more)} more` : ''}`,
  ];
}
