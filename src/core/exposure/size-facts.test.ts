import { describe, expect, test } from 'vitest';
import { NO_FACTS, parseSizeFacts, type SizeFacts, sizeFromFacts } from './size-facts.ts';

const setting = (facts: Partial<SizeFacts>, planted = 0) =>
  sizeFromFacts({
    facts: { ...NO_FACTS, ...facts },
    canaries: { hits: Math.min(planted, 6), planted },
    rows: { all: 100_000, reached: 60_000 },
    channels: [new Set(['a', 'b']), new Set(['b'])],
  });

const SURVEY = { yes: 60, asked: 600, sensitivity: 0.8, specificity: 0.98, random: true };

describe('facts beside the reports', () => {
  test('each gives its own estimate, never a sum', () => {
    const { estimates, refusals } = setting(
      {
        survey: SURVEY,
        probes: { sent: 100, arrived: 60 },
        provider: { count: 2500, shareLow: 0.4, shareHigh: 0.5, scope: 'delivered and filtered' },
      },
      100,
    );
    expect(estimates.map(({ label, estimator }) => `${label}: ${estimator}`)).toEqual([
      'mailed: canaries',
      'mailed: provider count',
      'mailed: random roll survey',
    ]);
    expect(refusals.map(({ question }) => question)).toEqual(['people who would report']);
  });

  test('people who report by two channels at once are counted once', () => {
    const people = (from: number, until: number): Set<string> =>
      new Set(Array.from({ length: until - from }, (_, at) => `FL/${from + at}`));
    const { estimates } = sizeFromFacts({
      facts: NO_FACTS,
      canaries: { hits: 0, planted: 0 },
      rows: { all: 9, reached: 9 },
      channels: [people(0, 9), people(0, 100), people(75, 125)],
    });
    expect(estimates).toMatchObject([{ label: 'people who would report', low: 152, high: 243 }]);
  });

  test('what is missing or unfit is refused by name', () => {
    const { estimates, refusals } = setting(
      {
        survey: { ...SURVEY, random: false },
        provider: { count: 2500, shareLow: 0.4, shareHigh: 0.5, scope: null },
      },
      100,
    );
    expect(estimates).toEqual([]);
    expect(refusals.map(({ question }) => question)).toEqual([
      'mailed, by canaries',
      'mailed, by provider count',
      'mailed, by survey',
      'mailed, at most',
      'people who would report',
    ]);
  });

  test('known record numbers bound what was taken, if they are contiguous', () => {
    const ranks = Array.from({ length: 40 }, (_, at) => 1000 + at * 97);
    const { estimates } = setting({ rangeIds: { ranks, stratumIds: 1000, allocatedIds: 3000 } });
    const [least, most] = estimates;
    expect(least).toMatchObject({ label: 'taken, at least', estimator: 'contiguous range' });
    expect(least?.low).toBeGreaterThan(3 * 97 * 39);
    expect(most?.high).toBeLessThan(3 * 97 * 39 * 1.3);
    expect(setting({ rangeIds: { ranks: [1, 2] } }).refusals[0]).toMatchObject({
      question: 'taken, by contiguous range',
      reason: '2 ids; a range needs 20',
    });
  });

  test('are read from JSON', () => {
    const text = JSON.stringify({ survey: SURVEY, probes: { sent: 5, arrived: 5 } });
    expect(parseSizeFacts(text)).toEqual({
      ok: true,
      value: { ...NO_FACTS, survey: SURVEY, probes: { sent: 5, arrived: 5 } },
    });
    expect(parseSizeFacts('{}')).toEqual({ ok: true, value: NO_FACTS });
    // As an editor of Windows saves it.
    expect(parseSizeFacts('\uFEFF{}')).toEqual({ ok: true, value: NO_FACTS });
  });

  test.each([
    ['"scope":"delivered"', 'delivered'],
    ['"scope":""', null],
    ['"scope":null', null],
    ['"x":1', null],
  ])('a provider that says of its scope %s', (text, scope) => {
    const read = parseSizeFacts(`{"provider":{"count":5,"shareLow":1,"shareHigh":1,${text}}}`);
    expect(read.ok && read.value.provider?.scope).toBe(scope);
  });

  test.each([
    ['{', 'is JSON'],
    ['[]', 'is an object'],
    ['{"probes":7}', 'probes is an object'],
    ['{"rangeIds":{"ranks":[1.5]}}', 'rangeIds.ranks'],
    ['{"rangeIds":{"ranks":[1],"stratumIds":5}}', 'rangeIds.allocatedIds'],
    ['{"rangeIds":{"ranks":[1],"stratumIds":5,"allocatedIds":4}}', 'rangeIds.allocatedIds'],
    ['{"rangeIds":{"ranks":[1],"stratumIds":0,"allocatedIds":4}}', 'rangeIds.stratumIds'],
    ['{"canaryStrata":{}}', 'canaryStrata is a list'],
    ['{"canaryStrata":[{"cell":"a","planted":1,"hits":2}]}', 'canaryStrata: row 1'],
    ['{"daily":[{"cell":"a","base":1,"looks":[]}]}', 'daily: row 1'],
    ['{"daily":[{"cell":"a","base":0.5,"looks":[{"count":2,"total":1}]}]}', 'daily: row 1'],
    ['{"probes":{"sent":5,"arrived":6}}', 'probes.arrived'],
    ['{"provider":{"count":5,"shareLow":0,"shareHigh":0.4}}', 'provider.shareLow'],
    ['{"provider":{"count":5,"shareLow":0.5,"shareHigh":1.1}}', 'provider.shareHigh'],
    ['{"provider":{"count":5,"shareLow":0.5,"shareHigh":0.6,"scope":7}}', 'provider.scope'],
    ['{"provider":{"count":5,"shareLow":0.5,"shareHigh":0.4}}', 'provider.shareHigh'],
    [
      '{"survey":{"asked":9,"yes":1,"sensitivity":0.5,"specificity":0.5,"random":true}}',
      'survey.specificity',
    ],
  ])('%s breaks a rule', (text, rule) => {
    const read = parseSizeFacts(text);
    expect(read.ok ? '' : read.failure.rule).toContain(rule);
  });
});
