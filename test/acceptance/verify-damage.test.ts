import { chmodSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asSuperuser, depositTexts, echoFinding, opened, scratchFolder } from '../kit/case.ts';
import { undocumentedFields } from '../kit/json-page.ts';
import { tocsin } from '../kit/tocsin.ts';

const scratch = scratchFolder();
const pristine = join(scratch.path, 'pristine');
let count = 0;

beforeAll(async () => {
  const handle = await opened(pristine);
  const deposits = await depositTexts(handle, ['one', 'two', 'three']);
  await handle.store.addFindings(deposits.map(({ exhibit }) => echoFinding(exhibit.digest)));
  await handle.close();
});
afterAll(() => scratch.remove());

function copyOfCase(): string {
  count += 1;
  const folder = join(scratch.path, String(count));
  cpSync(pristine, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

function flipBit(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = bytes[at]! ^ 1;
  chmodSync(path, 0o600);
  writeFileSync(path, bytes);
}

describe('damage in what holds no record', () => {
  const pathsOf = (folder: string): Promise<readonly (readonly [string, string])[]> =>
    asSuperuser(folder, async (session) => {
      const rows = await session.query(
        `select relname as name, pg_relation_filepath(oid) as path from pg_class
         where relnamespace = current_schema()::regnamespace
           and (relkind = 'i' and relname not like '%\\_pkey' or relname like 'migration%')`,
      );
      return rows.map(({ name, path }) => [String(name), String(path)] as const);
    });

  test('each is named, every record is read all the same, and nobody is sent in a circle', async () => {
    const folder = copyOfCase();
    const paths = await pathsOf(folder);
    for (const [name, path] of paths) {
      // The first page of an index says where its root is: the second holds the entries.
      flipBit(join(folder, 'store/data', path), (name === 'migration' ? 0 : 8192) + 30);
    }
    const run = await tocsin(['verify', folder, '--json']);
    expect(run).toMatchObject({ code: 1, err: '' });
    const report = JSON.parse(run.out);
    expect(undocumentedFields(report)).toEqual([]);
    const { problems, facts } = report;
    expect(facts).toEqual({ custody: 3, finding: 3, act: 0 });
    expect(paths.map(([name]) => name)).toContain('finding_stage');
    for (const [name] of paths) {
      const text = expect.stringContaining(`of relation ${name}`);
      expect(problems).toContainEqual({ code: 'part-unreadable', name, text });
    }
    const told = await tocsin(['verify', folder]);
    expect(told.out).toContain('finding_stage: the store cannot read this part of itself');
    expect(told.out).not.toContain('tocsin verify');
  });

  test('a catalogue that cannot be read ends in 1 and one line', async () => {
    const broken = copyOfCase();
    const [row] = await asSuperuser(broken, (session) =>
      session.query("select pg_relation_filepath('pg_namespace') as path"),
    );
    flipBit(join(broken, 'store/data', String(row?.['path'])), 30);
    const shut = await tocsin(['verify', broken]);
    expect(shut.code).toBe(1);
    expect(shut.err).toMatch(
      /files are damaged \(.*restore the case from a copy \[store-damaged\]/,
    );
  });

  test.each([
    ['before its store stood', ['store', 'vault', 'log/checkpoint']],
    ['before its vault stood', ['vault', 'log/checkpoint'], true],
  ])(
    'a case that was cut off %s says that nothing was taken in yet',
    async (_, gone, isNew = false) => {
      const folder = isNew ? join(scratch.path, 'new') : copyOfCase();
      if (isNew) await (await opened(folder)).close();
      for (const part of gone) rmSync(join(folder, part), { recursive: true, force: true });
      const run = await tocsin(['verify', folder]);
      expect(run.code).toBe(2);
      expect(run.err).toMatch(/nothing was taken in yet.*\[case-empty\]/);
      expect(existsSync(join(folder, 'store/data'))).toBe(isNew);
    },
  );

  test('a vault that is gone is damage, not an empty case', async () => {
    const folder = copyOfCase();
    rmSync(join(folder, 'vault'), { recursive: true });
    const run = await tocsin(['verify', folder]);
    expect(run.code).toBe(1);
    expect(run.err).toContain('[vault-unusable]');
  });
});
