import { grouped } from '../base/index.ts';
import { isPrivateNetwork } from '../web-log/index.ts';
import { type AccessLogFindings, type Actor, TOOL_NOT_SAID } from './findings.ts';
import { timeText } from './limits.ts';
import { ENUMERATION } from './refusals.ts';

const plural = (value: number, one: string, many: string): string =>
  `${grouped(value)} ${value === 1 ? one : many}`;

/** The findings for a person; never a record number. */
export function accessLogText(found: AccessLogFindings): string {
  const { taken, actors, refusals, probes, span, requests, lookups } = found;
  const out = [
    `Read      ${plural(requests, 'request', 'requests')}, ${plural(lookups, 'look-up', 'look-ups')}${span === null ? '' : `, ${timeText(span.from)} to ${timeText(span.until)}`}`,
  ];
  if (found.ownLookups > 0) {
    out.push(
      `Left out  ${plural(found.ownLookups, 'look-up', 'look-ups')} of your own addresses (--own)`,
    );
  }
  if (actors.length === 0) out.push(`Taken     ${nothingFound(found)}`);
  else {
    const most =
      taken.atMost === null ? 'no upper number (see below)' : `at most ${grouped(taken.atMost)}`;
    out.push(`Taken     records: at least ${grouped(taken.atLeast)}, ${most}`);
  }
  actors.forEach((actor, at) => void out.push('', ...actorLines(actor, at + 1)));
  if (probes.length > 0)
    out.push('', 'Attempts to break in (what was sent; not whether it worked)');
  for (const { kind, requests: count, answered, firstSecond, lastSecond, networks } of probes) {
    out.push(
      `  ${kind.padEnd(20)} ${plural(count, 'request', 'requests')}, ${grouped(answered)} answered with 200, from ${plural(networks.size, 'network', 'networks')}, ${timeText(firstSecond)} to ${timeText(lastSecond)}`,
    );
  }
  const open = refusals.filter(({ question }) => question !== ENUMERATION);
  if (open.length > 0) out.push('', 'Not answered');
  for (const { question, reason, code } of open) out.push(`  ${question}: ${reason} [${code}]`);
  return `${out.join('\n')}\n`;
}

/** What says that a part of the log was not read. */
const CUT = /^log-(?:line|piece-(?!again)|clients|forms|records)/;

/** An all-clear only for what was read, and none where nothing could be told. */
function nothingFound({ refusals, limits, gaps }: AccessLogFindings): string {
  const unsaid = refusals.find(({ question }) => question === ENUMERATION);
  if (unsaid !== undefined) return `cannot say: ${unsaid.reason} [${unsaid.code}]`;
  const read = limits.some(({ code }) => CUT.test(code)) ? ' in what could be read' : '';
  const holes =
    gaps.length === 0
      ? ''
      : `; the log has ${plural(gaps.length, 'gap', 'gaps')}, of which nobody can tell`;
  return `no enumeration of records found${read}${holes}`;
}

const KINDS: { readonly [kind in Actor['kind']]: string } = {
  sequence: 'asked for one record number after the other',
  bulk: 'asked for many records by machine, in no order',
  'no-numbers': 'looked up by machine; the numbers stand in no log',
};
/** Networks that a person is shown; `--json` has more. */
const NETWORKS_SHOWN = 8;

/** Gaps that a person is shown; `--json` has more. */
const GAPS_SHOWN = 5;

function gapLines({ gaps }: Actor): readonly string[] {
  const lines = [...gaps]
    .sort((a, b) => b.numbers - a.numbers)
    .slice(0, GAPS_SHOWN)
    .sort((a, b) => a.from - b.from)
    .map(
      ({ from, until, numbers, silent }) =>
        `  gap       the log has no lines ${silent ? '' : 'of this actor '}from ${timeText(from)} to ${timeText(until)}; ${numbers === 0 ? 'what was asked meanwhile is not known' : `${plural(numbers, 'number was', 'numbers were')} passed over meanwhile: "at most" counts them all`}`,
    );
  const more = gaps.length - lines.length;
  return more > 0
    ? [...lines, `  gap       and ${plural(more, 'smaller gap', 'smaller gaps')}`]
    : lines;
}

const doubtLine = ({ doubtful }: Actor): readonly string[] =>
  doubtful === 0
    ? []
    : [
        `  beside    ${plural(doubtful, 'look-up', 'look-ups')} from the same addresses may be other people's: only "at most" counts them`,
      ];

const unreadLine = ({ unread }: Actor): readonly string[] =>
  unread === 0
    ? []
    : [
        `  unread    ${plural(unread, 'line', 'lines')} of that time could not be read: "at most" counts each as a record`,
      ];

function actorLines(actor: Actor, place: number): readonly string[] {
  const { networks, networkCount, taken, distinctIds } = actor;
  const more = networkCount - Math.min(networks.length, NETWORKS_SHOWN);
  const shown = networks.slice(0, NETWORKS_SHOWN).join(', ');
  return [
    `Actor ${place}   ${KINDS[actor.kind]}`,
    `  when      ${timeText(actor.from)} to ${timeText(actor.until)}`,
    `  asked     ${plural(actor.requests, 'request', 'requests')}${distinctIds === null ? '' : `, ${plural(distinctIds, 'record', 'records')}`}, at ${actor.pages.slice(0, 5).join(', ')}`,
    `  returned  at least ${grouped(taken.atLeast)}, ${taken.atMost === null ? 'no upper number' : `at most ${grouped(taken.atMost)}`}`,
    ...doubtLine(actor),
    ...gapLines(actor),
    ...unreadLine(actor),
    `  tool      ${actor.tool === TOOL_NOT_SAID ? TOOL_NOT_SAID : `${actor.tool} (as the client says)`}`,
    `  networks  ${shown}${more > 0 ? ` and ${grouped(more)} more` : ''}`,
    ...(networks.every(isPrivateNetwork)
      ? [
          '  note      all from private addresses: a tool of your own, or a proxy that hides who asked; --own NETWORK leaves them out',
        ]
      : []),
  ];
}
