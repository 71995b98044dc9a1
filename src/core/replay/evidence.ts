import type { Kernels, Random } from '../base/index.ts';
import { ALMERA, countiesBy, GIVEN_NAMES } from '../invented/index.ts';
import {
  type Addressee,
  COUNTYNET,
  type Comment,
  FORM_SHARES,
  type Form,
  houses,
  type Original,
  received,
  type Writer,
  writeHandOver,
} from '../mail-writer/index.ts';
import { ownLetter, plainLetter, screenshotLetter, writeBulk } from './background.ts';
import { BULK, OWN_LETTERS, SINGLE_LETTERS } from './background-wording.ts';
import { commentBy } from './comments.ts';
import { HOTLINE, type Office, officeOf, stateOffice } from './offices.ts';
import type { MakeVoter, Report } from './reports.ts';
import { writeThreat } from './threat.ts';
import { FIRST_REPORT, HOUR, spread, type Volumes } from './volumes.ts';
import type { Voter } from './voters.ts';

/** One message that an office holds, and what is true of each original in it. */
export interface Item {
  readonly at: number;
  readonly office: Office;
  write(): WrittenItem;
}

export interface WrittenItem {
  readonly raw: string;
  readonly envelopeFrom: string;
  readonly form: Form | 'letter' | 'screenshot';
  readonly held: readonly HeldOriginal[];
}

export interface HeldOriginal {
  /** The original's own bytes, and where they are in the item. */
  readonly raw: string;
  readonly bytes: 'clear' | 'encoded' | 'gone';
  readonly shownSender: string;
  readonly subject: string;
  readonly sentAt: number;
  readonly reportedAt: number;
  readonly voter: Voter;
  /** The campaign's mail, or the kind of background. */
  readonly of: Report | { readonly kind: string };
}

/** What all items are written from. */
export interface Desk {
  readonly random: Random;
  readonly kernels: Kernels;
  readonly makeVoter: MakeVoter;
}

/** Most originals in one digest. */
const DIGEST_MAX = 6;

const writerFor = (voter: Voter, client: Writer['client']): Writer => ({
  name: `${voter.given} ${voter.family}`,
  address: voter.email,
  provider: voter.provider,
  client,
  zone: voter.county.zone,
});

/** An item for every report of the campaign; those in digests share one. */
export function reportItems(reports: readonly Report[], desk: Desk): Item[] {
  const alone = reports.filter(({ form }) => !form.form.startsWith('digest'));
  const digests = (['digest-inline', 'digest-attached'] as const).flatMap((form) => {
    const inside = reports.filter((report) => report.form.form === form);
    return chunks(inside, DIGEST_MAX).map((chunk) => digestItem(form, chunk, desk));
  });
  return [...alone.map((report) => reportItem(report, desk)), ...digests];
}

const chunks = <Part>(items: readonly Part[], size: number): Part[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, at * size + size),
  );

/** The same mail has the same bytes in each of its reports. */
const threatOf = (report: Report, desk: Desk): Original =>
  writeThreat(report.mail, desk.random.fork(`mail/${report.mail.key}`), desk.kernels);

function reportItem(report: Report, desk: Desk): Item {
  const { at, form, mail, again } = report;
  const office = again ? stateOffice(mail.recipient.county) : officeOf(mail.recipient.county);
  const write = (): WrittenItem => {
    const original = threatOf(report, desk);
    const random = desk.random.fork(`report/${mail.key}/${again}/${at}`);
    const voter = mail.recipient;
    const wish = { original, voter, at, office, form: form.form, client: form.client };
    return carriedItem(wish, report, random, desk.kernels);
  };
  return { at, office, write };
}

interface Carrying {
  readonly original: Original;
  readonly voter: Voter;
  readonly at: number;
  readonly office: Addressee;
  readonly form: Form;
  readonly client: Writer['client'];
}

