import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCampaigns, type TextRow } from './campaigns.ts';

const NAMES = [
  'Alma Barlow',
  'Boyd Draper',
  'Clara Hadley',
  'Edith Mercado',
  'Felix Winslow',
  'Irving Salazar',
];
const rows: readonly TextRow[] = [
  ...NAMES.map((name, at) => ({
    id: `t${at}`,
    text: `Dear ${name}, your registration has lapsed. Confirm it at https://roll.example/c/${at}7x${at}9q before the day of the election or you can not vote.`,
  })),
  {
    id: 'alone',
    text: 'The minutes of the last meeting of the garden club are attached for your review.',
  },
];

describe('campaigns of texts', () => {
  test('are members, a template with typed slots, and what its wording points to', () => {
    const { campaigns, unclustered } = findCampaigns(rows);
    expect(campaigns).toEqual([
      {
        id: 't0',
        size: 6,
        members: ['t0', 't1', 't2', 't3', 't4', 't5'],
        templates: [
          {
            id: 't0/1',
            text: 'Dear ⟦1:person-name⟧ ⟦2:person-name⟧, your registration has lapsed. Confirm it at https://roll.example/c/⟦3:url-token⟧ before the day of the election or you can not vote.',
            slots: [
              { index: 1, type: 'person-name', distinct: 6 },
              { index: 2, type: 'person-name', distinct: 6 },
              { index: 3, type: 'url-token', distinct: 6 },
            ],
            members: ['t0', 't1', 't2', 't3', 't4', 't5'],
          },
        ],
        links: [{ kind: 'url-host', value: 'roll.example' }],
      },
    ]);
    expect(unclustered).toEqual(['alone']);
  });

  test('have one template a wording, and every member stands in one of them', () => {
    const core =
      'you are on the roll and we know this because we have access to the whole voting system. ' +
      'You will vote for our candidate on Election Day or we will come for you. Change your party ' +
      'and let us know that you received our message and will comply with what it asks of you.';
    const given = 'Ann Ben Cora Dean Ella Fred Gina Hank Iris Jack Kate Liam'.split(' ');
    const family = 'Reed Stone Marsh Hill Brook Field Wood'.split(' ');
    const towns = 'wick ham gate by low'.split(' ');
    const merged = Array.from({ length: 60 }, (_, at) => ({
      id: `w${at}`,
      text:
        at % 3 === 0
          ? `We hold all of your records. ${core}\n\nDo as we say at once.\n\n${'-'.repeat(at)}`
          : `${given[at % 12]} ${family[at % 7]} ${core}\n\n${at * 13 + 7} Alder${towns[at % 5]} ${['Ter', 'Rd', 'Ave', 'St'][at % 4]}\n\ngood luck`,
    }));
    const [campaign] = findCampaigns(merged).campaigns;
    expect(campaign?.templates.map(({ members }) => members.length)).toEqual([40, 20]);
    expect(campaign?.templates[1]?.text).toContain('We hold all of your records');
    expect(campaign?.templates.flatMap(({ members }) => members).sort()).toEqual(
      merged.map(({ id }) => id).sort(),
    );
  });

  test('of one text said twice read as that text', () => {
    const text = 'Vote for us or we will come after you and everybody in your house.';
    const [campaign] = findCampaigns(['a', 'b'].map((id) => ({ id, text }))).campaigns;
    expect(campaign?.templates).toEqual([{ id: 'a/1', text, slots: [], members: ['a', 'b'] }]);
  });

  test('repeated ids, empty texts and equal texts lose nobody', () => {
    const same = 'Vote for us or we will come after you and everybody in your house.';
    const odd = [
      { id: 'a', text: same },
      { id: 'a', text: same },
      { id: 'b', text: '' },
      { id: 'b', text: '\u0000\u0001' },
    ];
    const { campaigns, unclustered } = findCampaigns(odd);
    expect(campaigns.map(({ members }) => members)).toEqual([['a', 'a']]);
    expect(unclustered).toEqual(['b', 'b']);
  });

  test('a text beyond the limit is read up to it, and that is said', () => {
    const { limits } = findCampaigns([{ id: 'long', text: 'vote '.repeat(250_000) }]);
    expect(limits).toEqual([
      { code: 'text-cut', at: 'long', text: 'Only the first 1000000 characters were read.' },
    ]);
  });

  test('are the same whatever the order of the rows', () => {
    const groupsIn = (list: readonly TextRow[]): readonly string[] =>
      findCampaigns(list).campaigns.map(
        ({ id, members }) => `${id}: ${[...members].sort().join(' ')}`,
      );
    const expected = groupsIn(rows);
    fc.assert(
      fc.property(fc.shuffledSubarray([...rows], { minLength: rows.length }), (shuffled) => {
        expect(groupsIn(shuffled)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});
