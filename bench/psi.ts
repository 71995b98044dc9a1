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
  unblindedPlaces,
} from '../src/core/psi/index.ts';
import { heldCells } from '../src/core/tally/index.ts';
import { nodePrimitives } from '../src/host/psi/index.ts';

/**
 * Private matching against OpenMined's psi.js (P-256 in WebAssembly, no labels): the county's
 * encoding, and the whole query. CPU time (user and system) of this process; rounds alternate, the
 * median counts. `node bench/psi.ts [RECORDS]`; a county of 33,000 unless told.
 */
const RECORDS = Number(process.argv[2] ?? 33_000);
const PEOPLE = 10_000;
/** The peer is slow: a part of the records gives its price for each. */
const PEER_RECORDS = 3000;
const ROUNDS = 3;
/** Party groups of a purple county: 1.6 bits. */
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

function encode(): Uint8Array {
  const merged = rollCells(cells);
  if (!merged.ok) throw new Error(merged.failure.code);
  const input = inputFor(primitives, { ...commitment, county: header.county });
  const places = Float64Array.from(rollPlaces(primitives, key, askedIdentities(roll).map(input)));
  return renderTags(kernels, { header, places, ...merged.value });
}

const ours: number[] = [];
const theirs: number[] = [];
let bytes = new Uint8Array(0);
for (let round = 0; round < ROUNDS; round++) {
  const [own, made] = await cpuSeconds(encode);
  bytes = Uint8Array.from(made);
  ours.push(own / RECORDS);
  const server = peer.server!.createWithNewKey();
  const part = roll.slice(0, PEER_RECORDS);
  const [other] = await cpuSeconds(() => server.createSetupMessage(1e-6, PEOPLE, part));
  theirs.push(other / PEER_RECORDS);
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
const input = inputFor(primitives, { ...commitment, county: header.county });
const some = roll.slice(0, 3000);
const placesOfSome = [...rollPlaces(primitives, key, some.map(input))];
const wrongRecords = some.filter((identity, at) => {
  const place = placesOfSome[at]!;
  return tags.cells[cellAt(tags, place)]?.label !== cellOf.get(identity);
});

/** Bits a record where labels tell twelve monthly releases apart, 1.5 % of the records new a month. */
function bitsWithReleases(): number {
  const random = randomFrom('bench', kernels);
  const months = 12;
  const held = Array.from({ length: Math.round(RECORDS * (1 + 0.015 * (months - 1))) }, (_, at) => {
    const from = random.chance(0.14) ? random.between(1, months - 1) : 0;
    const until = from === 0 && random.chance(0.16) ? random.between(0, months - 2) : months - 1;
    const releases = Array.from({ length: until - from + 1 }, (__, month) => from + month);
    return { stratum: `${CELLS[at % CELLS.length]}||`, releases };
  });
  const merged = rollCells(heldCells(held).labels);
  if (!merged.ok) throw new Error(merged.failure.code);
  const places = Float64Array.from(merged.value.cellOf, () => random.unit());
  return (renderTags(kernels, { header, places, ...merged.value }).length * 8) / places.length;
}

const [own, other] = [median(ours), median(theirs)];
const bits = (bytes.length * 8) / (RECORDS + SPIKES);
process.stdout.write(
  [
    `private matching: ${RECORDS} records, ${people.length} asked people, CPU time of one thread`,
    `encode, ours        ${(own * 1e6).toFixed(1)} us a record (a million: ${(own * 1e6).toFixed(0)} CPU-s)`,
    `encode, OpenMined   ${(other * 1e6).toFixed(1)} us a record (${PEER_RECORDS} records)`,
    `OpenMined / ours    ${(other / own).toFixed(1)}`,
    `tag file            ${bits.toFixed(2)} bits a record with ${tags.cells.length} cells; ${bitsWithReleases().toFixed(2)} with three parties and 12 releases`,
    `hub                 ${(asking + counting).toFixed(2)} CPU-s (ask ${asking.toFixed(2)}, count ${counting.toFixed(2)})`,
    `county              ${answering.toFixed(2)} CPU-s to check and answer`,
    `wrong cells         ${wrongCells.length} of ${tags.cells.length - 1} against a plain join, ${wrongRecords.length} of 3000 records`,
    '',
  ].join('\n'),
);
if (wrongCells.length + wrongRecords.length > 0) process.exitCode = 1;
