import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { randomFrom } from '../base/index.ts';
import {
  canaryCommit,
  canaryEvidence,
  canaryHits,
  chanceOfHit,
  checkRegister,
  parseRegister,
  type SealedRegister,
} from './canaries.ts';
import {
  collusionScore,
  legibleMarks,
  type MarkKeys,
  markEvidence,
  markKeyCommit,
  markText,
} from './marks.ts';
import { apartFromCanaries } from './report-group.ts';

const random = randomFrom('marks-11', nodeKernels);
const keysOf = (biasKey: string | null = null): MarkKeys => ({ markKey: random.hex(64), biasKey });
const spell = (text: string, id: string, keys: MarkKeys): string =>
  markText(text, id, keys, nodeKernels);

describe('marks', () => {
  test.each([
    ['12 ELM ST', /^12 ELM (ST|STREET)$/],
    ['12 Elm Avenue Apt 4', /^12 Elm (Ave|Avenue) (Apt|#) 4$/],
    ['# 4', /^(APT|#) 4$/],
    ['9 ST JOHNS CT', /^9 ST JOHNS (CT|COURT)$/],
    ['PO BOX 7', /^PO BOX 7$/],
    ['', /^$/],
  ])('%s stays the same address', (text, allowed) => {
    const spellings = new Set(
      Array.from({ length: 40 }, (_, at) => spell(text, `V${at}`, keysOf())),
    );
    for (const marked of spellings) expect(marked).toMatch(allowed);
    if (/\(/.test(allowed.source)) expect(spellings.size).toBeGreaterThan(1);
  });

  test('what a copy writes is read back whole', () => {
    const keys = keysOf();
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(999), (id, unit) => {
        const shown = spell(`12 ELM ST APT ${unit}`, id, keys);
        const marks = legibleMarks(shown, id);
        expect(marks).toHaveLength(2);
        expect(markEvidence(marks, keys, nodeKernels).ifThis).toBeGreaterThan(Math.log(0.8));
      }),
      { numRuns: 50 },
    );
  });

  test('a mark is the same in any case of letters, and none where the word is no choice', () => {
    for (const street of ['12 ELM ST APT 4', '12 ELM STREET #4', '12 OAK AVE', '12 OAK AVENUE']) {
      const loud = legibleMarks(street, 'V1');
      expect(loud.length).toBeGreaterThan(0);
      expect(legibleMarks(street.toLowerCase(), 'V1')).toEqual(loud);
      expect(legibleMarks(` ${street} `, 'V1')).toEqual(loud);
    }
    const [short, long] = ['12 OAK AVE', '12 OAK AVENUE'].map((street) =>
      legibleMarks(street, 'V'),
    );
    expect(short![0]!.place).toBe(long![0]!.place);
    expect([short![0]!.bit, long![0]!.bit].toSorted()).toEqual([0, 1]);
    expect(legibleMarks('12 BROADWAY', 'V1')).toEqual([]);
  });

  test('marking twice changes nothing more', () => {
    const keys = keysOf();
    const once = spell('12 ELM ST APT 4', 'V1', keys);
    expect(spell(once, 'V1', keys)).toBe(once);
  });

  test('fifty reports name one of twenty requesters; a standardised list names none', () => {
    const requesters = Array.from({ length: 20 }, () => keysOf());
    const marks = Array.from({ length: 50 }, (_, at) =>
      legibleMarks(spell('12 ELM ST', `V${at}`, requesters[7]!), `V${at}`),
    ).flat();
    const gains = requesters.map((keys) => {
      const { ifThis, ifOther } = markEvidence(marks, keys, nodeKernels);
      return ifThis - ifOther;
    });
    expect(gains.indexOf(Math.max(...gains))).toBe(7);
    expect(gains[7]).toBeGreaterThan(20);
    expect(gains.filter((gain) => gain > 0)).toHaveLength(1);
    const standard = Array.from({ length: 50 }, (_, at) =>
      legibleMarks('12 ELM ST', `V${at}`),
    ).flat();
    for (const keys of requesters) {
      const { ifThis, ifOther } = markEvidence(standard, keys, nodeKernels);
      expect(ifThis).toBeLessThan(ifOther);
    }
  });

  test('two mixed copies: a colluder scores above every innocent requester', () => {
    const biasKey = random.hex(64);
    const requesters = Array.from({ length: 30 }, () => keysOf(biasKey));
    const marks = Array.from({ length: 200 }, (_, at) => {
      const source = requesters[random.between(0, 1)]!;
      return legibleMarks(spell('12 ELM ST', `V${at}`, source), `V${at}`);
    }).flat();
    const scores = requesters.map((keys) => collusionScore(marks, keys, nodeKernels));
    const innocent = Math.max(...scores.slice(2));
    expect(Math.max(scores[0]!, scores[1]!)).toBeGreaterThan(innocent);
    // In units of an innocent's standard deviation, which is sqrt(marks).
    expect(Math.max(scores[0]!, scores[1]!) / Math.sqrt(200)).toBeGreaterThan(4.3);
  });
});

const register = (): SealedRegister => ({
  releaseId: 'r',
  keys: keysOf(),
  salt: random.hex(64),
  canaries: [
    {
      email: 'c1@office.example',
      first: 'Ada',
      last: 'Low',
      street: '1 ELM ST',
      city: 'T',
      zip: '00412',
    },
    {
      email: 'c2@office.example',
      first: 'Ira',
      last: 'Low',
      street: '2 ELM ST',
      city: 'T',
      zip: '00412',
    },
  ],
});

describe('canaries', () => {
  test('a register fits the commitments that it was planted under, and no others', () => {
    const sealed = register();
    const manifest = {
      canaryCommit: canaryCommit(sealed, nodeKernels),
      markKeyCommit: markKeyCommit(sealed.keys, nodeKernels),
    };
    expect(checkRegister(sealed, manifest, nodeKernels).ok).toBe(true);
    expect(
      checkRegister({ ...sealed, canaries: sealed.canaries.slice(1) }, manifest, nodeKernels),
    ).toMatchObject({
      failure: { code: 'register-commitment', what: 'canaries' },
    });
    expect(checkRegister({ ...sealed, keys: keysOf() }, manifest, nodeKernels)).toMatchObject({
      failure: { what: 'marks' },
    });
    expect(parseRegister(JSON.stringify(sealed))).toEqual({ ok: true, value: sealed });
  });

  test.each([['{'], ['[]'], ['{}'], ['{"releaseId":"r","keys":{"markKey":"x"}}']])(
    '%s is no register',
    (text) => {
      expect(parseRegister(text)).toMatchObject({ failure: { code: 'register-malformed' } });
    },
  );

  test('hits count once each, in any case of letters', () => {
    const recipient = { first: '', last: '', street: '', city: '', state: '', zip: '', party: '' };
    const reports = ['C1@Office.example', 'c1@office.example', 'x@y.example'].map((email, at) => ({
      id: String(at),
      recipient: { ...recipient, email },
      receivedAt: null,
      channel: null,
    }));
    const { canaries } = register();
    const loud = canaries.map((canary) => ({ ...canary, email: canary.email.toUpperCase() }));
    for (const planted of [canaries, loud]) {
      expect([...canaryHits(planted, reports)]).toEqual([0]);
      const apart = apartFromCanaries(reports, [null, { ...register(), canaries: planted }]);
      expect(apart.reports.map(({ id }) => id)).toEqual(['2']);
      expect(apart.hits).toEqual([0, 1]);
    }
  });

  test('one hit of fifty speaks for the copy, none speaks weakly against it', () => {
    const hit = canaryEvidence(1, 50);
    expect(hit.ifThis - hit.ifOther).toBeGreaterThan(2);
    const none = canaryEvidence(0, 50);
    expect(none.ifThis).toBeLessThan(none.ifOther);
    expect(none.ifThis - none.ifOther).toBeGreaterThan(-4);
    expect(canaryEvidence(0, 0)).toEqual({ ifThis: 0, ifOther: 0 });
    // The mean share mailed is a half; .6 of what is mailed arrives.
    expect(canaryEvidence(1, 1).ifThis).toBeCloseTo(Math.log(0.3), 6);
    expect(canaryEvidence(0, 1).ifThis).toBeCloseTo(Math.log(0.7), 6);
    expect(canaryEvidence(1, 1).ifOther).toBeCloseTo(Math.log(1e-4), 12);
  });

  test.each([
    [50, 0.1],
    [100, 0.05],
    [500, 0.01],
  ])('%i canaries find a mailing to %f of the list in 19 of 20 cases', (planted, mailed) => {
    expect(chanceOfHit({ planted, mailed, delivered: 0.6 })).toBeGreaterThan(0.945);
    expect(chanceOfHit({ planted: 1, mailed, delivered: 0.6 })).toBeCloseTo(mailed * 0.6, 12);
  });
});
