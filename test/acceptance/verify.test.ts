import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rederive } from '../../src/app/ports/index.ts';
import { type VerifyReport, verifyCase } from '../../src/app/verification/index.ts';
import { nodeKernels as kernels } from '../../src/host/kernels/index.ts';
import { AT, asSuperuser, depositTexts, echoFinding, opened, scratchFolder } from '../kit/case.ts';

const scratch = scratchFolder();
const pristine = join(scratch.path, 'pristine');
let count = 0;
let digests: readonly string[] = [];

/** Longer than a page: PostgreSQL keeps it beside the table. */
const LONG = 'x'.repeat(50_000);

/** The echo stage's method, for re-derivation. */
const echo: Rederive = async ({ inputs: [input] }) => ({
  echo: input === 'long' ? LONG : input!,
});

const silent = { update: () => undefined, note: () => undefined, finish: () => undefined };

beforeAll(async () => {
  const handle = await opened(pristine);
  const first = await depositTexts(handle, ['one', 'two', 'three']);
  digests = first.map(({ exhibit }) => exhibit.digest);
  await handle.store.addFindings(digests.map((digest) => echoFinding(digest)));
  await handle.store.addAct({ kind: 'grade', by: 'ann', at: AT, reason: 'seen', body: { to: 2 } });
  await depositTexts(handle, ['four']);
  await handle.store.addFindings([echoFinding('long', { echo: LONG })]);
  await handle.close();
});
afterAll(() => scratch.remove());

async function verified(folder: string, rederive = echo): Promise<VerifyReport> {
  const handle = await opened(folder, { write: false });
  try {
    const { vault, audit, verifier } = handle;
    const ports = { vault, audit, verifier, kernels, progress: silent, rederive };
    return await verifyCase(ports, { sample: 3 });
  } finally {
    await handle.close();
  }
}

