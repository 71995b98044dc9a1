import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  curve,
  kernels,
  TERMS as PRACTICE,
  people,
  primitives,
} from '../../../test/kit/exchange.ts';
import { readTagHeader, renderQuery, renderTags, SPIKES } from '../../core/psi/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { askCounty, commitList, encodeRoll, type RollRecords, readLedger } from '../psi/index.ts';
import { type MatchStep, matchAnswer, matchCount, matchEncode, matchQuery } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-refusals-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const at = (...names: readonly string[]): string => join(root, ...names);

const PASSPHRASE = 'correct horse battery';
const desk = (name: string) => ({
  primitives,
  folder: at(name),
  now: '2020-10-22T10:00:00.000Z',
  pace: () => undefined,
  cost: { memoryLog2: 6, passes: 1 },
});
const TERMS = { ...PRACTICE, epochEnds: '2999-12-31' };
const roll: RollRecords = {
  identities: people(0, 250),
  cells: people(0, 250).map((_, n) => (n % 2 === 0 ? 'DEM||' : 'REP||')),
  releases: [],
};

/**
 * One honest exchange up to its query, and what a stranger or a bad line could make of its files.
 */
async function begun(hub: string, county: string, epoch: string, quota: number) {
  const reports = people(100, 310).map((identity, n) => ({ id: `r${n}`, identity }));
  const terms = { ...TERMS, epoch };
  const made = commitList(desk(hub), { terms, reports, passphrase: PASSPHRASE });
  if (!made.ok) throw new Error(made.failure.code);
  const commitment = readFileSync(made.value.path);
  const order = { commitment, county: 'Test', roll, quota, passphrase: PASSPHRASE };
  const tags = await encodeRoll(desk(county), {
    ...order,
    allowNotice: null,
    multiplier: 'x25519',
  });
  if (!tags.ok) throw new Error(tags.failure.code);
  const bytes = readFileSync(tags.value.path);
  const query = await askCounty(desk(hub), { tags: bytes, passphrase: PASSPHRASE });
  if (!query.ok) throw new Error(query.failure.code);
  return { tags: bytes, query: readFileSync(query.value.path), commitment };
}

/** Runs a step as the command line would; the passphrase comes from a file. */
async function step(run: MatchStep, folder: string, bytes: Uint8Array, more: object = {}) {
  const file = at(`sent-${nodeKernels.sha256(bytes).slice(0, 12)}`);
  writeFileSync(file, bytes);
  writeFileSync(at('passphrase'), `${PASSPHRASE}\n`);
  const options = { 'passphrase-file': at('passphrase'), ...more } as { [name: string]: string };
  const said: string[] = [];
  const outcome = await run(
    {
      file,
      files: [file],
      folder: at(folder),
      order: { option: (name) => options[name] ?? null, given: (name) => name in options },
    },
    {
      terminal: {
        write: async (text) => void said.push(text),
        say: (line) => void said.push(line),
        draw: () => undefined,
      },
      progress: { update: () => undefined, finish: () => undefined },
      onInterrupt: () => undefined,
    },
  );
  return { outcome, said: said.join('\n') };
}

function lastOf(folder: string) {
  const ledger = readLedger(at(folder));
  if (!ledger.ok) throw new Error(ledger.failure.code);
  return ledger.value.at(-1);
}

