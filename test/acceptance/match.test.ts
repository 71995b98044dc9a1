import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  GENERIC_HEADER,
  genericLine,
  inventVintages,
  reportLine,
} from '../../bench/generator/rolls.ts';
import { randomFrom } from '../../src/core/base/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';
import { collected, opened } from '../kit/case.ts';
import { tocsin } from '../kit/tocsin.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-match-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const at = (...names: readonly string[]): string => join(root, ...names);

const random = randomFrom('match-acceptance', nodeKernels);
const rolls = { people: 900, vintages: 1, churn: 0, emailShare: 0.5 };
const roll = inventVintages(rolls, random)[0]!;
const strangers = inventVintages(rolls, random.fork('strangers'))[0]!;
const asked = [...roll.slice(0, 300), ...strangers.slice(0, 200)];
writeFileSync(at('roll.csv'), GENERIC_HEADER + roll.map(genericLine).join(''));
writeFileSync(
  at('reports.jsonl'),
  `${asked.map((row, n) => reportLine(`r${n}`, row)).join('')}not a report\n`,
);
writeFileSync(at('passphrase'), 'correct horse battery\n');

const [hub, county] = [at('hub'), at('county')];
const run = (...words: readonly string[]) =>
  tocsin(['match', ...words, '--passphrase-file', at('passphrase')]);
const only = (folder: string): string => join(folder, readdirSync(folder)[0]!);