function copyOfCase(): string {
  count += 1;
  const folder = join(scratch.path, String(count));
  cpSync(pristine, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

/** Flips one bit of a file, whatever its mode says. */
function flipBit(path: string, place: (bytes: Buffer) => number): void {
  const bytes = readFileSync(path);
  const at = place(bytes);
  bytes[at] = bytes[at]! ^ 1;
  chmodSync(path, 0o600);
  writeFileSync(path, bytes);
}

/** SQL for a column with its lowest bit flipped somewhere. */
const FLIPS: Readonly<Record<string, (column: string) => string>> = {
  text: (column) => `overlay(${column} placing chr(ascii(${column}) # 1) from 1 for 1)`,
  bytea: (column) => `set_bit(${column}, 0, 1 - get_bit(${column}, 0))`,
  bigint: (column) => `${column} # 64`,
  integer: (column) => `${column} # 1`,
};

const TABLES = ['log_leaf', 'exhibit', 'custody', 'finding', 'act', 'checkpoint'];

const flipText = (column: string): string =>
  `overlay(${column} placing chr(ascii(substr(${column}, 30, 1)) # 1) from 30 for 1)`;

describe('a clean case', () => {
  test('has no problem, and the report says what was checked', async () => {
    const report = await verified(copyOfCase());
    expect(report).toMatchObject({
      log: { size: 9, checkpoints: 5, signed: { size: 9 } },
      facts: { custody: 4, finding: 4, act: 1 },
      vault: { exhibits: 4, bytes: 15, unrecorded: 0 },
      rederived: { same: 3, notPossible: 0 },
      problems: [],
      problemCount: 0,
    });
  });

  test('a finding that its method gives otherwise today is named; one without method is counted', async () => {
    const folder = copyOfCase();
    const other = await verified(folder, async () => ({ echo: 'something else' }));
    expect(other.problems.map(({ code }) => code)).toEqual(
      Array.from({ length: 3 }, () => 'output-not-rederived'),
    );
    const none = await verified(folder, async () => null);
    expect(none).toMatchObject({ rederived: { same: 0, notPossible: 3 }, problemCount: 0 });
  });

  test('a method that breaks is a defect, unless what it reads was damaged', async () => {
    const folder = copyOfCase();
    const broken: Rederive = () => Promise.reject(new TypeError('no such member'));
    await expect(verified(folder, broken)).rejects.toThrow(TypeError);
    rmSync(exhibitPath(folder, digests[0]!));
    expect(await verified(folder, broken)).toMatchObject({
      rederived: { same: 0, notPossible: 3 },
      problems: [{ code: 'exhibit-missing' }],
    });
  });

  test('a file that was kept but not recorded is no problem: a crash leaves such', async () => {
    const folder = copyOfCase();
    const handle = await opened(folder);
    await handle.vault.keep(
      (async function* () {
        yield Buffer.from('kept only');
      })(),
    );
    await handle.close();
    expect(await verified(folder)).toMatchObject({ vault: { unrecorded: 1 }, problemCount: 0 });
  });
});

type Items = readonly Record<string, unknown>[];

const exhibitPath = (folder: string, digest: string): string =>
  join(folder, 'vault', digest.slice(0, 2), digest);

const IN_FILES: readonly (readonly [string, (folder: string) => void, Items])[] = [
  [
    'a bit in a vault file',
    (folder) => flipBit(exhibitPath(folder, digests[1]!), () => 0),
    [{ code: 'exhibit-altered', at: 1, found: kernels.sha256(Buffer.from('uwo')) }],
  ],
  [
    'a vault file gone',
    (folder) => rmSync(exhibitPath(folder, digests[2]!)),
    [{ code: 'exhibit-missing', at: 2 }],
  ],
  [
    'a file that does not belong in the vault',
    (folder) => writeFileSync(join(folder, 'vault/note.txt'), 'x'),
    [{ code: 'vault-foreign-file', name: 'note.txt' }],
  ],
  [
    'a bit in log/checkpoint',
    (folder) => flipBit(join(folder, 'log/checkpoint'), (bytes) => bytes.indexOf('\n9\n') + 5),
    [{ code: 'published-signature-wrong' }],
  ],
  [
    'log/checkpoint gone',
    (folder) => rmSync(join(folder, 'log/checkpoint')),
    [{ code: 'published-missing' }],
  ],
];

/** Statements that run with the append-only triggers off. */
const IN_TABLES: readonly (readonly [string, string, Items])[] = [
  [
    'a bit in a leaf body',
    `update log_leaf set body = ${flipText('body')} where index = 4`,
    [{ code: 'leaf-altered', index: 4, part: 'body' }],
  ],
  [
    'a bit in a leaf hash',
    'update log_leaf set leaf_hash = set_bit(leaf_hash, 77, 1 - get_bit(leaf_hash, 77)) where index = 2',
    [{ code: 'leaf-altered', index: 2, part: 'hash' }],
  ],
  [
    'a leaf and its hash, made to fit each other',
    `update log_leaf set body = ${flipText('body')},
       leaf_hash = sha256('\\x00'::bytea || convert_to(${flipText('body')}, 'UTF8')) where index = 6`,
    [
      { code: 'row-differs', table: 'act', index: 6 },
      { code: 'checkpoint-root-differs', size: 7 },
    ],
  ],
  [
    'a leaf gone',
    'delete from log_leaf where index = 6',
    [
      { code: 'leaf-missing', index: 6 },
      { code: 'row-unlogged', table: 'act', index: 6 },
    ],
  ],
  [
    'a bit in a checkpoint note',
    `update checkpoint set note = ${flipText('note')} where size = 6`,
    [{ code: 'checkpoint-signature-wrong', size: 6 }],
  ],
  [
    "a checkpoint's root column",
    'update checkpoint set root = set_bit(root, 3, 1 - get_bit(root, 3)) where size = 7',
    [{ code: 'checkpoint-row-differs', size: 7, column: 'root' }],
  ],
  [
    "a checkpoint's peaks",
    'update checkpoint set peaks = set_bit(peaks, 3, 1 - get_bit(peaks, 3)) where size = 9',
    [{ code: 'checkpoint-row-differs', size: 9, column: 'peaks' }],
  ],
  [
    'a bit in a finding output',
    `update finding set output = ${flipText('output')} where index = 5`,
    [{ code: 'output-altered', index: 5, finding: expect.any(String) }],
  ],
  [
    "a finding's inputs",
    `update finding set inputs = ${flipText('inputs')} where index = 3`,
    [{ code: 'row-differs', table: 'finding', index: 3 }],
  ],
  [
    "a finding's parameters, made no JSON",
    "update finding set parameters = '{' where index = 3",
    [{ code: 'rows-unreadable', table: 'finding', from: 3, to: 3 }],
  ],
  [
    'a finding gone',
    'delete from finding where index = 4',
    [{ code: 'row-missing', table: 'finding', index: 4 }],
  ],
  [
    'a custody row',
    "update custody set given_by = 'clerj' where index = 0",
    [{ code: 'row-differs', table: 'custody', index: 0, name: 0 }],
  ],
  [
    'an exhibit row',
    'update exhibit set bytes = bytes # 1 where first_index = 1',
    [{ code: 'row-differs', table: 'exhibit', index: 1, name: 1 }],
  ],
  [
    "an exhibit row's digest",
    `update exhibit set digest = ${flipText('digest')} where first_index = 1`,
    [
      { code: 'row-missing', table: 'exhibit', index: 1, name: 1 },
      { code: 'row-unlogged', table: 'exhibit', index: 1 },
    ],
  ],
  [
    'an act',
    "update act set reason = 'reen' where index = 6",
    [{ code: 'row-differs', table: 'act', index: 6 }],
  ],
  [
    'an act added past the log',
    "insert into act values (9, 'grade', 'eve', '2020-10-22T00:00:00.000Z', 'x', '{}')",
    [
      { code: 'leaf-missing', index: 9 },
      { code: 'row-unlogged', table: 'act', index: 9 },
    ],
  ],
];

/** A number for `at` or `name` stands for that exhibit's digest. */
function expected(item: Record<string, unknown>): unknown {
  const { at, name, ...rest } = item;
  return expect.objectContaining({
    ...rest,
    ...(at === undefined ? {} : { exhibit: digests[Number(at)] }),
    ...(name === undefined ? {} : { name: typeof name === 'number' ? digests[name] : name }),
  });
}

describe('what was altered is found and named', () => {
  test('in the files of the case folder', async () => {
    const folder = copyOfCase();
    await asSuperuser(folder, async () => {
      for (const [damage, perform, items] of IN_FILES) {
        perform(folder);
        const report = await verified(folder);
        expect.soft(report.problems, damage).toEqual(items.map(expected));
        for (const part of ['vault', 'log']) {
          rmSync(join(folder, part), { recursive: true });
          cpSync(join(pristine, part), join(folder, part), { recursive: true });
        }
      }
    });
    expect(await verified(folder)).toMatchObject({ problemCount: 0 });
  });

  test('in the tables, by a superuser', async () => {
    const folder = copyOfCase();
    await asSuperuser(folder, async (session) => {
      await session.query('set session_replication_role = replica');
      for (const table of TABLES)
        await session.query(`create table public.${table} as table ${table}`);
      for (const [damage, statement, items] of IN_TABLES) {
        await session.query(statement);
        const report = await verified(folder);
        expect.soft(report.problems, damage).toHaveLength(items.length);
        expect.soft(report.problems, damage).toEqual(expect.arrayContaining(items.map(expected)));
        for (const table of TABLES) {
          await session.script(`delete from ${table}; insert into ${table} table public.${table}`);
        }
      }
    });
    expect(await verified(folder)).toMatchObject({ problemCount: 0 });
  });

  test('a bit of any column of any table', async () => {
    const folder = copyOfCase();
    await asSuperuser(folder, async (session) => {
      await session.query('set session_replication_role = replica');
      await session.query('alter table log_leaf drop constraint log_leaf_kind_check');
      const columns = await session.query(
        `select table_name, column_name, data_type from information_schema.columns
         where table_schema = current_schema() and table_name = any($1) order by 1, ordinal_position`,
        [TABLES],
      );
      expect(columns.length).toBeGreaterThan(30);
      for (const { table_name: table, column_name: column, data_type: type } of columns) {
        const flipped = FLIPS[String(type)]!(String(column));
        const place = `ctid = (select max(ctid) from ${table})`;
        await session.script(`create table public.kept as table ${table}`);
        await session.query(`update ${table} set ${column} = ${flipped} where ${place}`);
        const { problemCount } = await verified(folder);
        expect.soft(problemCount, `${table}.${column}`).toBeGreaterThan(0);
        await session.script(
          `delete from ${table}; insert into ${table} table public.kept; drop table public.kept`,
        );
      }
    });
    expect(await verified(folder)).toMatchObject({ problemCount: 0 });
  });

  test('a store rolled back to an earlier state', async () => {
    const folder = copyOfCase();
    const earlier = join(scratch.path, 'earlier');
    cpSync(join(folder, 'store'), earlier, { recursive: true, verbatimSymlinks: true });
    const handle = await opened(folder);
    await depositTexts(handle, ['five']);
    await handle.close();
    rmSync(join(folder, 'store'), { recursive: true });
    cpSync(earlier, join(folder, 'store'), { recursive: true, verbatimSymlinks: true });
    const { problems } = await verified(folder);
    expect(problems).toEqual([{ code: 'log-rolled-back', published: 10, found: 9 }]);
    await expect(opened(folder)).rejects.toThrow('log-rolled-back');
  });

  test("a bit in raw pages of PostgreSQL's own files", async () => {
    const folder = copyOfCase();
    const marks = { log_leaf: 'record', custody: 'clerk', finding: 'echo', act: 'seen' };
    for (const [table, mark] of Object.entries(marks)) {
      const path = await asSuperuser(folder, async (session) => {
        const [row] = await session.query('select pg_relation_filepath($1) as path', [table]);
        return String(row?.['path']);
      });
      flipBit(join(folder, 'store/data', path), (bytes) => bytes.indexOf(mark));
    }
    const { problems } = await verified(folder);
    for (const table of Object.keys(marks)) {
      const text = expect.stringContaining(`of relation ${table}`);
      expect(problems).toContainEqual(
        expect.objectContaining({ code: 'rows-unreadable', table, text }),
      );
    }
    // Custody and findings stand at places 0-2, 7 and 3-5, 8.
    expect(problems).toHaveLength(6);
  });
});

test('the pristine case holds no file that the vault does not know', () => {
  expect(readdirSync(pristine).sort()).toEqual(['keys', 'log', 'store', 'vault']);
});
