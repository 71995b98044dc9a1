import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type openPsi from '@openmined/psi.js';
import { randomFrom } from '../src/core/base/index.ts';
import {
  askedIdentities,
  blindedElements,
  type Commitment,
  cellAt,
  countHits,
  drawScalar,
  evaluations,
  inputFor,
  readAnswer,
  readQuery,
  readTags,
  renderAnswer,
  renderQuery,
  renderTags,
  rollCells,
  rollPlaces,
  SPIKES,
  type TagHeader,
  type TagMultiplier,
  unblindedPlaces,
} from '../src/core/psi/index.ts';
import { heldCells } from '../src/core/tally/index.ts';
import { nodePrimitives } from '../src/host/psi/index.ts';

/**
 * Private matching against OpenMined's psi.js (P-256 in WebAssembly, no labels): the county's
 * encoding with either multiplier, the whole query, and what a record takes in the file. CPU time
 * (user and system) of this process; rounds alternate, the median counts. `node bench/psi.ts
 * [RECORDS]`; a county of 33,000 unless told.
 */
const RECORDS = Number(process.argv[2] ?? 33_000);
const PEOPLE = 10_000;
/** Slower ways: a part of the records gives the price of each. */
const PART = 3000;
const MILLION = 1_000_000;
const ROUNDS = 3;
/** Party groups of a purple county: 1.9 bits. */
const CELLS = ['DEM', 'DEM', 'DEM', 'REP', 'REP', 'REP', 'NPA', 'NPA', 'NPA', 'other'];

const primitives = await nodePrimitives();
const { curve, kernels } = primitives;
// Its types call it an ES module; Node loads it as CommonJS.
const psi = createRequire(import.meta.url)('@openmined/psi.js') as typeof openPsi.default;
const peer = await psi();

async function cpuSeconds<Made>(work: () => Made): Promise<readonly [seconds: number, made: Made]> {
  const before = process.cpuUsage();
  const made = work();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1e6, made];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!;

const roll = Array.from({ length: RECORDS }, (_, at) => `name|ADA${at}|WEXLOW|${at % 900}|32601`);
const cells = roll.map((_, at) => CELLS[at % CELLS.length]!);
/** Four of ten asked people are on the roll. */
const list = Array.from({ length: PEOPLE }, (_, at) =>
  at % 10 < 4 ? roll[(at * 7) % RECORDS]! : `name|BO${at}|ELSEWHERE|1|32601`,
);
const people = [...new Set(list)];

const commitment: Commitment = {
  incident: 'bench',
  epoch: '2020-10',
  epochEnds: '2020-11-30',
  key: 'name',
  mode: 'count',
  counties: null,
  people: people.length,
  reports: list.length,
  root: 'ab'.repeat(32),
};
const key = drawScalar(curve, randomBytes);
const header: TagHeader = {
  county: 'Bench',
  commitment,
  commitmentDigest: 'ab'.repeat(32),
  publicKey: curve.multiplyBase(key),
  releases: [],
};

const input = inputFor(primitives, { ...commitment, county: header.county });
const placesOf = (records: readonly string[], by: TagMultiplier): Float64Array =>
  Float64Array.from(rollPlaces(primitives, key, { inputs: records.map(input), by }));

function encode(): Uint8Array {
  const merged = rollCells(cells);
  if (!merged.ok) throw new Error(merged.failure.code);
  const places = placesOf(askedIdentities(roll), 'x25519');
  return renderTags(kernels, { header, places, ...merged.value });
}

const ours: number[] = [];
const alone: number[] = [];
const theirs: number[] = [];
let bytes = new Uint8Array(0);
for (let round = 0; round < ROUNDS; round++) {
  const [own, made] = await cpuSeconds(encode);
  bytes = Uint8Array.from(made);
  ours.push(own / RECORDS);
  const part = roll.slice(0, PART);
  const [plain] = await cpuSeconds(() => placesOf(part, 'ristretto255'));
  alone.push(plain / PART);
  const server = peer.server!.createWithNewKey();
  const [other] = await cpuSeconds(() => server.createSetupMessage(1e-6, PEOPLE, part));
  theirs.push(other / PART);
}