/** The key by hand: what a person compares when they look at two lists. */
const keyOf = ({ first, last, line, zip }: (typeof roll)[number]): string =>
  [first, last, /^\d+/.exec(line)?.[0], zip]
    .join('|')
    .toUpperCase()
    .replace(/[ .'-]/g, '');

test('a hub and a county go through the exchange of the manual', async () => {
  const terms = ['--incident', 'october-2020', '--epoch', 'test', '--until', '2999-12-31'];
  const commit = await run('commit', at('reports.jsonl'), '--dir', hub, ...terms);
  expect(commit).toMatchObject({ code: 1 });
  expect(commit.err).toContain('1 lines are no reports');
  const from = ['--commitment', join(hub, 'commitment.tocsin'), '--county', 'Test County'];
  const wish = [...from, '--cells', 'party', '--libsodium-only'];
  const encode = await run('encode', at('roll.csv'), '--dir', county, ...wish);
  expect(encode).toMatchObject({ code: 0, err: '' });
  const exchange = only(join(county, 'exchanges'));
  const query = await run('query', join(exchange, 'tags.tocsin'), '--dir', hub);
  const answer = await run(
    'answer',
    join(only(join(hub, 'counties')), 'query.tocsin'),
    '--dir',
    county,
  );
  for (const { code, out } of [encode, query, answer]) {
    expect(code).toBe(0);
    expect(out).toMatch(/Written: .*\n\nWhat the (hub|county) learns from it:\n {2}\+/);
    expect(out).toContain('What stays hidden:');
  }
  const counted = await run('count', join(exchange, 'answer.tocsin'), '--dir', hub, '--json');
  const found = JSON.parse(counted.out) as { matched: number; asked: number; records: number };
  const onRoll = new Set(roll.map(keyOf));
  const people = new Set(asked.map(keyOf));
  expect(found).toMatchObject({
    asked: people.size,
    records: onRoll.size,
    matched: [...people].filter((key) => onRoll.has(key)).length,
  });

  const replay = await run(
    'answer',
    join(only(join(hub, 'counties')), 'query.tocsin'),
    '--dir',
    county,
  );
  expect(replay).toMatchObject({ code: 2, out: '' });
  expect(replay.err).toContain('[match-query-replayed]');
  const log = readFileSync(join(county, 'match-log.jsonl'), 'utf8');
  expect(log).toContain('"code":"match-query-replayed","did":"refused"');
  const closed = await tocsin(['match', 'close', '--dir', county]);
  expect(closed.out).toContain('1 key destroyed');
  // Neither log nor files to send name anybody.
  const sent = ['tags', 'answer'].map((name) =>
    readFileSync(join(exchange, `${name}.tocsin`), 'latin1'),
  );
  for (const { last } of roll.slice(0, 50))
    expect([log, ...sent].join('')).not.toContain(`|${last}|`);
});

test('an auditor has reports opened, and sees whether they were on the list', async () => {
  const opened = await run('open', '--dir', hub, '--places', '1,7,500');
  expect(opened).toMatchObject({ code: 0, err: '' });
  expect(opened.out).toContain('What the auditor learns from it:');
  const [file, commitment] = [join(hub, 'opened.json'), join(hub, 'commitment.tocsin')];
  const audit = (path: string) => tocsin(['match', 'audit', path, '--commitment', commitment]);
  const { code, out } = await audit(file);
  expect(code).toBe(0);
  expect(out).toContain(`  1  r0  name|${keyOf(asked[0]!)}`);
  expect(out).toContain('  500  r499  ');
  const forged = readFileSync(file, 'utf8').replace('"id": "r6"', '"id": "r8"');
  writeFileSync(at('forged.json'), forged);
  const refused = await audit(at('forged.json'));
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('report 7 is not what the hub committed itself to');
  const beyond = await run('open', '--dir', hub, '--places', '501');
  expect(beyond).toMatchObject({ code: 2 });
});

test('with --case what was refused, and what was done, stands in the log of the case', async () => {
  const folder = at('case');
  await (await opened(folder)).close();
  const query = join(only(join(hub, 'counties')), 'query.tocsin');
  const answer = join(only(join(county, 'exchanges')), 'answer.tocsin');
  const refused = await run('answer', query, '--dir', county, '--case', folder);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(await run('count', answer, '--dir', hub, '--case', folder)).toMatchObject({ code: 0 });
  const reading = await opened(folder, { write: false });
  const acts = await collected(reading.store.acts());
  await reading.close();
  const digest = (path: string) => nodeKernels.sha256(readFileSync(path));
  expect(acts).toMatchObject([
    {
      kind: 'match-refused',
      body: { code: 'match-query-replayed', step: 'answer', file: digest(query) },
    },
    { kind: 'match-counted', body: { county: 'Test County', file: digest(answer) } },
  ]);
  expect(await tocsin(['verify', folder])).toMatchObject({ code: 0 });
  // A case that is none: the step is not taken, since it could not be logged.
  const before = readFileSync(join(hub, 'match-log.jsonl'), 'utf8');
  const nowhere = await run('count', answer, '--dir', hub, '--case', at('nowhere'));
  expect(nowhere).toMatchObject({ code: 2, out: '' });
  expect(nowhere.err).toContain('[case-unknown]');
  expect(readFileSync(join(hub, 'match-log.jsonl'), 'utf8')).toBe(before);
});

test('a folder that cannot be one is said, and is no defect', async () => {
  const terms = ['--incident', 'a', '--epoch', 'b', '--until', '2999-12-31'];
  const folder = join(at('roll.csv'), 'hub');
  const { code, err } = await run('commit', at('reports.jsonl'), '--dir', folder, ...terms);
  expect(code).toBe(2);
  expect(err).toContain('cannot be used (ENOTDIR) [match-unreadable]');
});

test('wrong use is said before anything is computed', async () => {
  for (const [words, said] of [
    [['encode', at('roll.csv')], '--dir DIR'],
    [['decode'], 'name the step'],
    [['commit', at('reports.jsonl'), '--dir', at('x'), '--incident', 'a'], '--epoch'],
    [
      [
        'commit',
        at('r'),
        '--dir',
        at('x'),
        '--incident',
        'a',
        '--epoch',
        'b',
        '--until',
        '2020-01-01',
      ],
      '2020-01-01 is over',
    ],
    [['answer', '--dir', at('x')], 'name the file'],
  ] as const) {
    const { code, err } = await run(...words);
    expect(code).toBe(2);
    expect(err).toContain(said);
  }
});
