import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instant, Sha256 } from '../../core/base/index.ts';
import { sketchText } from '../../core/campaign/index.ts';
import { clusterOriginals, messageRef, type OriginalsToGroup, readPlace } from './cluster.ts';

const WORDING = [
  'you are on the roll and we know this because we have access to the whole voting system today',
  'early voting is open until friday bring a photo and a friend to the polling place near you',
];

interface Reported {
  readonly exhibit: Sha256;
  readonly path: string;
  readonly at: Instant;
  readonly fingerprints: Uint32Array;
  /** Its mail may have made it up; by this author. */
  readonly doubt?: number;
  /** Its mail brings something of its own; by this author. */
  readonly brings?: number;
}

const exhibit = (at: number): Sha256 => String(at % 10).repeat(64) as Sha256;

const inputs: readonly Reported[] = Array.from({ length: 12 }, (_, at) => ({
  exhibit: exhibit(at),
  path: String(at),
  at: `2020-10-20T${String(23 - at)}:00:00.000Z` as Instant,
  fingerprints: sketchText(`${WORDING[at % 2]} number ${at}`).fingerprints,
}));

function toGroup(reported: readonly Reported[]): OriginalsToGroup {
  const one = (at: number): Reported => reported[at] as Reported;
  const key = (at: number): string => `${one(at).at} ${one(at).exhibit}/${one(at).path}`;
  return {
    count: reported.length,
    exhibit: (at) => one(at).exhibit,
    path: (at) => one(at).path,
    isLetter: () => false,
    isInDoubt: (at) => one(at).doubt !== undefined,
    isDoubted: (at) => one(at).brings !== undefined,
    author: (at) => one(at).doubt ?? one(at).brings ?? 0,
    fingerprints: (at) => one(at).fingerprints,
    inOrderOfTime: (a, b) => (key(a) < key(b) ? -1 : 1),
  };
}

test('the order of arrival changes nothing', () => {
  const answer = clusterOriginals(toGroup(inputs));
  fc.assert(
    fc.property(fc.shuffledSubarray([...inputs], { minLength: inputs.length }), (shuffled) => {
      expect(clusterOriginals(toGroup(shuffled))).toEqual(answer);
    }),
    { numRuns: 20 },
  );
});

test('members stand in the order of time, and the first names its cluster', () => {
  const { exhibits, clusters, unclustered } = clusterOriginals(toGroup(inputs));
  expect(exhibits).toEqual(Array.from({ length: 10 }, (_, at) => exhibit(at)));
  expect(unclustered).toEqual([]);
  expect(clusters).toEqual(
    [
      {
        id: messageRef(exhibit(1), '11'),
        members: ['1/11', '9/9', '7/7', '5/5', '3/3', '1/1'],
      },
      {
        id: messageRef(exhibit(0), '10'),
        members: ['0/10', '8/8', '6/6', '4/4', '2/2', '0/0'],
      },
    ].sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
});

test('copies of one text speak once and stay together, however rare the text is', () => {
  const lone = inputs[0];
  if (lone === undefined) throw new Error('no input');
  const other = 'f'.repeat(64) as Sha256;
  const output = clusterOriginals(toGroup([lone, { ...lone, exhibit: other }]));
  expect(output).toEqual({
    exhibits: [lone.exhibit, other],
    clusters: [{ id: messageRef(lone.exhibit, '0'), members: ['0/0', '1/0'] }],
    unclustered: [],
    letters: [],
    inDoubt: [],
  });
  expect(readPlace('1/0', output)).toEqual({ exhibit: other, path: '0' });
});

test('a letter enters no cluster, even where its words are those of one', () => {
  const isLetter = (at: number): boolean => at < 4;
  const { clusters, unclustered, letters } = clusterOriginals({ ...toGroup(inputs), isLetter });
  expect(letters).toEqual(['3/3', '2/2', '1/1', '0/0']);
  const held = [...clusters.flatMap(({ members }) => members), ...unclustered];
  expect(held).toHaveLength(inputs.length - letters.length);
  expect(held.filter((place) => letters.includes(place))).toEqual([]);
});

test('what a mail may have made up outranks no sure original, and many mails of one author are one', () => {
  const made = (at: number, wording: string, by: Pick<Reported, 'doubt' | 'brings'>): Reported => ({
    exhibit: exhibit(at),
    path: String(at),
    at: '2020-10-20T12:00:00.000Z' as Instant,
    fingerprints: sketchText(wording).fingerprints,
    ...by,
  });
  const [first = '', second = ''] = WORDING;
  const fourth =
    'please pay the invoice of our firm to the new account before the end of this month';
  const third = 'lunch at noon we meet at the diner on main street and bring the papers with you';
  const reported = [
    ...Array.from({ length: 9 }, (_, at) => made(at, first, { doubt: 7 })),
    ...Array.from({ length: 2 }, (_, at) => made(10 + at, second, {})),
    made(12, second, { doubt: 7 }),
    ...Array.from({ length: 3 }, (_, at) => made(20 + at, third, { doubt: at })),
    ...Array.from({ length: 8 }, (_, at) => made(30 + at, fourth, { brings: 9 })),
  ];
  const { clusters, inDoubt } = clusterOriginals(toGroup(reported));
  expect(clusters.map(({ members }) => members.length)).toEqual([3, 8, 3, 9]);
  expect(clusters[0]?.members).toContain('1/11');
  expect(inDoubt).toHaveLength(13);
  expect(inDoubt).not.toContain('1/11');
});
