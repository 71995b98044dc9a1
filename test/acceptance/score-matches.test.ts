import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tocsin } from '../kit/tocsin.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-replay-matches-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const at = (...names: readonly string[]): string => join(root, ...names);
const only = (folder: string): string => join(folder, readdirSync(folder)[0] ?? '');
const read = (path: string): { readonly [name: string]: unknown } =>
  JSON.parse(readFileSync(path, 'utf8'));

test("a county's tally in the replay is what the real exchange counts", async () => {
  const order = ['replay', 'october-2020', '--seed', '3', '--county-lists', '2', '--out'];
  expect((await tocsin([...order, at('replay')])).code).toBe(0);
  writeFileSync(at('passphrase'), 'correct horse battery\n');
  const run = async (...words: readonly string[]): Promise<void> => {
    const { code, err } = await tocsin(['match', ...words, '--passphrase-file', at('passphrase')]);
    expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
  };
  const [hub, county, office] = [at('hub'), at('county'), at('replay/office')];
  const terms = ['--incident', 'october-2020', '--epoch', '2020-10', '--until', '2999-12-31'];
  await run(
    'commit',
    join(office, 'hub/reports.jsonl'),
    '--dir',
    hub,
    ...terms,
    '--counties',
    '60',
  );
  const from = ['--commitment', join(hub, 'commitment.tocsin'), '--county', 'Brevant County'];
  await run('encode', join(office, 'counties/brevant'), '--dir', county, ...from);
  const exchange = only(join(county, 'exchanges'));
  await run('query', join(exchange, 'tags.tocsin'), '--dir', hub);
  const query = join(only(join(hub, 'counties')), 'query.tocsin');
  await run('answer', query, '--dir', county);
  await run('count', join(exchange, 'answer.tocsin'), '--dir', hub);

  const { list: _, tags: __, ...counted } = read(only(join(hub, 'tallies')));
  const { list: ___, tags: ____, ...written } = read(join(office, 'matches/brevant.json'));
  expect(counted).toEqual(written);
  expect(Number(counted['matched'])).toBeGreaterThan(20);
});
