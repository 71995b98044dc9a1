import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateAccessLog } from '../../bench/generator/access-log.ts';
import {
  GENERIC_HEADER,
  genericLine,
  type InventedRow,
  inventVintages,
} from '../../bench/generator/rolls.ts';
import { type Random, randomFrom } from '../../src/core/base/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';

/**
 * Invented voters: no list was read for them. Counties are real, so that a map has a place for
 * them.
 */
export interface OfficeCase {
  readonly mail: string;
  readonly releases: string;
  readonly log: string;
  /** Rows of the vintages, oldest first; the last two are the newest. */
  readonly vintages: readonly (readonly InventedRow[])[];
  readonly mailed: readonly InventedRow[];
  /** Record numbers that the portal log gave away, in order. */
  readonly taken: readonly number[];
}

const COUNTIES = ['ALACHUA', 'BREVARD', 'COLLIER', 'DUVAL', 'CITRUS', 'FLAGLER', 'LEON', 'LIBERTY'];

/** Uneven on purpose: the last counties get fewer than 11 of the reports. */
const placed = (rows: readonly InventedRow[]): readonly InventedRow[] =>
  rows.map((row) => ({
    ...row,
    county: COUNTIES[Math.floor((Number.parseInt(row.line, 10) % 40) ** 2 / 200)] ?? 'LEON',
    zip: `32${row.zip.slice(2)}`,
  }));

export function publishRelease(
  folder: string,
  rows: readonly InventedRow[],
  manifest: { readonly releaseId: string; readonly asOf: string } & Record<string, unknown>,
): void {
  mkdirSync(folder, { recursive: true });
  const body = `${GENERIC_HEADER}${rows.map(genericLine).join('')}`;
  const name = manifest.releaseId;
  writeFileSync(join(folder, `${name}.csv`), body);
  writeFileSync(
    join(folder, `${name}.manifest.json`),
    JSON.stringify({
      jurisdiction: 'FL',
      requester: 'A',
      layoutId: 'generic',
      fieldsPresent: ['VoterId', 'Name', 'Address', 'Party', 'Email', 'County'],
      rowFilter: null,
      sha256: createHash('sha256').update(body).digest('hex'),
      rowCount: rows.length,
      strataCounts: {},
      canaryCommit: null,
      markKeyCommit: null,
      derivedFrom: null,
      ...manifest,
    }),
  );
}

/** One threat, filled in from a row of the sender's list; `n` keeps messages apart. */
const threatTo = (row: InventedRow, n: number): string =>
  [
    'Received: from relay.example (relay.example [192.0.2.41]) by mx.mail1.example;',
    ` Tue, 20 Oct 2020 ${String(10 + (n % 12)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}:07 +0000`,
    'From: "The Invented Group" <info@group.example>',
    `To: ${row.first} ${row.last} <${row.email}>`,
    'Subject: Vote or else!',
    `Date: Tue, 20 Oct 2020 ${String(10 + (n % 12)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}:00 +0000`,
    `Message-ID: <m${n}@group.example>`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Dear ${row.first} ${row.last},`,
    '',
    'we are in possession of all your information, your e-mail and your telephone number, and we know',
    `that you live at ${title(row.line)} in ${title(row.city)}, FL ${row.zip}.`,
    `You are registered as a ${PARTY[row.party] ?? 'voter'} and we know it because we have gained access`,
    'into the entire voting infrastructure. You will vote as we say on Election Day or we will come',
    'after you. Change your party affiliation to let us know that you received our message.',
    '',
  ].join('\r\n');

const PARTY: { readonly [code: string]: string } = {
  DEM: 'Democrat',
  REP: 'Republican',
  NPA: 'Independent',
};

const title = (text: string): string =>
  text.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

/** Mail of a campaign, the releases of the list behind it, and the log of the look-up page. */
export function writeOfficeCase(
  root: string,
  { people = 6_000, reports = 160, seed = 'office-case' } = {},
): OfficeCase {
  const random: Random = randomFrom(seed, nodeKernels);
  const wish = { people, vintages: 5, churn: 0.05, emailShare: 0.6 };
  const vintages = inventVintages(wish, random).map(placed);
  const releases = join(root, 'releases');
  for (const [at, rows] of vintages.entries()) {
    const day = `2020-0${at + 4}-01`;
    publishRelease(releases, rows, { releaseId: `fl-${day.slice(0, 7)}`, asOf: day });
  }
  const mailed = random
    .shuffle((vintages[2] ?? []).filter(({ email }) => email !== ''))
    .filter(({ party }) => party === 'DEM' || random.chance(0.14))
    .slice(0, reports);
  const mail = join(root, 'mail');
  mkdirSync(mail, { recursive: true });
  for (const [n, row] of mailed.entries()) {
    writeFileSync(join(mail, `${String(n).padStart(4, '0')}.eml`), threatTo(row, n));
  }
  const month = generateAccessLog({
    seed: 5,
    kind: 'exits',
    visits: 1_500,
    tried: 1_200,
    form: 'combined',
  });
  const log = join(root, 'logs');
  mkdirSync(log, { recursive: true });
  const half = Math.floor(month.lines.length / 2);
  writeFileSync(join(log, 'access.log.1'), `${month.lines.slice(0, half).join('\n')}\n`);
  writeFileSync(join(log, 'access.log'), `${month.lines.slice(half).join('\n')}\n`);
  return { mail, releases, log, vintages, mailed, taken: [...month.numbers] };
}
