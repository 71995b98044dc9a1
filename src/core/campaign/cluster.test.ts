import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClusterer } from './cluster.ts';
import { sketchText } from './sketch.ts';

const THREAT = (name: string): string =>
  `Dear ${name}, we are in possession of all your information including your address and telephone.
You are currently registered and we know this because we have gained access into the entire voting
infrastructure. You will vote on election day or we will come after you. Change your registration
to let us know that you received our message and will comply. We will know which candidate you voted for.`;
const PRIZE = (name: string): string =>
  `Good news ${name}! Your electronic address was drawn in the yearly lottery of our foundation and
wins a large sum. To claim the prize send your bank details to the paying agent before the end of the
month and keep this notice confidential until the transfer has been made to avoid double claiming.`;
const OTHER = (n: number): string =>
  Array.from(
    { length: 60 },
    (_, i) => `w${String.fromCharCode(97 + (n % 26))}${letters(n * 97 + i * i)}`,
  ).join(' ');
const letters = (n: number): string =>
  [...String(n)].map((digit) => String.fromCharCode(97 + Number(digit))).join('');

const NAMES = [
  'Avery Quill',
  'Robin Marsh',
  'Kai Lindqvist',
  'Noor Haddad',
  'Toby Vance',
  'Ida Ferro',
];

function groups(texts: readonly string[]): readonly (readonly string[])[] {
  const clusterer = createClusterer();
  for (const [at, text] of texts.entries()) clusterer.add(String(at), sketchText(text));
  return clusterer.result().clusters.map((cluster) => cluster.members);
}

describe('streaming grouping', () => {
  test('a mail merge is one cluster, and unlike mail stays out', () => {
    const texts = [...NAMES.map(THREAT), OTHER(1), OTHER(2), ...NAMES.map(PRIZE)];
    expect(groups(texts)).toEqual([
      ['0', '1', '2', '3', '4', '5'],
      ['8', '9', '10', '11', '12', '13'],
    ]);
  });

  test('quoting, forwarding, comment and disguise do not part a message from its cluster', () => {
    const forwarded = `Is this real??\n\n---- Forwarded message ----\nFrom: x\nTo: y\n\n${THREAT('Bo')}`;
    const disguised = THREAT('Lee').replaceAll('o', 'о').replaceAll('we', 'w\u200be');
    const quoted = THREAT('Sam').replaceAll(/^/gm, '> ');
    const cut = THREAT('Max').slice(0, 260);
    const texts = [THREAT('Jo'), forwarded, disguised, quoted, cut];
    expect(groups(texts)).toEqual([['0', '1', '2', '3', '4']]);
  });

  test('a mail that quotes all campaigns melts none together, first or last', () => {
    const all = `See below, all we got.\n${THREAT('A')}\n${PRIZE('B')}`;
    const threats = NAMES.map(THREAT);
    const prizes = NAMES.map(PRIZE);
    for (const texts of [
      [all, ...threats, ...prizes],
      [...threats, all, ...prizes],
    ]) {
      const found = groups(texts);
      const both = found.filter(
        (members) =>
          members.some((id) => threats.includes(texts[Number(id)] ?? '')) &&
          members.some((id) => prizes.includes(texts[Number(id)] ?? '')),
      );
      expect(both).toEqual([]);
      expect(found.length).toBe(2);
    }
  });

  test('offices that forward a dozen campaigns at once, before any came alone, own none of them', () => {
    const wordings = Array.from({ length: 12 }, (_, at) => `${OTHER(at)} ${OTHER(at + 100)}`);
    const digests = Array.from({ length: 4 }, () => `All we got. ${wordings.join(' ')}`);
    const found = groups([
      ...digests,
      ...NAMES.flatMap((name) => wordings.map((w) => `${name} ${w}`)),
    ]);
    expect(found.map(({ length }) => length)).toEqual([...new Array(12).fill(6), 4]);
  });

  test('a wording that varies at every second word becomes one cluster once a company has come', () => {
    let state = 17;
    const draw = (end: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 16) % end;
    };
    const pick = (at: number): string => letters(at * 1000 + 7 * draw(4));
    const madLib = (): string =>
      Array.from({ length: 90 }, (_, at) => (at % 5 < 2 ? pick(at) : letters(at * 31))).join(' ');
    const texts = Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? madLib() : OTHER(at)));
    const clusterer = createClusterer();
    for (const [at, text] of texts.entries()) clusterer.add(String(at), sketchText(text));
    const { clusters } = clusterer.result();
    expect(clusters).toHaveLength(1);
    const [{ id, members } = { id: '', members: [] }] = clusters;
    expect(members.length).toBeGreaterThanOrEqual(36);
    expect(members.filter((member) => Number(member) % 2 === 1)).toEqual([]);
    const late = clusterer.add('late', sketchText(madLib()));
    expect(late).toMatchObject({ cluster: id, joined: true });
  });

  test('says where a message went, under the first member’s id', () => {
    const clusterer = createClusterer();
    const first = clusterer.add('a', sketchText(THREAT('Jo')));
    const second = clusterer.add('b', sketchText(THREAT('Al')));
    expect(first).toEqual({ cluster: 'a', containment: 0, joined: false });
    expect(second.cluster).toBe('a');
    expect(second.joined).toBe(true);
    expect(second.containment).toBeGreaterThan(0.9);
  });

  test('texts without words stand alone', () => {
    const clusterer = createClusterer();
    for (const id of ['a', 'b']) clusterer.add(id, sketchText(' \n>\n'));
    expect(clusterer.result()).toEqual({ clusters: [], unclustered: ['a', 'b'] });
  });

  test('texts of a few words group by their words and places', () => {
    expect(groups(['Vote now 4411', 'Call me', 'Vote now 9', 'call me', 'Vote late 7 ok'])).toEqual(
      [
        ['0', '2'],
        ['1', '3'],
      ],
    );
  });

  test('every message is in one place, on any texts', () => {
    const text = fc.array(fc.constantFrom('vote', 'now', 'or', 'else', 'we', 'come'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
        const clusterer = createClusterer();
        for (const [at, words] of texts.entries())
          clusterer.add(String(at), sketchText(words.join(' ')));
        const { clusters, unclustered } = clusterer.result();
        const seen = [...clusters.flatMap((cluster) => cluster.members), ...unclustered];
        expect(seen.map(Number).sort((a, b) => a - b)).toEqual(texts.map((_, at) => at));
      }),
    );
  });
});
