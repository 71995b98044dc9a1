import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { people, primitives, TERMS } from '../../../test/kit/exchange.ts';
import type { Result } from '../../core/base/index.ts';
import { readTags, renderTags } from '../../core/psi/index.ts';
import {
  answerQuery,
  askCounty,
  commitList,
  countAnswer,
  destroyKeys,
  type ExchangeFailure,
  encodeRoll,
  readLedger,
} from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-psi-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const PASSPHRASE = 'correct horse battery';
const NOW = '2020-10-22T10:00:00.000Z';
const AFTER = '2020-12-01T00:00:00.000Z';

const deskIn = (name: string, now = NOW) => ({
  primitives,
  folder: join(root, name),
  now,
  pace: () => undefined,
  cost: { memoryLog2: 6, passes: 1 },
});
const value = <Value>(result: Result<Value, ExchangeFailure>): Value => {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
};
const codeOf = (result: Result<unknown, ExchangeFailure>): string =>
  result.ok ? 'ok' : result.failure.code;

const reports = people(100, 310).map((identity, at) => ({ id: `r${at}`, identity }));
const roll = {
  releases: [],
  identities: people(0, 250),
  cells: people(0, 250).map((_, at) => `${at % 2}||`),
};
const wish = {
  county: 'Test County',
  roll,
  quota: 500,
  passphrase: PASSPHRASE,
  allowNotice: null,
  multiplier: 'x25519',
} as const;

/** Hub and county up to the query. */
async function begun(name: string, terms = TERMS, county = `county-${name}`) {
  const hub = deskIn(`hub-${name}`);
  const made = value(commitList(hub, { terms, reports, passphrase: PASSPHRASE }));
  const commitment = readFileSync(made.path);
  const allowNotice = terms.mode === 'notice' ? 'order 12' : null;
  const tags = value(await encodeRoll(deskIn(county), { ...wish, commitment, allowNotice }));
  const query = value(
    await askCounty(hub, { tags: readFileSync(tags.path), passphrase: PASSPHRASE }),
  );
  return {
    hub,
    county: deskIn(county),
    commitment,
    tags: tags.path,
    query: readFileSync(query.path),
  };
}