function carriedItem(
  wish: Carrying,
  of: HeldOriginal['of'],
  random: Random,
  kernels: Kernels,
): WrittenItem {
  const { original, voter, at, office, form, client } = wish;
  const own = writerFor(voter, client);
  const relative = form.endsWith('-twice') ? relativeOf(own, voter, random) : null;
  const writer = relative ?? own;
  const comment =
    relative === null
      ? commentBy({ voter, reportedAt: at, office: office.name }, random)
      : OF_A_RELATIVE;
  const { raw, carried } = writeHandOver(
    { form, originals: [original], sending: { writer, office, at }, comment, passedOnBy: own },
    random,
    kernels,
  );
  const held = carried.map(({ bytes }) => heldOf(original, { bytes, at, voter, of }));
  return { raw, envelopeFrom: writer.address, form, held };
}

const OF_A_RELATIVE: Comment = {
  spanish: false,
  lines: ['My sister got this one and sent it to me. Please see below.'],
  footer: [],
};

/** Somebody of the same family, with the county's small provider. */
function relativeOf(own: Writer, voter: Voter, random: Random): Writer {
  const given = random.pick(GIVEN_NAMES);
  const address = `${given.toLowerCase()}.${random.hex(6)}@${COUNTYNET.domain}`;
  return { ...own, name: `${given} ${voter.family}`, address, provider: COUNTYNET };
}

const heldOf = (
  original: Original,
  rest: Pick<HeldOriginal, 'bytes' | 'voter' | 'of'> & { readonly at: number },
): HeldOriginal => ({
  raw: original.raw,
  bytes: rest.bytes,
  shownSender: original.shown.address,
  subject: original.subject,
  sentAt: original.sentAt,
  reportedAt: rest.at,
  voter: rest.voter,
  of: rest.of,
});

/** A help line's mail to the state's office, some time after the last report in it. */
function digestItem(form: Form, inside: readonly Report[], desk: Desk): Item {
  const last = inside.at(-1)?.at ?? FIRST_REPORT;
  const random = desk.random.fork(`digest/${form}/${last}`);
  const at = last + Math.floor(random.unit() * 2 * HOUR);
  const office = stateOffice(ALMERA);
  const writer: Writer = {
    ...HOTLINE,
    provider: COUNTYNET,
    client: 'thunderbird',
    zone: ALMERA.zone,
  };
  const comment: Comment = {
    spanish: false,
    lines: ['Colleagues,', '', `below is what ${inside.length} callers have sent us so far.`],
    footer: ['--', HOTLINE.name, 'Tel. (555) 555-0142'],
  };
  const write = (): WrittenItem => {
    const originals = inside.map((report) => threatOf(report, desk));
    const sending = { writer, office, at };
    const { raw, carried } = writeHandOver(
      { form, originals, sending, comment, passedOnBy: null },
      random.fork('words'),
      desk.kernels,
    );
    const held = inside.flatMap((of, place) => {
      const each = carried[place];
      const voter = of.mail.recipient;
      return each === undefined
        ? []
        : [heldOf(each.original, { bytes: each.bytes, at: of.at, voter, of })];
    });
    return { raw, envelopeFrom: writer.address, form, held };
  };
  return { at, office, write };
}

/** Everything else in the offices' mail: bulk that voters hand over too, letters, pictures. */
export function otherItems(volumes: Volumes, desk: Desk): Item[] {
  const singles = [SINGLE_LETTERS.denial, SINGLE_LETTERS.rumour];
  const wanted: readonly (readonly [Kind, number])[] = [
    ...BULK.map((bulk) => [{ bulk }, bulk.share] as const),
    ...OWN_LETTERS.map((letter) => [{ letter }, letter.share] as const),
  ];
  const kinds: readonly Kind[] = [
    ...spread(volumes.background - singles.length, wanted, 1),
    ...Array.from({ length: volumes.screenshots }, () => 'screenshot' as const),
  ];
  const items = kinds.map((kind, place) => otherItem(kind, place, desk));
  return [
    ...items,
    ...singles.map((single, place) => singleItem(single, place === 0 ? 'denial' : 'rumour', desk)),
  ];
}