const read = readTags(kernels, bytes);
if (!read.ok) throw new Error(read.failure.code);
const tags = read.value;
const seed = randomBytes(32);
const [asking, elements] = await cpuSeconds(() => [
  ...blindedElements(primitives, header, { identities: askedIdentities(people), seed }),
]);
const [answering, [query, answer]] = await cpuSeconds(() => {
  const file = renderQuery(primitives, { header, tags: tags.digest, elements });
  const got = readQuery(primitives, file, {
    header,
    tags: tags.digest,
    answered: false,
    quota: 20_000,
    spent: 0,
    today: '2020-10-22',
  });
  if (!got.ok) throw new Error(got.failure.code);
  const evaluated = [...evaluations(primitives, key, got.value)];
  return [
    got.value,
    renderAnswer(primitives, { header, query: got.value, evaluated, key, draw: randomBytes }),
  ] as const;
});
const [counting, counted] = await cpuSeconds(() => {
  const question = {
    header,
    tags: tags.digest,
    query: query.digest,
    size: elements.length,
    elements: [],
  };
  const got = readAnswer(primitives, answer, question);
  if (!got.ok) throw new Error(got.failure.code);
  return countHits(tags, unblindedPlaces(primitives, { tags, seed, evaluated: got.value }));
});
if (!counted.ok) throw new Error(counted.failure.code);

// The plain join, and every record looked up in the file.
const cellOf = new Map(roll.map((identity, at) => [identity, cells[at]!] as const));
const join = new Map<string, number>();
for (const one of people) {
  const cell = cellOf.get(one);
  if (cell !== undefined) join.set(cell, (join.get(cell) ?? 0) + 1);
}
const wrongCells = counted.value.cells.filter(({ label, hits }) => hits !== (join.get(label) ?? 0));
const some = roll.slice(0, PART);
const placesOfSome = placesOf(some, 'ristretto255');
const wrongRecords = some.filter((identity, at) => {
  const place = placesOfSome[at]!;
  return tags.cells[cellAt(tags, place)]?.label !== cellOf.get(identity);
});

const MONTHS = 12;
const releases = Array.from({ length: MONTHS }, (_, month) => ({
  id: `fl-2020-${month + 1}`,
  asOf: `2020-${String(month + 1).padStart(2, '0')}-01`,
  subset: false,
  jurisdiction: 'FL',
}));

/** Labels of twelve monthly releases; 1.5 % of the records come in a month and as many go. */
function releaseLabels(records: number): readonly string[] {
  const random = randomFrom('bench', kernels);
  const last = MONTHS - 1;
  const held = Array.from({ length: records }, (_, at) => {
    const from = random.chance(0.14) ? random.between(1, last) : 0;
    const until = from === 0 && random.chance(0.16) ? random.between(0, last - 1) : last;
    const months = Array.from({ length: until - from + 1 }, (__, month) => from + month);
    return { stratum: `${CELLS[at % 9]}||`, releases: months };
  });
  return heldCells(held).labels;
}

/** Bits a record of a whole file, at places as even as hashes. */
function bitsOf(labels: readonly string[], listed: TagHeader['releases']): string {
  const random = randomFrom('places', kernels);
  const merged = rollCells(labels);
  if (!merged.ok) throw new Error(merged.failure.code);
  const places = Float64Array.from(merged.value.cellOf, () => random.unit());
  const file = renderTags(kernels, {
    header: { ...header, releases: listed },
    places,
    ...merged.value,
  });
  return ((file.length * 8) / places.length).toFixed(2);
}

const partyBits = [RECORDS, MILLION].map((records) =>
  bitsOf(
    Array.from({ length: records }, (_, at) => CELLS[at % CELLS.length]!),
    [],
  ),
);
const releaseBits = [RECORDS, MILLION].map((records) => bitsOf(releaseLabels(records), releases));

const [own, plain, other] = [median(ours), median(alone), median(theirs)];
const price = (seconds: number): string =>
  `${(seconds * 1e6).toFixed(1)} us a record (a million: ${(seconds * 1e6).toFixed(0)} CPU-s)`;
process.stdout.write(
  [
    `private matching: ${RECORDS} records, ${people.length} asked people, CPU time of one thread`,
    `encode, X25519      ${price(own)}`,
    `encode, libsodium   ${price(plain)} with --libsodium-only (${PART} records)`,
    `encode, OpenMined   ${price(other)} (${PART} records)`,
    `OpenMined / ours    ${(other / own).toFixed(1)}, with --libsodium-only ${(other / plain).toFixed(1)}`,
    `tag file            ${((bytes.length * 8) / (RECORDS + SPIKES)).toFixed(2)} bits a record with ${tags.cells.length} cells`,
    `by parties          ${partyBits.join(' and ')} bits at ${RECORDS} and ${MILLION} records`,
    `and by 12 releases  ${releaseBits.join(' and ')} bits; at most 28`,
    `hub                 ${(asking + counting).toFixed(2)} CPU-s (ask ${asking.toFixed(2)}, count ${counting.toFixed(2)})`,
    `county              ${answering.toFixed(2)} CPU-s to check and answer`,
    `wrong cells         ${wrongCells.length} of ${tags.cells.length - 1} against a plain join, ${wrongRecords.length} of ${PART} records`,
    '',
  ].join('\n'),
);
if (wrongCells.length + wrongRecords.length > 0) process.exitCode = 1;
