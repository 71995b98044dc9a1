import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proseOf } from '../../../test/kit/prose-of.ts';
import { sampleOffice } from '../../../test/sample/office.ts';
import { questionBoard } from './board.ts';
import type { BoardFacts, CampaignFacts } from './facts.ts';
import { itIs, likelihoodTerm, percent } from './likelihood.ts';
import { wordingFaults } from './wording.ts';

const C1: CampaignFacts = {
  id: 'a'.repeat(64),
  label: 'C1',
  originals: 412,
  distinctOriginals: 400,
  exhibits: 390,
  intact: 300,
  degraded: 112,
  distinctRecipients: 398,
  firstAt: null,
  lastAt: null,
  shownSenders: [],
  inDoubt: 0,
  doubted: 0,
  authorsDoubted: 0,
  authorsInDoubt: 0,
  routes: [],
  routesUnknown: 412,
  checks: null,
  verdicts: [],
  pressure: [
    { sign: 'threat', originals: 400 },
    { sign: 'knowledge', originals: 400 },
  ],
  templates: [{ texts: 300, slots: [{ type: 'street-address', distinct: 376 }], spans: [] }],
  wording: [{ shared: 'we know your address and your telephone number' }],
};

const office = sampleOffice({ campaign: C1.id, hostile: '' });

const FACTS: BoardFacts = {
  personalDataIncluded: false,
  exhibits: 390,
  unread: 0,
  originals: 412,
  letters: 0,
  either: { mails: 0, authors: 0, messages: 0 },
  intact: 300,
  degraded: 112,
  checks: null,
  unclustered: 0,
  exhibitSamples: [],
  campaigns: [C1],
  links: [],
  joined: [],
  ...office,
};

const answer = (question: string, change: Partial<BoardFacts> = {}) => {
  const found = questionBoard({ ...FACTS, ...change }).find((each) => each.question === question);
  if (found === undefined) throw new Error(`no answer to ${question}`);
  return { ...found, prose: proseOf(found) };
};

const exposedWith = (change: object): BoardFacts['exposure'] => {
  const [campaign] = office.exposure?.campaigns ?? [];
  const [part] = campaign?.jurisdictions ?? [];
  if (office.exposure === null || campaign === undefined || part === undefined) return null;
  return {
    ...office.exposure,
    campaigns: [{ ...campaign, jurisdictions: [{ ...part, ...change }] }],
  };
};

describe('standard words of likelihood (ICD 203)', () => {
  test.each<[number, string]>([
    [0, 'almost no chance'],
    [0.049, 'almost no chance'],
    [0.05, 'very unlikely'],
    [0.2, 'unlikely'],
    [0.45, 'a roughly even chance'],
    [0.55, 'likely'],
    [0.8, 'very likely'],
    [0.95, 'almost certain'],
    [1, 'almost certain'],
  ])('%d is %s', (probability, term) => expect(likelihoodTerm(probability)).toBe(term));

  test('the percentage lies in the band of its term, and the ends stay open', () => {
    expect(itIs(0.5)).toBe('there is a roughly even chance (50 %) that');
    expect(itIs(0.999)).toBe('it is almost certain (over 99 %) that');
    expect(percent(0.001)).toBe('under 1 %');
  });
});

describe('the board with lists, a log and counts of counties', () => {
  test('says whose list, in words and numbers, and that a release means what derives from it', () => {
    const { state, prose: text, evidence } = answer('data-source');
    expect(state).toBe('partly');
    expect(text).toContain('C1, FL: it is very likely (91 %) that the data came from one of 2');
    expect(text).toContain('or anything derived from it');
    expect(text).toContain('roll as of a day from 2020-05-01 to 2020-06-01');
    expect(text).toContain('t is very unlikely (9 %) that the source is none of the lists');
    expect(text).toContain('23 of 148 linked reports show data that the newest list no longer has');
    expect(evidence.map(({ kind }) => kind)).toContain('finding');
  });

  test('puts another source first where it is the likelier one', () => {
    const attribution = {
      posterior: [
        { hypothesis: 'other', probability: 0.7 },
        { hypothesis: 'fl-2020-06', probability: 0.3 },
      ],
      credibleSet: ['other', 'fl-2020-06'],
      listDates: { from: '2020-06-01', until: '2020-06-01' },
    };
    const { text, confidence } = answer('data-source', { exposure: exposedWith({ attribution }) });
    expect(text).toMatch(/^C1, FL: it is likely \(70 %\) that the source is none of the lists/);
    expect(confidence).toBe('low');
  });

  test('never adds numbers of different meaning, and keeps the log to its own system', () => {
    const { state, prose: text } = answer('size');
    expect(state).toBe('partly');
    expect(text).toContain('taken, at least: 148 or more');
    expect(text).toContain('taken, at most: 14,400,000');
    expect(text).toContain('Look-up page (that system only): records taken, at least: 1,113');
    expect(text).toContain('Counted by 2 counties on their own rolls: 61');
    expect(text).toContain('these numbers never add');
  });

  test('prints the tipping point of each group it names, and withholds small ones', () => {
    const { prose: text } = answer('targets');
    expect(text).toContain('party DEM: 6.4 times the odds (3.9 to 11)');
    expect(text).toContain('at least 3.9 times as often as others');
    expect(text).toContain('Withheld: 1 group with too few people');
    expect(text).not.toContain('LIBERTY');
  });

  test('tells the fields that anyone can have from those that nobody should', () => {
    const { prose: text } = answer('data-held');
    expect(text).toContain('In FL: anyone can have street address');
  });

  test('names a refused list and stays unknown', () => {
    const exposure = {
      finding: null,
      releases: [],
      campaigns: [],
      refusals: [{ question: 'the lists', reason: 'there is no manifest [manifest-missing]' }],
    };
    const found = answer('data-source', { exposure, accessLog: null, matches: null });
    expect(found.state).toBe('unknown');
    expect(found.text).toContain('The lists were not used: there is no manifest');
    expect(answer('targets', { exposure }).text).toContain('The lists were not used');
  });

  test('says of a withheld count that it is withheld, never its number', () => {
    const size = (office.exposure?.campaigns[0]?.jurisdictions[0]?.size ?? []).map((row) => ({
      ...row,
      ...(row.label === 'mailed' ? { low: null, suppressed: true } : {}),
    }));
    expect(answer('size', { exposure: exposedWith({ size, recipients: null }) }).prose).toContain(
      'mailed: a withheld number',
    );
  });

  test('keeps the word rules whatever the posterior is, and never says answered', () => {
    const weights = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(weights, fc.subarray([0, 1, 2], { minLength: 1 }), (raw, set) => {
        const all = raw.reduce((sum, each) => sum + each, 0);
        const names = ['fl-2020-06', 'live:FL:2020-05-01/2020-06-01', 'other'];
        const posterior = names
          .map((hypothesis, at) => ({ hypothesis, probability: (raw[at] ?? 0) / all }))
          .sort((a, b) => b.probability - a.probability);
        const attribution = {
          posterior,
          credibleSet: set.map((at) => names[at] ?? ''),
          listDates: null,
        };
        for (const each of questionBoard({ ...FACTS, exposure: exposedWith({ attribution }) })) {
          const prose = [proseOf(each), each.basis, ...each.wouldChange].join('\n');
          expect(wordingFaults(prose)).toEqual([]);
          expect(['partly', 'unknown']).toContain(each.state);
          expect(each.wouldChange.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
