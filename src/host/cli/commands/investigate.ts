import { userInfo } from 'node:os';
import { join } from 'node:path';
import { investigate as investigateCase, withNetworkHints } from '../../../app/usecase/index.ts';
import { printable } from '../../../core/display/index.ts';
import type { OfficeAddresses } from '../../../core/letter/index.ts';
import type { NetworkTable } from '../../../core/networks/index.ts';
import { officeSections, wantsAtlas } from '../../../core/office-page/index.ts';
import {
  type Investigation,
  renderBoard,
  renderFindings,
  renderReport,
  type TerminalStyle,
} from '../../../core/report/index.ts';
import type { ReportFile } from '../../case/index.ts';
import { createIntake } from '../../intake/index.ts';
import { nodeKernels, systemClock } from '../../kernels/index.ts';
import { networkTables } from '../../networks/index.ts';
import { loadAtlas } from '../atlas.ts';
import type { Command, Order, Outcome, Surroundings } from '../command.ts';
import { type CaseDns, caseDns, keepHeapSmall, officeOf } from '../office.ts';
import { namesGiven, officeNamed } from '../office-named.ts';
import { createProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { withCase } from '../with-case.ts';

export const investigate: Command = {
  usage:
    'PATH... --case DIR [--dns none|live|recorded [--transcript FILE] [--name-servers ADDRESS,...] [--ask-local-parts]] [--releases DIR [--registers DIR] [--facts FILE]] [--access-log PATH] [--matches DIR] [--office ADDRESS,...] [--names FILE|none] [--given-by NAME] [--include-personal] [--networks FILE,...] [--store URL] [--json]',
  about: [
    'Takes files and folders into the case (mail, Outlook .msg, mbox, zip, gzip), runs every stage, writes',
    'DIR/report/index.html and DIR/report/findings.json, and prints the question board.',
    'With --releases it says whose list it was, with --access-log what the look-up page gave away;',
    'lists and logs stay where they lie. The same command again goes on where the last one stopped.',
    'With --dns live name servers are asked whether the domains shown vouch for the originals: their',
    "operators, the sender's among them, see which domains and keys are looked at. Where a sender's SPF",
    'record asks for it, questions spell the sending address and the return address, which can name a',
    'recipient. The answers are kept in the case; --dns recorded judges by them, offline.',
    'With --dns live or recorded no PATH is needed. Else nothing is sent anywhere.',
    'Exit code 1: done, but something could not be read; it is named here and in the report.',
  ],
  options: {
    case: { value: 'DIR', says: 'the folder of the case; made where it does not stand yet' },
    releases: { value: 'DIR', says: 'voter-list releases with their manifests (tocsin roll)' },
    registers: { value: 'DIR', says: 'sealed registers (*.json): reads marks and canaries back' },
    facts: {
      value: 'FILE',
      says: 'JSON: {"probes","provider","survey"}, for how many were mailed',
    },
    'access-log': {
      value: 'PATH',
      says: 'the log of the look-up page: a file, or a folder of its pieces',
    },
    matches: {
      value: 'DIR',
      says: 'what counties counted for this office (tocsin match count), one file a county',
    },
    office: {
      value: 'ADDRESS,...|none',
      says: "the office's own addresses or domains: mail written to them without a forward is a letter",
    },
    names: {
      value: 'FILE|none',
      says: "JSON, as of examine: protected names and domains, groups, candidates, the office's own mail hosts; the case keeps them until others or none are given",
    },
    'given-by': {
      value: 'NAME',
      says: 'who hands the evidence over; else the user of the computer',
    },
    'include-personal': {
      value: null,
      says: "recipients' data may stand in the report; never publish such a report",
    },
    networks: {
      value: 'FILE,...|none',
      says: 'tables of address ranges for country hints, instead of the ones that come along',
    },
    dns: {
      value: 'HOW',
      says: 'check SPF, DKIM, DMARC: live, recorded (by answers kept before), none (default)',
    },
    transcript: {
      value: 'FILE',
      says: '--dns recorded: name servers\' answers that "examine --dns live" wrote',
    },
    'name-servers': {
      value: 'ADDRESS,...',
      says: "--dns live: the name servers to ask, instead of the computer's own",
    },
    'ask-local-parts': {
      value: null,
      says: '--dns live: also ask what spells the part before the @ of a return address',
    },
    store: {
      value: 'URL',
      says: 'a PostgreSQL server (postgres://...) instead of the embedded one',
    },
    json: { value: null, says: 'print findings.json instead of the question board' },
  },
  run: async (order, surroundings) => {
    keepHeapSmall();
    const folder = order.option('case');
    if (folder === null) return { wrongUse: 'name the case folder: --case DIR' };
    const dns = await caseDns(order);
    if (dns !== null && 'wrongUse' in dns) return dns;
    if (order.arguments.length === 0 && dns === null) {
      return { wrongUse: 'name what to investigate: a file or a folder' };
    }
    const networks = networkTables(order.option('networks'));
    if ('wrongUse' in networks) return networks;
    if (
      order.option('releases') === null &&
      (order.option('registers') ?? order.option('facts')) !== null
    ) {
      return { wrongUse: '--registers and --facts belong to --releases DIR' };
    }
    const office = officeNamed(order);
    if (office !== null && 'wrongUse' in office) return office;
    const names = namesGiven(order);
    if (names !== null && 'wrongUse' in names) return names;
    return runInvestigation(
      { folder, networks, office, dns, names: names?.bytes ?? null },
      order,
      surroundings,
    );
  },
};

interface Request {
  readonly folder: string;
  readonly networks: readonly NetworkTable[];
  readonly office: OfficeAddresses | null;
  readonly dns: CaseDns | null;
  readonly names: Uint8Array | null;
}

async function runInvestigation(
  { folder, networks, office, dns, names }: Request,
  order: Order,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { terminal, onInterrupt } = surroundings;
  const request = { folder, storeUrl: order.option('store'), write: true };
  return withCase(request, surroundings, async ({ vault, store, writeReport }) => {
    const progress = createProgress(terminal, () => performance.now());
    const { investigation: drawn, onScreen } = await investigateCase(
      {
        intake: createIntake({ kernels: nodeKernels, vault, caseFolder: folder }),
        vault,
        store,
        clock: systemClock,
        kernels: nodeKernels,
        progress,
        nameServers: dns?.nameServers ?? null,
        office: officeOf(order, { folder, progress, onOpen: onInterrupt }),
      },
      {
        paths: [...order.arguments, ...(dns?.paths ?? [])],
        givenBy: order.option('given-by') ?? userInfo().username,
        includePersonal: order.given('include-personal'),
        office,
        names,
        dns: dns?.order ?? null,
        tool: 'tocsin',
      },
    );
    const investigation = withNetworkHints(drawn, networks);
    const report = await writeReport(reportFiles(investigation));
    const page = join(report, 'index.html');
    if (order.given('json')) {
      for (const piece of renderFindings(investigation)) await terminal.write(piece);
    } else {
      await terminal.write(renderBoard({ ...investigation, ...onScreen }, terminalStyle(terminal)));
      await terminal.write(`\nThe report: ${printable(page)}\n`);
    }
    return isWhole(investigation) ? 0 : 1;
  });
}

const terminalStyle = ({ columns, colour }: Terminal): TerminalStyle => ({
  width: columns,
  colour,
});

/** A list or log that was refused is a loss like a file that could not be read. */
const isWhole = ({
  exhibits,
  limits,
  unread,
  exposure,
  accessLog,
  matches,
}: Investigation): boolean =>
  unread.length === 0 &&
  limits.length === 0 &&
  exhibits.every((exhibit) => exhibit.limits.length === 0) &&
  exposure?.finding !== null &&
  accessLog?.finding !== null &&
  matches?.finding !== null;

/** The files that the report consists of; JSON comes in pieces. */
function reportFiles(investigation: Investigation): readonly ReportFile[] {
  const atlas = wantsAtlas(investigation) ? loadAtlas() : null;
  const sections = officeSections(investigation, atlas);
  return [
    { name: 'index.html', text: renderReport(investigation, sections) },
    { name: 'findings.json', text: renderFindings(investigation) },
  ];
}