describe('an exchange by files', () => {
  test('counts like a plain join, once', async () => {
    const { hub, county, query } = await begun('whole');
    const answer = value(await answerQuery(county, { query, passphrase: PASSPHRASE }));
    const counted = value(
      await countAnswer(hub, { answer: readFileSync(answer.path), passphrase: PASSPHRASE }),
    );
    expect(counted).toMatchObject({ mode: 'count', count: { asked: 210, hits: 150 } });
    expect(counted.mode === 'count' && counted.count.cells.map(({ hits }) => hits)).toEqual([
      75, 75,
    ]);
    expect(codeOf(await answerQuery(county, { query, passphrase: PASSPHRASE }))).toBe(
      'match-query-replayed',
    );
    expect(value(readLedger(county.folder)).map(({ did }) => did)).toEqual(['encoded', 'answered']);
  });

  test('counts the same where the county multiplies with libsodium alone', async () => {
    const { hub, commitment } = await begun('plain');
    const { curve } = primitives;
    const county = {
      ...deskIn('county-without'),
      primitives: { ...primitives, curve: { ...curve, ladder: () => (u: Uint8Array) => u } },
    };
    await expect(encodeRoll(county, { ...wish, commitment })).rejects.toThrow('agree');
    const plain = { ...wish, commitment, multiplier: 'ristretto255' } as const;
    const { path } = value(await encodeRoll(county, plain));
    const passphrase = PASSPHRASE;
    const query = value(await askCounty(hub, { tags: readFileSync(path), passphrase }));
    const answer = value(
      await answerQuery(county, { query: readFileSync(query.path), passphrase }),
    );
    const counted = await countAnswer(hub, { answer: readFileSync(answer.path), passphrase });
    expect(value(counted)).toMatchObject({ count: { asked: 210, hits: 150 } });
  });

  test('in match mode names the reports, under a logged order', async () => {
    const { hub, county, query, commitment } = await begun('notice', { ...TERMS, mode: 'notice' });
    expect(codeOf(await encodeRoll(deskIn('none'), { ...wish, commitment }))).toBe(
      'match-notice-refused',
    );
    const answer = value(await answerQuery(county, { query, passphrase: PASSPHRASE }));
    const counted = value(
      await countAnswer(hub, { answer: readFileSync(answer.path), passphrase: PASSPHRASE }),
    );
    const wanted = reports.slice(0, 150).map(({ id }, at) => ({ id, cell: `${at % 2}||` }));
    expect(counted).toMatchObject({ mode: 'notice', hits: wanted });
    expect(value(readLedger(county.folder))[0]?.allowed).toBe('order 12');
  });

  test('a key is sealed, opens with its passphrase only, and goes when the epoch ends', async () => {
    const { county, query, tags } = await begun('sealed');
    const key = join(tags, '..', 'key.sealed');
    expect(codeOf(await answerQuery(county, { query, passphrase: 'wrong horse battery' }))).toBe(
      'match-passphrase',
    );
    expect(destroyKeys(county, 'over')).toBe(0);
    expect(existsSync(key)).toBe(true);
    const later = { ...county, now: AFTER };
    expect(destroyKeys(later, 'over')).toBe(1);
    expect(readdirSync(join(tags, '..'))).toEqual(['tags.tocsin']);
    expect(codeOf(await answerQuery(later, { query, passphrase: PASSPHRASE }))).toBe(
      'match-epoch-over',
    );
    expect(codeOf(await answerQuery(county, { query, passphrase: PASSPHRASE }))).toBe(
      'match-key-gone',
    );
  });

  test('a key is destroyed where its tag file cannot be read, and a damaged one is told', async () => {
    const { county, query, tags } = await begun('damaged');
    const key = join(tags, '..', 'key.sealed');
    const sealed = readFileSync(key);
    for (const head of [
      [0, 1],
      [6, 0],
      [99, 1],
    ]) {
      writeFileSync(key, Buffer.concat([Uint8Array.from(head), sealed.subarray(2)]));
      const answer = await answerQuery(county, { query, passphrase: PASSPHRASE });
      expect(codeOf(answer)).toBe('match-key-gone');
    }
    writeFileSync(tags, 'TOCSIN-MATCH/2 tags\n');
    expect(destroyKeys(county, 'over')).toBe(1);
    expect(existsSync(key)).toBe(false);
  });

  test('tags under other terms than those of the commitment are refused', async () => {
    const { hub, tags } = await begun('terms');
    const read = value(readTags(primitives.kernels, readFileSync(tags)));
    const commitment = { ...read.header.commitment, counties: 3 };
    const bytes = renderTags(primitives.kernels, {
      header: { ...read.header, commitment },
      places: Float64Array.of(0.25, 0.5),
      cellOf: Uint16Array.of(0, 0),
      labels: ['a'],
    });
    expect(codeOf(await askCounty(hub, { tags: bytes, passphrase: PASSPHRASE }))).toBe(
      'match-file-rule',
    );
  });

  test('a line of the log that a full disk cut short does not spoil the log', async () => {
    const { county, tags } = await begun('torn');
    const log = join(county.folder, 'match-log.jsonl');
    writeFileSync(log, `${readFileSync(log, 'utf8')}{"at":"2020-10-22T10:`);
    expect(value(readLedger(county.folder)).map(({ did }) => did)).toEqual(['encoded']);
    expect(destroyKeys(county, 'all')).toBe(1);
    expect(value(readLedger(county.folder)).map(({ did }) => did)).toEqual([
      'encoded',
      'destroyed',
    ]);
    expect(existsSync(tags)).toBe(true);
  });

  test('the quota counts all exchanges of an epoch', async () => {
    const first = await begun('quota-1', TERMS, 'county-quota');
    const second = await begun('quota-2', TERMS, 'county-quota');
    const third = await begun('quota-3', TERMS, 'county-quota');
    const answers = [];
    for (const { county, query } of [first, second, third]) {
      answers.push(codeOf(await answerQuery(county, { query, passphrase: PASSPHRASE })));
    }
    expect(answers).toEqual(['ok', 'ok', 'match-quota']);
    const again = await encodeRoll(first.county, { ...wish, commitment: first.commitment });
    expect(codeOf(again)).toBe('match-quota');
  });

  test('an epoch of another name has no quota of its own before a month is over', async () => {
    const county = 'county-renamed';
    const first = await begun('renamed-1', TERMS, county);
    const second = await begun('renamed-2', { ...TERMS, epoch: '2020-10b' }, county);
    const third = await begun('renamed-3', { ...TERMS, epoch: '2020-10c' }, county);
    const passphrase = PASSPHRASE;
    const codes = [];
    for (const { query } of [first, second, third]) {
      codes.push(codeOf(await answerQuery(first.county, { query, passphrase })));
    }
    const later = deskIn(county, '2020-11-22T10:00:00.000Z');
    codes.push(codeOf(await answerQuery(later, { query: third.query, passphrase })));
    expect(codes).toEqual(['ok', 'ok', 'match-quota', 'ok']);
  });

  test('files of another exchange, cut files and an altered log are refused', async () => {
    const one = await begun('mixed-1');
    const other = await begun('mixed-2');
    const passphrase = PASSPHRASE;
    expect(codeOf(await answerQuery(one.county, { query: other.query, passphrase }))).toBe(
      'match-exchange-unknown',
    );
    const tags = readFileSync(other.tags);
    expect(codeOf(await askCounty(one.hub, { tags, passphrase }))).toBe('match-key-other');
    expect(codeOf(await askCounty(one.hub, { tags: tags.subarray(0, 900), passphrase }))).toBe(
      'match-file-truncated',
    );
    expect(codeOf(await countAnswer(one.hub, { answer: one.query, passphrase }))).toBe(
      'match-file-kind',
    );
    value(await answerQuery(one.county, { query: one.query, passphrase }));
    const log = join(one.county.folder, 'match-log.jsonl');
    writeFileSync(log, readFileSync(log, 'utf8').replace('2020-10"', '2020-09"'));
    expect(codeOf(readLedger(one.county.folder))).toBe('match-log-broken');
  });
});