describe('a file that a county cannot answer is refused by name, and that is logged', () => {
  let one: Awaited<ReturnType<typeof begun>>;
  let other: Awaited<ReturnType<typeof begun>>;
  let poor: Awaited<ReturnType<typeof begun>>;
  let old: Awaited<ReturnType<typeof begun>>;
  beforeAll(async () => {
    one = await begun('hub', 'county', '2020-10', 20_000);
    other = await begun('hub-2', 'county', '2020-10', 20_000);
    old = await begun('hub-3', 'county', '2020-09', 20_000);
    poor = await begun('hub-4', 'poor', '2020-10', 210);
  });

  /** The query of `one` with other elements or another head. */
  const remade = (
    change: (elements: Uint8Array[]) => readonly Uint8Array[],
    head: { readonly epoch?: string; readonly tags?: string } = {},
  ): Uint8Array => {
    const { query, tags } = one;
    const opened = readTagHeader(kernels, tags);
    if (!opened.ok) throw new Error(opened.failure.code);
    const { header } = opened.value;
    const body = query.subarray(query.length - 32 - (210 + SPIKES) * 32, query.length - 32);
    const elements = Array.from({ length: 210 + SPIKES }, (_, n) =>
      Uint8Array.from(body.subarray(n * 32, n * 32 + 32)),
    );
    const commitment = { ...header.commitment, epoch: head.epoch ?? header.commitment.epoch };
    return renderQuery(primitives, {
      header: { ...header, commitment },
      tags: head.tags ?? kernels.sha256(tags),
      elements: change(elements),
    });
  };

  test.each<[string, string, () => Uint8Array]>([
    [
      'a point off the curve',
      'match-point-invalid',
      () => remade((e) => e.with(5, new Uint8Array(32).fill(255).with(0, 0))),
    ],
    ['the identity', 'match-point-identity', () => remade((e) => e.with(5, new Uint8Array(32)))],
    ['a duplicate', 'match-point-twice', () => remade((e) => e.with(5, e[6]!))],
    [
      'more people than were committed to',
      'match-query-size',
      () => remade((e) => [...e, curve.fromUniform(new Uint8Array(64).fill(9))]),
    ],
    ['below the minimum batch', 'match-query-size', () => remade((e) => e.slice(0, 150))],
    ['another epoch', 'match-epoch-other', () => remade((e) => e, { epoch: '2020-08' })],
    [
      'a key that this county never had',
      'match-exchange-unknown',
      () => remade((e) => e, { tags: 'cd'.repeat(32) }),
    ],
    ['a cut query', 'match-file-truncated', () => one.query.subarray(0, -100)],
    ['an altered query', 'match-file-damaged', () => one.query.with(3000, one.query[3000]! ^ 1)],
    ['the tag file itself', 'match-file-kind', () => one.tags],
    ['foreign bytes', 'match-file-foreign', () => new Uint8Array(500).fill(65)],
  ])('%s: %s', async (_, code, bytes) => {
    const sent = bytes();
    const { outcome, said } = await step(matchAnswer, 'county', sent);
    expect(outcome).toBe(2);
    expect(said).toContain(`[${code}]`);
    expect(lastOf('county')).toMatchObject({
      did: 'refused',
      step: 'answer',
      code,
      file: kernels.sha256(sent),
    });
  });

  test('over quota, then an honest query of the same county once, then its replay', async () => {
    const honest = await step(matchAnswer, 'poor', poor.query);
    expect(honest.outcome).toBe(0);
    const again = await step(matchAnswer, 'poor', poor.query);
    expect(again.said).toContain('[match-query-replayed]');
    expect(lastOf('poor')).toMatchObject({ did: 'refused', code: 'match-query-replayed' });
    // The quota of the epoch is spent: not even tags are made for another list.
    writeFileSync(at('commitment'), other.commitment);
    writeFileSync(at('roll.csv'), rollText());
    const more = { commitment: at('commitment'), county: 'Test', quota: '210' };
    const encode = await step(matchEncode, 'poor', readFileSync(at('roll.csv')), more);
    expect(encode).toMatchObject({ outcome: 2 });
    expect(encode.said).toContain('[match-quota]');
    expect(lastOf('poor')).toMatchObject({ did: 'refused', step: 'encode', code: 'match-quota' });
  });

  test('at the hub: cut tags, tags for another list, an answer to another query', async () => {
    for (const [bytes, code] of [
      [one.tags.subarray(0, 800), 'match-file-truncated'],
      [other.tags, 'match-key-other'],
      [old.tags, 'match-key-other'],
      [tagsWithLie(), 'match-file-rule'],
    ] as const) {
      const { outcome, said } = await step(matchQuery, 'hub', bytes);
      expect([outcome, said.includes(`[${code}]`)]).toEqual([2, true]);
      expect(lastOf('hub')).toMatchObject({ did: 'refused', step: 'query', code });
    }
    const count = await step(matchCount, 'hub', one.query);
    expect(count.said).toContain('[match-file-kind]');
    expect(lastOf('hub')).toMatchObject({ did: 'refused', step: 'count', code: 'match-file-kind' });
  });

  /** Tags whose releases break a rule: a lie that a sound checksum covers. */
  function tagsWithLie(): Uint8Array {
    const opened = readTagHeader(kernels, one.tags);
    if (!opened.ok) throw new Error(opened.failure.code);
    const release = { id: 'a', asOf: '2020-10-01', subset: false, jurisdiction: 'FL' };
    return renderTags(kernels, {
      header: { ...opened.value.header, releases: [release, release] },
      places: Float64Array.of(0.25, 0.5),
      cellOf: Uint16Array.of(0, 0),
      labels: ['a'],
    });
  }
});

const rollText = (): string =>
  `VoterId,FirstName,LastName,Street,City,Zip\n${people(0, 250)
    .map((_, n) => `${n},Ada,Wexlow${n},${n + 1} Oak St,Town,32601\n`)
    .join('')}`;
