import {
  ipv4,
  type LogRequest,
  networkOf,
  networkText,
  type ProbeKind,
  probeOf,
  SCANNER_AGENT,
} from '../web-log/index.ts';

/** Requests that tried to break in, of one kind. */
export interface ProbeRow {
  readonly kind: ProbeKind | 'scanner-agent';
  requests: number;
  /** Answered with status 200: worth a look at what came back. */
  answered: number;
  firstSecond: number;
  lastSecond: number;
  /** Networks, most requests first; at most 1,000 are told apart. */
  networks: Map<string, number>;
}

const NETWORKS_MAX = 1_000;

export interface ProbeLedger {
  /** Counts the request if it probes; true then. */
  look(request: LogRequest): boolean;
  readonly rows: readonly ProbeRow[];
}

export function createProbeLedger(): ProbeLedger {
  const rows = new Map<ProbeRow['kind'], ProbeRow>();
  let lastAgent = '';
  let lastScans = false;
  return {
    look(request) {
      let kind: ProbeRow['kind'] | null = probeOf(request.target);
      if (kind === null && request.agent !== lastAgent) {
        lastScans = SCANNER_AGENT.test(request.agent);
        lastAgent = request.agent;
      }
      if (kind === null && lastScans && request.agent === lastAgent) kind = 'scanner-agent';
      if (kind === null) return false;
      const row = rows.get(kind) ?? emptyRow(kind, request.second);
      rows.set(kind, row);
      count(row, request);
      return kind !== 'scanner-agent';
    },
    get rows() {
      return [...rows.values()].sort((a, b) => b.requests - a.requests);
    },
  };
}

const emptyRow = (kind: ProbeRow['kind'], second: number): ProbeRow => ({
  kind,
  requests: 0,
  answered: 0,
  firstSecond: second,
  lastSecond: second,
  networks: new Map(),
});

function count(row: ProbeRow, { second, status, address }: LogRequest): void {
  row.requests += 1;
  if (status === 200) row.answered += 1;
  row.firstSecond = Math.min(row.firstSecond, second);
  row.lastSecond = Math.max(row.lastSecond, second);
  const network = networkText(networkOf(address, ipv4(address)));
  const known = row.networks.get(network);
  if (known !== undefined || row.networks.size < NETWORKS_MAX) {
    row.networks.set(network, (known ?? 0) + 1);
  }
}
