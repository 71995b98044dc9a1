import { describe, expect, test } from 'vitest';
import {
  availabilityOf,
  fieldsNamed,
  parseManifest,
  parseMapping,
  proposeMapping,
  resolveLayout,
  STATE_LAYOUTS,
  stateLayout,
} from './index.ts';

const GOOD = {
  releaseId: 'fl-2020-08',
  jurisdiction: 'FL',
  asOf: '2020-08-31',
  requester: 'Press Office',
  layoutId: 'fl',
  fieldsPresent: ['VoterId', 'Name', 'ContactMethod.Email'],
  rowFilter: null,
  sha256: 'a'.repeat(64),
  rowCount: 12,
  strataCounts: { DEM: 5 },
};

const manifest = (change: { readonly [field: string]: unknown }) =>
  parseManifest(JSON.stringify({ ...GOOD, ...change }));

describe('a release manifest', () => {
  test('says what was handed out, in names of the normal form', () => {
    const read = manifest({});
    expect(read).toMatchObject({ ok: true, value: { releaseId: 'fl-2020-08', rowCount: 12 } });
    expect(read.ok && [...read.value.fieldsPresent].sort()).toEqual([
      'ContactMethod.Email',
      'FirstName',
      'LastName',
      'MiddleName',
      'Suffix',
      'VoterId',
    ]);
  });

  test.each([
    ['releaseId', ''],
    ['releaseId', 7],
    ['jurisdiction', null],
    ['asOf', '2020-02-30'],
    ['asOf', 'August'],
    ['sha256', 'abc'],
    ['rowCount', -1],
    ['rowCount', 1.5],
    ['strataCounts', { DEM: 'five' }],
    ['fieldsPresent', 'all'],
    ['canaryCommit', 'no'],
    ['requester', {}],
  ])('names the rule that %s breaks', (field, value) => {
    expect(manifest({ [field]: value })).toMatchObject({
      ok: false,
      failure: { code: 'manifest-rule', field },
    });
  });

  test.each([['{'], ['[]'], ['null'], ['7'], ['']])('never throws on %j', (text) => {
    expect(parseManifest(text).ok).toBe(false);
  });
});

const line = (count: number, delimiter: string): string =>
  Array.from({ length: count }, () => 'x').join(delimiter);

describe('layouts', () => {
  test.each([
    ['FL', 'fl'],
    ['florida-2020', 'fl'],
    ['north-carolina', 'nc'],
    ['oh', 'oh'],
    ['zz', undefined],
  ])('%s names %s', (name, id) => expect(stateLayout(name)?.id).toBe(id));

  test.each([
    [
      'of 2018',
      'UN,PARTY,D/P,LASTNAME,FIRSTNAME,MIDDLENAME,SUFFIXNAME,ASCENSION#,REGDATE,ORGREGDATE,DISTDATE,RESIDENCEADDRESS,RESIDENCECITY,RESIDENCEZIP,M1,M2,M3,MC,MS,MZ,MCY,GENDER',
    ],
    [
      'of 2024, the inactive too',
      'UN,PARTY,DP,LAST_NAME,FIRST_NAME,MIDDLE_NAME,SUFFIX_NAME,ASCENSION,REG_DATE,CONDITION_DATE,ORG_REG_DATE,DIST_DATE,RESIDENCE_ADDRESS,RESIDENCE_CITY,RESIDENCE_ZIP,MAILING_ADDRESS1,MAILING_ADDRESS2,MAILING_ADDRESS3,MAILING_CITY,MAILING_STATE,MAILING_ZIP,MAILING_COUNTRY,GENDER,CC',
    ],
  ])('the Alaska header %s is read', (_, header) => {
    const read = resolveLayout(stateLayout('ak')!, header);
    expect(read.ok && read.value.places.get('VoterId')).toEqual([7]);
  });

  test('Florida is 38 tabbed columns; one fewer is another layout', () => {
    const florida = stateLayout('fl')!;
    const read = resolveLayout(florida, line(38, '\t'));
    expect(read.ok && read.value.places.get('ContactMethod.Email')).toEqual([37]);
    expect(resolveLayout(florida, line(37, '\t'))).toEqual({
      ok: false,
      failure: { code: 'layout-columns', wanted: '38', found: 37 },
    });
  });

  test('a header without a column that the layout names is refused by that name', () => {
    const header = Array.from({ length: 46 }, (_, at) => `C${at}`).join(',');
    expect(resolveLayout(stateLayout('oh')!, header)).toMatchObject({
      failure: { code: 'layout-column-missing', column: 'SOS_VOTERID' },
    });
  });

  test('every layout knows names and an id', () => {
    for (const layout of STATE_LAYOUTS) {
      expect(layout.fields).toMatchObject({
        VoterId: expect.anything(),
        LastName: expect.anything(),
      });
    }
  });
});

describe('a mapping', () => {
  test('is proposed from header words, else from the shape of values', () => {
    const { layout, unsure } = proposeMapping([
      'Registrant ID,Surname,Given name,contact,home,plz',
      '1,Wexlow,Ada,ada@mail.example,12 Elm St,00412',
      '2,Pellby,Ira,,7 Oak Ave,00412-1234',
    ]);
    expect(layout.fields).toEqual({
      VoterId: ['Registrant ID'],
      LastName: ['Surname'],
      FirstName: ['Given name'],
      'ContactMethod.Email': [4],
      'ResidenceAddress.Line': [5],
      'ResidenceAddress.ZipCode': [6],
    });
    expect(unsure).toHaveLength(3);
  });

  test('is read from JSON, and refused by rule', () => {
    const text = '{"id":"x","fields":{"FirstName":"f","LastName":["l","m"]}}';
    const read = parseMapping(text);
    expect(read.ok && resolveLayout(read.value, 'm,l,f')).toMatchObject({
      ok: true,
      value: { width: 3 },
    });
    for (const wrong of [
      '{',
      '[]',
      '{"id":"x"}',
      '{"id":"x","fields":{"Shoe":"s"}}',
      '{"id":"x","delimiter":"#","fields":{}}',
    ])
      expect(parseMapping(wrong)).toMatchObject({ failure: { code: 'mapping-malformed' } });
  });

  test('without names of people is refused', () => {
    const read = parseMapping('{"id":"x","fields":{"LastName":"l"}}');
    expect(read.ok && resolveLayout(read.value, 'l')).toMatchObject({
      failure: { code: 'layout-field-missing', field: 'FirstName' },
    });
  });
});

test('what a table does not name is unknown, not secret', () => {
  expect(availabilityOf('FL', 'ContactMethod.Email').availability).toBe('public');
  expect(availabilityOf('AK', 'ContactMethod.Email').availability).toBe('never');
  expect(availabilityOf('ZR', 'Party')).toEqual({ availability: 'unknown', basis: null });
  expect(fieldsNamed('shoe size')).toEqual([]);
});
