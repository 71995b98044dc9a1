import { providerOf } from './host-owner.ts';
import type { RecordsBelow } from './mail-providers.data.ts';
import {
  type BoundaryHop,
  boundaryClient,
  type RecordingHop,
  tenantHop,
} from './trust-boundary.ts';

/**
 * Where a field of results stands, and so who wrote it.
 *
 * `above`: over the Received field of the recipient's own side that took the message in, so its own
 * side wrote it. `at`: directly below that field, in the run that a provider of the dated table is
 * known to write there. `below`: the sender's side wrote it, or may have. `unknown`: the route
 * names no hop of the recipient's.
 */
export type RecordPlace = 'above' | 'at' | 'below' | 'unknown';

/**
 * A header field as far as its place goes; `results` says who and what it speaks of, when asked.
 */
export interface PlacedField {
  readonly name: string;
  readonly offset: number;
}

/** Who wrote a field of results (authserv-id, receiver), and of which methods, in lower case. */
export interface RecordClaim {
  readonly id: string | null;
  readonly methods: readonly string[];
}

type RouteHop = BoundaryHop & RecordingHop & { readonly trusted: boolean; readonly offset: number };

/**
 * Fields below a Received field that are looked at for a provider's run; a real one has under 20.
 */
const RECORD_RUN_MAX = 40;

/**
 * The Received field with which the recipient's side took the message in; null where none is known.
 * What another customer of the same provider wrote stands below it, though the provider wrote it
 * too.
 */
export function takingHop<Hop extends RouteHop>(route: readonly Hop[]): Hop | null {
  const tenant = tenantHop(route);
  if (tenant !== null) return tenant;
  const client = boundaryClient(route);
  if (client !== null) return client.hop;
  let oldest: Hop | null = null;
  for (const hop of route)
    if (hop.trusted && (oldest === null || hop.offset > oldest.offset)) oldest = hop;
  return oldest;
}

/**
 * Tells for each field of results where it stands (RFC 8601 section 5). `headers`: all fields of
 * the message, in order.
 */
export function recordPlaces<Field extends PlacedField>(
  headers: readonly Field[],
  route: readonly RouteHop[],
  claimOf: (field: Field) => RecordClaim,
): (field: Field) => RecordPlace {
  const hop = takingHop(route);
  if (hop === null) return () => 'unknown';
  const run = ownRun(headers, hop, claimOf);
  return (field) => {
    if (field.offset < hop.offset) return 'above';
    return run.has(field) ? 'at' : 'below';
  };
}

/** The fields that the provider itself wrote directly below its Received field. */
function ownRun<Field extends PlacedField>(
  headers: readonly Field[],
  hop: RouteHop,
  claimOf: (field: Field) => RecordClaim,
): ReadonlySet<Field> {
  const run = new Set<Field>();
  const form = recordingForm(hop);
  if (form === null) return run;
  const first = headers.findIndex(({ offset }) => offset === hop.offset) + 1;
  if (first === 0) return run;
  const said = new Set<string>();
  for (const field of headers.slice(first, first + RECORD_RUN_MAX)) {
    const name = field.name.toLowerCase();
    if (!isResults(name)) {
      if (form.beside?.test(name)) continue;
      break;
    }
    const claim = claimOf(field);
    const keys = claim.methods.map((method) => `${name} ${method}`);
    // A provider says each thing once, under whichever of its names: who says it again is another.
    if (!form.isOwn(claim.id ?? '') || keys.some((key) => said.has(key))) break;
    for (const key of keys) said.add(key);
    run.add(field);
    if (name === form.last) break;
  }
  return run;
}

type RecordingForm = Pick<RecordsBelow, 'beside' | 'last'> & {
  isOwn(id: string): boolean;
};

/** How the host of this hop records below its field; null where nothing says that it does. */
function recordingForm({ by, recordsAs }: RouteHop): RecordingForm | null {
  if (recordsAs !== undefined)
    return { isOwn: (id) => recordsAs.includes(id), beside: BESIDE_MILTERS, last: null };
  const host = by?.toLowerCase() ?? '';
  const form = providerOf(host)?.recordsBelow;
  if (form === undefined || !form.hosts.test(host)) return null;
  return { ...form, isOwn: (id) => form.ids.test(id) };
}

/** What the usual filters of a mail server add in the same run. */
const BESIDE_MILTERS =
  /^(?:dkim-filter|dmarc-filter|x-virus-[a-z-]+|x-spam-[a-z-]+|x-spamd-[a-z-]+|x-rspamd-[a-z-]+|x-greylist)$/;

/** Whether a field of this name, in any case, holds results. */
export function isResults(name: string): boolean {
  if (name.length === SPF_FIELD.length) return name.toLowerCase() === SPF_FIELD;
  return name.length === RESULTS_FIELD.length && name.toLowerCase() === RESULTS_FIELD;
}

const RESULTS_FIELD = 'authentication-results';
const SPF_FIELD = 'received-spf';
