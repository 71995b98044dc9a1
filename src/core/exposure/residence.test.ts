import { describe, expect, test } from 'vitest';
import { createZipStates } from '../roll/index.ts';
import type { ExposureEvidence, LinkedRecord } from './assess.ts';
import { moversOf } from './movers.ts';
import { recipientShown } from './report.ts';
import { residencesOf } from './residence.ts';

const recipient = (state: string, zip: string) =>
  recipientShown({ name: 'Ada Wexlow', street: '', city: '', state, zip, email: '', party: '' });

const evidenceFor = (
  jurisdictions: readonly string[],
  shown: readonly (readonly [state: string, zip: string])[],
): Pick<ExposureEvidence, 'reports' | 'releases'> => ({
  reports: shown.map(([state, zip], at) => ({
    id: `r${at}`,
    recipient: recipient(state, zip),
    receivedAt: null,
    channel: null,
  })),
  releases: jurisdictions.map((jurisdiction) => ({
    manifest: { jurisdiction },
  })) as unknown as ExposureEvidence['releases'],
});

const keys = { first: '', last: '', house: '', street: '', city: '', zip: '', email: '' };

const linked = (report: number, person: string, zip: string): LinkedRecord => ({
  report,
  version: { person, keys: { ...keys, zip }, releases: [0], strata: ['||LEON'] },
  presence: [0],
});

describe('where a recipient lives', () => {
  test('is what the message shows, else its ZIP code; a list of another state says nothing', () => {
    const evidence = evidenceFor(
      ['FL', 'AK'],
      [
        ['FL', ''],
        ['ak', ''],
        ['TX', '33602'],
        ['', '33602'],
        ['', '99501'],
        ['', '10001'],
        ['', ''],
      ],
    );
    expect(residencesOf(evidence, [])).toEqual([
      'FL',
      'AK',
      'elsewhere',
      'FL',
      'AK',
      'elsewhere',
      null,
    ]);
  });

  test('is where linked rows place the ZIP area, before any table', () => {
    const evidence = evidenceFor(
      ['FL'],
      [
        ['', '99123'],
        ['', '99124'],
        ['', '10001'],
        ['', ''],
      ],
    );
    const withoutZip = linked(9, 'FL/V2', '');
    expect(residencesOf(evidence, [withoutZip, linked(0, 'FL/V1', '99123')])).toEqual([
      'FL',
      'FL',
      'elsewhere',
      'FL',
    ]);
  });

  test.each<[string, string | null]>([
    ['33602', 'FL'],
    ['99501', 'AK'],
    ['34001', null],
    ['06390', null],
    ['05501', 'MA'],
    ['00501', 'NY'],
    ['', null],
  ])('the ZIP code %s lies in %s', (zip, state) => {
    expect(createZipStates()(zip)).toBe(state);
  });
});

test('movers are people under old data, and people shown elsewhere who were once on the roll', () => {
  const evidence = evidenceFor(
    ['FL'],
    [
      ['TX', ''],
      ['FL', ''],
      ['FL', ''],
    ],
  );
  const version = (person: string, releases: readonly number[]) => ({
    person,
    keys,
    releases,
    strata: releases.map(() => ''),
  });
  const own: LinkedRecord[] = [
    { report: 0, version: version('FL/V1', [0]), presence: [0] },
    { report: 1, version: version('FL/V2', [0, 1]), presence: [0, 1] },
    { report: 2, version: version('FL/V3', [0]), presence: [0] },
  ];
  const versions = [...own.map((record) => record.version), version('FL/V3', [1])];
  const found = moversOf({ ...evidence, versions }, { own, newest: 1, jurisdiction: 'FL' });
  expect(found).toEqual({ linked: 3, stale: 2, stillListed: 1, reportedElsewhere: 1 });
});
