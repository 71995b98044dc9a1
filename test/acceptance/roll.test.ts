import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floridaLine, inventVintages, reportLine } from '../../bench/generator/rolls.ts';
import { randomFrom } from '../../src/core/base/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';
import { type Run, tocsin } from '../kit/tocsin.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-roll-'));
const shelf = join(root, 'shelf');
const registers = join(root, 'registers');
const source = join(shelf, 'fl-aug.txt');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const random = randomFrom('roll-acceptance', nodeKernels);
const [rows] = inventVintages({ people: 4000, vintages: 1, churn: 0, emailShare: 0.6 }, random);
const canaries = Array.from({ length: 40 }, (_, at) => ({
  email: `canary${at}@office.example`,
  first: 'Ada',
  last: `Canary${at}`,
  street: `${at + 1} ELM ST`,
  city: 'TOWN A0',
  zip: '99000',
}));

const release = (id: string, to: string, ...more: string[]): Promise<Run> =>
  tocsin([
    'roll',
    'release',
    source,
    '--to',
    to,
    '--id',
    id,
    '--out',
    join(shelf, `${id}.txt`),
    '--register',
    join(registers, `${id}.json`),
    '--canaries',
    join(root, 'canaries.json'),
    ...more,
  ]);

const add = (
  path: string,
  id: string,
  { jurisdiction = 'FL', asOf = '2020-08-01' } = {},
): Promise<Run> =>
  tocsin(['roll', 'add', path, '--id', id, '--jurisdiction', jurisdiction, '--as-of', asOf]);

let added: Run;
beforeAll(async () => {
  for (const folder of [shelf, registers]) mkdirSync(folder);
  writeFileSync(source, rows!.map(floridaLine).join(''));
  writeFileSync(join(root, 'canaries.json'), JSON.stringify(canaries));
  added = await add(source, 'fl-aug');
});