type Kind =
  | 'screenshot'
  | { readonly bulk: (typeof BULK)[number] }
  | { readonly letter: (typeof OWN_LETTERS)[number] };

/** Share of handed-over bulk mail that comes as a forward, not as a raw file. */
const BULK_FORWARDED = 0.45;

function otherItem(kind: Kind, place: number, desk: Desk): Item {
  const random = desk.random.fork(`other/${place}`);
  const [from, until] = kind === 'screenshot' || 'letter' in kind ? [2, 58] : [-10, 58];
  const at = FIRST_REPORT + Math.floor((from + random.unit() * (until - from)) * HOUR);
  const county = random.weighted(countiesBy('mailed'));
  const forms = FORM_SHARES.filter(([{ form }]) => !/^(?:digest|eml)|-twice$/.test(form));
  const eml = FORM_SHARES[0]?.[0];
  const row = random.chance(BULK_FORWARDED) || eml === undefined ? random.weighted(forms) : eml;
  const voter = desk.makeVoter(
    { county, stale: false, houses: houses(row.client, row.form) },
    random.fork('voter'),
  );
  const office = officeOf(county);
  const write = (): WrittenItem => {
    const draws = random.fork('words');
    if (typeof kind === 'object' && 'bulk' in kind) {
      const sent = { voter, at: at - draws.between(5, 300) * 60_000 };
      const original = writeBulk(kind.bulk, sent, draws, desk.kernels);
      const wish = { original, voter, at, office, form: row.form, client: row.client };
      return carriedItem(wish, { kind: kind.bulk.kind }, draws, desk.kernels);
    }
    const letter =
      kind === 'screenshot'
        ? screenshotLetter(voter, draws, desk.kernels)
        : ownLetter(kind.letter, voter, draws, desk.kernels);
    const writer = writerFor(voter, kind === 'screenshot' ? 'apple' : row.client);
    const raw = received(letter, { writer, office, at }, draws, desk.kernels);
    const form = kind === 'screenshot' ? 'screenshot' : 'letter';
    const of = { kind: kind === 'screenshot' ? 'screenshot' : kind.letter.kind };
    return letterItem({ raw, form, subject: letter.subject, voter, at, of });
  };
  return { at, office, write };
}

function letterItem(item: {
  readonly raw: string;
  readonly form: 'letter' | 'screenshot';
  readonly subject: string;
  readonly voter: Voter;
  readonly at: number;
  readonly of: { readonly kind: string };
}): WrittenItem {
  const { raw, form, subject, voter, at, of } = item;
  const held: HeldOriginal = {
    raw,
    bytes: 'clear',
    shownSender: voter.email,
    subject,
    sentAt: at,
    reportedAt: at,
    voter,
    of,
  };
  return { raw, envelopeFrom: voter.email, form, held: [held] };
}

function singleItem(
  single: (typeof SINGLE_LETTERS)[keyof typeof SINGLE_LETTERS],
  kind: string,
  desk: Desk,
): Item {
  const random = desk.random.fork(`single/${kind}`);
  const at = FIRST_REPORT + random.between(6, 12) * HOUR;
  const office = officeOf(ALMERA);
  const voter = {
    ...desk.makeVoter({ county: ALMERA, stale: false, houses: null }, random),
    email: single.from.address,
  };
  const write = (): WrittenItem => {
    const draws = random.fork('words');
    const letter = plainLetter(single, draws, desk.kernels);
    const writer: Writer = {
      ...writerFor({ ...voter, provider: COUNTYNET }, 'thunderbird'),
      ...single.from,
    };
    const raw = received(letter, { writer, office, at }, draws, desk.kernels);
    return letterItem({ raw, form: 'letter', subject: single.subject, voter, at, of: { kind } });
  };
  return { at, office, write };
}
