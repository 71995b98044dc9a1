import { fail, isRecord, ok, parseRecord, type Result } from '../base/index.ts';

/** What a report shows of the recipient, as the message wrote it; absent parts are empty. */
export interface ShownRecipient {
  readonly first: string;
  readonly last: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly email: string;
  readonly party: string;
}

/** A report as it came: `receivedAt` and `channel` in its own words, null where it does not say. */
export interface ExposureReport {
  readonly id: string;
  readonly recipient: ShownRecipient;
  readonly receivedAt: string | null;
  readonly channel: string | null;
}

/** A line that is no report. It names the rule, never what the line holds. */
export type ReportFailure =
  | { readonly code: 'report-not-json' }
  | { readonly code: 'report-rule'; readonly rule: string };

/** Longer than any address or name; the rest is cut, since it can agree with no roll. */
const PART_LENGTH_MAX = 300;

/** Reads one line of a reports file: `{"id","recipient":{...},"receivedAt","channel"}`. */
export function parseReport(line: string): Result<ExposureReport, ReportFailure> {
  const parsed = parseRecord(line);
  if (!parsed.ok) {
    const rule = parsed.failure;
    return fail(rule === 'is JSON' ? { code: 'report-not-json' } : { code: 'report-rule', rule });
  }
  const { value } = parsed;
  const { id, recipient = {} } = value;
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') {
    return fail({ code: 'report-rule', rule: 'id is a name' });
  }
  if (!isRecord(recipient)) return fail({ code: 'report-rule', rule: 'recipient is an object' });
  for (const part of ['email', 'name', 'street', 'city', 'state', 'postalCode', 'party']) {
    const kind = typeof recipient[part];
    if (recipient[part] !== null && kind !== 'string' && kind !== 'undefined') {
      return fail({ code: 'report-rule', rule: `recipient.${part} is a text` });
    }
  }
  const text = (part: string): string => {
    const given = recipient[part];
    return typeof given === 'string' ? given : '';
  };
  const shown = recipientShown({
    name: text('name'),
    street: text('street'),
    city: text('city'),
    state: text('state'),
    zip: text('postalCode'),
    email: text('email'),
    party: text('party'),
  });
  const plain = (given: unknown): string | null => (typeof given === 'string' ? given : null);
  return ok({
    id: String(id),
    recipient: shown,
    receivedAt: plain(value['receivedAt']),
    channel: plain(value['channel']),
  });
}

/** What a message shows of its recipient, each part as it is written there; absent parts empty. */
export function recipientShown({
  name,
  ...parts
}: Omit<ShownRecipient, 'first' | 'last'> & { readonly name: string }): ShownRecipient {
  const plain = (text: string): string => text.slice(0, PART_LENGTH_MAX).trim();
  return {
    ...nameParts(plain(name)),
    street: plain(parts.street),
    city: plain(parts.city),
    state: plain(parts.state),
    zip: plain(parts.zip),
    email: plain(parts.email),
    party: plain(parts.party),
  };
}

const SUFFIXES = new Set(['JR', 'SR', 'II', 'III', 'IV', 'V', 'ESQ']);
const TITLES = new Set(['MR', 'MRS', 'MS', 'DR', 'MISS', 'HON']);
const PARTICLES = new Set(
  'AL BIN DA DE DEL DELA DEN DER DI DOS DU EL LA LAS LE LOS MAC MC SAN SANTA ST VAN VON'.split(' '),
);

const bare = (word: string): string => word.toUpperCase().replace(/[.,]/g, '');

/** First and last name out of `Ada M. Wexlow Jr.` or `WEXLOW, ADA M`; middle names are left out. */
export function nameParts(name: string): { readonly first: string; readonly last: string } {
  const comma = name.indexOf(',');
  const after = comma === -1 ? '' : name.slice(comma + 1).trim();
  if (after !== '' && !SUFFIXES.has(bare(after))) {
    const first = after.split(/\s+/).find((word) => !TITLES.has(bare(word))) ?? '';
    return { first, last: withoutSuffix(name.slice(0, comma).trim().split(/\s+/)).join(' ') };
  }
  const words = withoutSuffix(name.split(/[\s,]+/).filter((word) => word !== ''));
  while (words.length > 1 && TITLES.has(bare(words[0]!))) words.shift();
  if (words.length === 0) return { first: '', last: '' };
  if (words.length === 1) return { first: '', last: words[0]! };
  let at = words.length - 1;
  while (at > 1 && PARTICLES.has(bare(words[at - 1]!))) at -= 1;
  return { first: words[0]!, last: words.slice(at).join(' ') };
}

function withoutSuffix(words: readonly string[]): string[] {
  const kept = [...words];
  while (kept.length > 1 && SUFFIXES.has(bare(kept.at(-1)!))) kept.pop();
  return kept;
}
