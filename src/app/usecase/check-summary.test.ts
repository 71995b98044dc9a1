import { describe, expect, test } from 'vitest';
import type { Instant } from '../../core/base/index.ts';
import type { AuthenticatedOriginal } from '../stage/index.ts';
import { checkedBy, checksOf } from './check-summary.ts';
import type { Checked, IndexedOriginal } from './original-table.ts';

const found = (more: Partial<AuthenticatedOriginal>): AuthenticatedOriginal => ({
  path: '0',
  kind: 'undetermined',
  kinds: ['undetermined'],
  certainty: 'none',
  reasons: [],
  notShown: [],
  asOf: '2020-10-22T08:00:00.000Z' as Instant,
  takenAt: '2020-10-20T12:00:00.000Z' as Instant,
  complete: true,
  authorised: false,
  unaltered: false,
  contradicts: [],
  spf: null,
  dkim: [],
  dmarc: null,
  arc: null,
  notes: [],
  ...more,
});

const original = (checked: Checked | null, forward: IndexedOriginal['forward'] = null) =>
  ({ checked, forward }) as IndexedOriginal;

describe('what the index keeps of a check', () => {
  test.each<[string, string, Partial<AuthenticatedOriginal>, Partial<Checked>]>([
    ['2020-10-22T08:00:00.000Z', 'soon', {}, { complete: true, late: false, asOf: '2020-10-22' }],
    ['2020-11-03T12:00:00.000Z', 'on the last day in time', {}, { complete: true, late: false }],
    ['2020-11-22T08:00:00.000Z', 'late', {}, { complete: true, late: true }],
    ['2020-09-01T08:00:00.000Z', 'before it came', {}, { complete: false, late: false }],
    ['2020-09-01T08:00:00.000Z', 'before, and passed', { authorised: true }, { complete: true }],
  ])('asked on %s: %s', (asOf, _, more, expected) => {
    expect(checkedBy(found({ asOf: asOf as Instant, ...more }))).toMatchObject(expected);
  });
});

test.each<[string, readonly string[], string | undefined]>([
  ['undetermined', ['domain-not-authorised', 'hired-service'], 'hired-service'],
  ['undetermined', ['domain-not-authorised', 'own-tenancy'], 'hired-service'],
  ['undetermined', ['domain-publishes-nothing'], 'domain-publishes-nothing'],
  ['undetermined', ['copy-degraded'], undefined],
  ['spoofed-domain', ['hired-service', 'unrelated-server'], undefined],
])('%s by %j is open because of %s', (kind, reasons, because) => {
  const { kind: kept, because: why } = checkedBy(found({ kind: kind as 'undetermined', reasons }));
  expect([kept, why]).toEqual([kind, because]);
});

describe('what the checks of several say', () => {
  test('nothing where none was made', () => {
    expect(checksOf([original(null), original(null)])).toBeNull();
  });

  test('counts what can be checked, what was, and as of which days', () => {
    const lost = { method: 'inline-text', intact: false, lost: ['headers'] } as const;
    const outlook = { method: 'outlook-item', intact: true, lost: [] } as const;
    const passed = checkedBy(found({ authorised: true, unaltered: true }));
    const open = checkedBy(found({ complete: false, asOf: '2020-10-30T00:00:00.000Z' as Instant }));
    const told = { method: 'spf', recorded: 'pass', asked: 'fail' } as const;
    const late = checkedBy(
      found({ contradicts: [told], asOf: '2020-11-04T12:00:00.001Z' as Instant }),
    );
    expect(
      checksOf([
        original(null, lost),
        original(passed),
        original(open),
        original(null),
        original(null, outlook),
        original(late),
      ]),
    ).toEqual({
      checkable: 4,
      checked: 2,
      open: 1,
      authorised: 1,
      signed: 0,
      unaltered: 1,
      late: 1,
      contradicted: 1,
      firstDay: '2020-10-22',
      lastDay: '2020-11-04',
    });
  });
});