describe('tocsin roll', () => {
  test('add writes a manifest beside the list and leaves the list alone', () => {
    expect(added).toMatchObject({ code: 0, err: '' });
    const manifest = JSON.parse(readFileSync(join(shelf, 'fl-aug.manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      releaseId: 'fl-aug',
      layoutId: 'fl',
      rowCount: 4000,
      requester: null,
    });
    expect(manifest.sha256).toBe(createHash('sha256').update(readFileSync(source)).digest('hex'));
    expect(manifest.fieldsPresent).toContain('ContactMethod.Email');
  });

  test('a manifest is never written over', async () => {
    const again = await add(source, 'x');
    expect(again.code).toBe(2);
    expect(again.err).toContain('never changed');
  });

  test.each([
    ['a torn row', (text: string) => text.replace(/\n(?=.*\n$)/, '\tDEM\n'), '[roll-row-ragged]'],
    [
      'an id twice',
      (text: string) => text + text.slice(0, text.indexOf('\n') + 1),
      '[roll-id-twice]',
    ],
    ['no rows', () => '', '[roll-empty]'],
  ])('%s leaves no manifest', async (name, change, says) => {
    const path = join(root, `${name.replaceAll(' ', '-')}.txt`);
    writeFileSync(path, change(readFileSync(source, 'utf8')));
    const run = await add(path, 'x');
    expect(run.code).toBe(2);
    expect(run.err).toContain(says);
    expect(existsSync(path.replace('.txt', '.manifest.json'))).toBe(false);
  });

  test('a day that is none is refused before anything is written', async () => {
    const path = join(root, 'day.txt');
    writeFileSync(path, readFileSync(source));
    const run = await add(path, 'x', { asOf: 'August' });
    expect(run).toMatchObject({ code: 2 });
    expect(run.err).toContain('asOf is a day');
    expect(readdirSync(root).filter((name) => name.startsWith('day.'))).toEqual(['day.txt']);
  });

  test('show proposes a mapping that add then reads', async () => {
    const path = join(root, 'own.csv');
    writeFileSync(
      path,
      'Surname;Given name;Home;Post code\nPellby;Ada;12 Elm St;00412\nWexlow;Ira;7 Oak Ave;00412\n',
    );
    const shown = await tocsin(['roll', 'show', path]);
    expect(shown.err).toContain('look twice: ResidenceAddress.ZipCode, ResidenceAddress.Line');
    writeFileSync(join(root, 'own.mapping.json'), shown.out);
    const run = await add(path, 'own', { jurisdiction: 'ZZ' });
    expect(run).toMatchObject({ code: 0 });
    expect(run.out).toContain('2 rows');
  });

  test('copies for two requesters differ in spellings only, and a mailing names the one it came from', async () => {
    const first = await release('fl-aug-a', 'Requester A');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('40 canaries');
    const second = await release(
      'fl-aug-b',
      'Requester B',
      '--like',
      join(registers, 'fl-aug-a.json'),
    );
    expect(second.code).toBe(0);
    expect(statSync(join(registers, 'fl-aug-a.json')).mode & 0o777).toBe(0o600);
    const [a, b] = ['a', 'b'].map((name) =>
      readFileSync(join(shelf, `fl-aug-${name}.txt`), 'utf8').split('\n'),
    );
    expect(a).toHaveLength(4041);
    expect(a).not.toEqual(b);
    const { keys } = JSON.parse(readFileSync(join(registers, 'fl-aug-a.json'), 'utf8'));
    const published = readFileSync(join(shelf, 'fl-aug-a.manifest.json'), 'utf8');
    expect(published).not.toContain(keys.markKey);
    expect(published).not.toContain('office.example');

    // The sender took copy A: what recipients report carries its spellings; two canaries were
    // mailed.
    const shown = new Map(a!.map((line) => line.split('\t')).map((cells) => [cells[1], cells]));
    const mailed = random.shuffle(rows!.filter(({ email }) => email !== '')).slice(0, 60);
    const reports = [
      ...mailed.map((row, at) => {
        const cells = shown.get(row.id)!;
        return reportLine(`r${at}`, { ...row, line: cells[7]!, unit: cells[8]! });
      }),
      ...canaries
        .slice(0, 2)
        .map(({ email }, at) => `${JSON.stringify({ id: `c${at}`, recipient: { email } })}\n`),
    ];
    writeFileSync(join(root, 'reports.jsonl'), reports.join(''));
    const ask = [
      'exposure',
      '--releases',
      shelf,
      '--reports',
      join(root, 'reports.jsonl'),
      '--json',
    ];
    const blind = JSON.parse((await tocsin(ask)).out);
    expect(blind.attribution.posterior[0].probability).toBeLessThan(0.6);
    const run = await tocsin([...ask, '--registers', registers]);
    expect(run.err).toBe('');
    const found = JSON.parse(run.out);
    expect(found.attribution.posterior[0]).toMatchObject({ hypothesis: 'fl-aug-a' });
    expect(found.attribution.posterior[0].probability).toBeGreaterThan(0.99);
    expect(found.attribution.credibleSet).toEqual(['fl-aug-a']);

    const list = await tocsin(['roll', 'list', shelf]);
    expect(list.out.split('\n').filter((line) => line.includes('to Requester'))).toHaveLength(2);
    expect(list.out).toContain('marked  with canaries');

    const forged = JSON.parse(readFileSync(join(registers, 'fl-aug-a.json'), 'utf8'));
    writeFileSync(join(registers, 'fl-aug-a.json'), JSON.stringify({ ...forged, canaries: [] }));
    const refused = await tocsin([...ask, '--registers', registers]);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('[register-commitment]');
  });

  test.each([
    ['no action', [], 'say what to do'],
    ['another action', ['burn', source], 'add, list, show, release'],
    ['an order half given', ['release', source, '--to', 'A'], 'release needs'],
    [
      'a register beside the copy',
      [
        'release',
        source,
        '--to',
        'A',
        '--id',
        'z',
        '--out',
        join(shelf, 'z.txt'),
        '--register',
        join(shelf, 'z.json'),
      ],
      'keep the register away',
    ],
  ])('%s is wrong use', async (_, words, says) => {
    const run = await tocsin(['roll', ...words]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(says);
  });
});
