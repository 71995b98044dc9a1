import { describe, expect, test } from 'vitest';
import { type Zone, zoneDns } from '../../../test/kit/zone-dns.ts';
import type { Instant } from '../../core/base/index.ts';
import { boundedDns, RUN_QUESTIONS_MAX, RUN_TIME_MAX_MS, SILENT_MAX } from './index.ts';

const NOW = '2020-10-21T00:00:00.000Z' as Instant;
const still = (): number => 0;
const over = (zone: Zone) => {
  const source = zoneDns(zone, NOW);
  return { source, bounded: boundedDns(() => source, still) };
};
const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `n${n}.example`);
const silent = (count: number): Zone =>
  Object.fromEntries(names(count).map((name) => [`TXT ${name}`, 'ETIMEOUT']));

describe('a run that asks name servers', () => {
  test('puts each question once and remembers every answer, "no such name" too', async () => {
    const { source, bounded } = over({ 'TXT a.example': [['v=spf1 -all']] });
    await bounded.source.ask('a.example', 'TXT');
    await bounded.source.ask('A.example.', 'TXT');
    await bounded.source.ask('b.example', 'TXT');
    expect(source.asked).toHaveLength(2);
    expect(bounded.transcript().entries.map(({ name, error }) => [name, error])).toEqual([
      ['a.example', null],
      ['b.example', 'ENOTFOUND'],
    ]);
    expect(bounded).toMatchObject({ stopped: null, answered: 2, unanswered: 0 });
  });

  test('is ended by silence, and what was not asked is not in the transcript', async () => {
    const { source, bounded } = over({ ...silent(SILENT_MAX + 5), 'NS .': 'ESERVFAIL' });
    for (const name of names(SILENT_MAX)) await bounded.source.ask(name, 'TXT');
    expect(bounded).toMatchObject({ stopped: 'silent', answered: 0, unanswered: SILENT_MAX });
    expect((await bounded.source.ask('later.example', 'TXT')).error).toBe('ENOTASKED');
    expect(source.asked).toHaveLength(SILENT_MAX + 1);
    expect(bounded.transcript().entries).toHaveLength(SILENT_MAX);
  });

  test('a few dead zones between answers end nothing', async () => {
    const { bounded } = over(silent(SILENT_MAX * 3));
    for (const [n, name] of names(SILENT_MAX * 3).entries()) {
      await bounded.source.ask(name, 'TXT');
      if (n % (SILENT_MAX - 1) === 0) await bounded.source.ask(`alive${n}.example`, 'TXT');
    }
    expect(bounded.stopped).toBeNull();
  });

  test('dead zones alone, however many, end nothing while the root answers', async () => {
    const { source, bounded } = over(silent(SILENT_MAX * 3));
    await Promise.all(names(SILENT_MAX * 3).map((name) => bounded.source.ask(name, 'TXT')));
    expect(bounded).toMatchObject({ stopped: null, answered: 0, unanswered: SILENT_MAX * 3 });
    expect(source.asked.filter((question) => question === 'NS ')).toHaveLength(3);
    expect(bounded.transcript().entries).toHaveLength(SILENT_MAX * 3);
  });

  test('is ended by time and by the count of questions', async () => {
    let ms = 0;
    const late = boundedDns(
      () => zoneDns({}, NOW),
      () => ms,
    );
    await late.source.ask('a.example', 'TXT');
    ms = RUN_TIME_MAX_MS + 1;
    expect((await late.source.ask('a.example', 'TXT')).error).toBe('ENOTFOUND');
    expect((await late.source.ask('b.example', 'TXT')).error).toBe('ENOTASKED');
    expect(late.stopped).toBe('time-over-limit');
    const { bounded } = over({});
    for (const name of names(RUN_QUESTIONS_MAX)) await bounded.source.ask(name, 'TXT');
    expect(bounded.stopped).toBeNull();
    await bounded.source.ask('one-more.example', 'TXT');
    expect(bounded.stopped).toBe('questions-over-limit');
  });
});
