import { expect, test } from 'vitest';
import { sampleInvestigation } from '../../../test/sample/investigation.ts';
import { HELD_FORMS } from '../held-form/index.ts';
import { renderFindings } from './findings-json.ts';
import type { Investigation } from './investigation.ts';

const text = (investigation: Investigation): string => [...renderFindings(investigation)].join('');

test('findings.json holds the whole investigation and the meaning of each held form', () => {
  const investigation = sampleInvestigation({
    personalDataIncluded: true,
    hostile: '\uD800<script>\u202E',
  });
  const { forms, ...rest } = JSON.parse(text(investigation));
  expect(rest).toEqual(investigation);
  expect(forms).toEqual(HELD_FORMS);
});

test('the order in which an object was built does not change findings.json', () => {
  const investigation = sampleInvestigation({ exhibits: 3 });
  const reversed = Object.fromEntries(Object.entries(investigation).reverse());
  expect(text({ ...investigation, ...reversed })).toBe(text(investigation));
  expect(text(investigation)).toMatch(
    /^\{\n "accessLog": null,\n "asOf": .*\n "board": \[\n {2}\{/,
  );
});

test('members made as they are listed read as a list of them', () => {
  const investigation = sampleInvestigation({});
  const made = <Item>(items: Iterable<Item>): Iterable<Item> => new Set(items);
  const listed = {
    ...investigation,
    campaigns: investigation.campaigns.map((campaign) => ({
      ...campaign,
      members: made(campaign.members),
    })),
    unclustered: made(investigation.unclustered),
  };
  expect(text(listed)).toBe(text(investigation));
  const none = { ...investigation, unclustered: [], campaigns: [] };
  expect(text({ ...none, unclustered: new Set<never>() })).toBe(text(none));
  const [campaign] = investigation.campaigns;
  if (campaign === undefined) throw new Error('no campaign');
  const many = Array.from(
    { length: 2_500 },
    (_, at) => ({ ...[...campaign.members][0], path: `${at}` }) as never,
  );
  const large = (members: Iterable<never>): Investigation => ({
    ...investigation,
    campaigns: [{ ...campaign, members }],
  });
  expect(text(large(made(many)))).toBe(text(large(many)));
});

test('counts of 1 to 10 persons are null in findings.json, unless personal data is included', () => {
  const investigation = sampleInvestigation({ exhibits: 60 });
  const { campaigns } = JSON.parse(text(investigation));
  expect(campaigns.map((each: { distinctRecipients: number }) => each.distinctRecipients)).toEqual(
    investigation.campaigns.map(({ distinctRecipients }) =>
      distinctRecipients > 10 ? distinctRecipients : null,
    ),
  );
  expect(campaigns[0].distinctRecipients).toBeGreaterThan(10);
  expect(campaigns.at(-1).templates[0].slots[0].distinct).toBe(null);
  const open = JSON.parse(text(sampleInvestigation({ personalDataIncluded: true })));
  expect(open.campaigns.at(-1).distinctRecipients).toBe(2);
});
