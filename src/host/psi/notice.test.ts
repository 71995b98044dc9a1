import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  asked,
  codeOf,
  committed,
  curve,
  encoded,
  expectedBy,
  kernels,
  people,
  primitives,
  questionOf,
  SEED,
  TERMS,
  value,
} from '../../../test/kit/exchange.ts';
import {
  drawScalar,
  evaluations,
  noticeHits,
  readAnswer,
  readNoticeTags,
  readQuery,
  renderAnswer,
  SPIKE_CELL,
  shuffledPlaces,
  spikeRefusal,
  type Terms,
} from '../../core/psi/index.ts';

describe('match mode (RFC 9497 VOPRF)', () => {
  const terms: Terms = { ...TERMS, mode: 'notice' };
  const list = people(100, 310);
  const roll = new Map(
    people(0, 220).map((one, at) => [one, at % 2 === 0 ? 'x|1|A' : 'y|0|B'] as const),
  );
  const { key, header, bytes } = encoded(roll, committed(list, terms));
  const tags = value(readNoticeTags(kernels, bytes));
  const own = asked(header, tags.digest, list);
  const query = value(readQuery(primitives, own.bytes, expectedBy(header, tags.digest)));
  const evaluated = [...evaluations(primitives, key, query)];
  const question = questionOf(header, tags.digest, query);

  test('names exactly the reports on the roll, each with its cell', () => {
    const answer = renderAnswer(primitives, { header, query, evaluated, key, draw: randomBytes });
    const got = value(readAnswer(primitives, answer, question));
    const inOrder = shuffledPlaces(own.elements).map((place) => got[place]!);
    const hits = [
      ...noticeHits(primitives, tags, {
        identities: own.identities,
        seed: SEED,
        evaluated: inOrder,
      }),
    ];
    expect(hits.slice(0, list.length)).toEqual(list.map((one) => roll.get(one) ?? null));
    expect(spikeRefusal(hits.slice(list.length))).toBeNull();
    expect(spikeRefusal(hits.slice(list.length).with(3, null))?.code).toBe('match-spikes-missed');
    expect(hits.at(-1)).toBe(SPIKE_CELL);
  });

  test('an answer by another key, or with one element changed, fails its proof', () => {
    const other = drawScalar(curve, randomBytes);
    const wrong = [...evaluations(primitives, other, query)];
    for (const made of [
      renderAnswer(primitives, { header, query, evaluated: wrong, key: other, draw: randomBytes }),
      renderAnswer(primitives, {
        header,
        query,
        evaluated: evaluated.with(0, evaluated[1]!),
        key,
        draw: randomBytes,
      }),
    ]) {
      expect(codeOf(readAnswer(primitives, made, question))).toBe('match-proof-wrong');
    }
  });
});
