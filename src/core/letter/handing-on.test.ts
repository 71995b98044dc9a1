import { describe, expect, test } from 'vitest';
import {
  eitherAmong,
  handingOn,
  isBoth,
  mayBeReported,
  reachedBy,
  withLiars,
} from './handing-on.ts';
import { NO_OFFICE, officeAt } from './office.ts';

const office = officeAt(['county.example']);
const field = (name: string, value: string) => ({ name, value, offset: 0, length: 0 });
const CLERK = { name: 'Clerk', address: 'Clerk@county.example' };
const VOTER = { name: 'Vera', address: 'vera@voter.example' };

const carrier = {
  path: '0',
  role: 'carrier',
  to: [CLERK],
  headers: [field('Received', 'by mx.example')],
} as const;
const block = { path: '0.i', role: 'original', to: [], headers: [] } as const;
const paths = (...among: Parameters<typeof eitherAmong>): string[] => [...eitherAmong(...among)];

describe('a mail that hands another on', () => {
  test('is in doubt by its own words or by a From line that lies', () => {
    expect(handingOn({ ...carrier, either: true }, 'undetermined').either).toBe(true);
    expect(handingOn(carrier, 'spoofed-domain').lies).toBe(true);
    expect(handingOn(carrier, 'freemail')).toMatchObject({ either: false, lies: false });
  });

  test('reached the mailbox that a server put it into, else its To line', () => {
    const put = [field('Delivered-To', 'vera@voter.example'), ...carrier.headers];
    expect(handingOn({ ...carrier, headers: put }, '').reached).toEqual(['vera@voter.example']);
    expect(handingOn(carrier, '').reached).toEqual(['clerk@county.example']);
  });

  test.each<[string, boolean, readonly string[], 'none' | 'named' | 'inferred', boolean]>([
    ['no office is known: the mail decides', false, [], 'none', false],
    ['the same, in doubt', true, [], 'none', true],
    ['it came to the office', true, ['clerk@county.example'], 'named', false],
    ['it came to somebody else', false, ['vera@voter.example'], 'named', true],
    ['an inferred office clears', true, ['clerk@county.example'], 'inferred', false],
    ['an inferred office raises no doubt', false, ['vera@voter.example'], 'inferred', false],
  ])('%s', (_, either, reached, how, may) => {
    const known = how === 'none' ? NO_OFFICE : office;
    expect(
      mayBeReported({ either, lies: false, reached, claimed: false }, known, how === 'named'),
    ).toBe(may);
    expect(
      mayBeReported({ either, lies: true, reached, claimed: false }, known, how === 'named'),
    ).toBe(true);
  });

  test.each<[string, readonly string[], string | null, boolean, boolean]>([
    ['to the office alone clears', ['clerk@county.example'], null, true, false],
    [
      'with the server’s word clears',
      ['clerk@county.example'],
      'clerk@county.example',
      true,
      false,
    ],
    [
      'to the office and others leaves doubt',
      ['clerk@county.example', 'a@b.example'],
      null,
      true,
      true,
    ],
    [
      'to the office and others raises none',
      ['clerk@county.example', 'a@b.example'],
      null,
      false,
      false,
    ],
    ['in another mailbox leaves doubt', ['clerk@county.example'], 'vera@voter.example', true, true],
    ['to others raises doubt', ['a@b.example'], null, false, true],
  ])('a To line %s', (_, to, receivedFor, either, may) => {
    const where = reachedBy({ deliveredTo: [], receivedFor }, to);
    expect(mayBeReported({ either, lies: false, ...where }, office, true)).toBe(may);
  });

  test('the newest hop names the mailbox where no other field does', () => {
    const hops = [
      field('Received', 'from a by mx with ESMTPS id 1 for <Vera@voter.example>; Tue, 20 Oct 2020'),
      field('Received', 'from b by a for <clerk@county.example>; Tue, 20 Oct 2020'),
    ];
    const { reached } = handingOn({ ...carrier, headers: hops }, '');
    expect(reached).toEqual(['clerk@county.example', 'vera@voter.example']);
  });

  test('shares its doubt with what it would hand on', () => {
    const doubtful = { ...carrier, either: true } as const;
    const handed = { ...block, either: true } as const;
    const old = { ...block, path: '0.i2', role: 'attached' } as const;
    expect(paths([doubtful, handed, old], '', NO_OFFICE)).toEqual(['0', '0.i']);
    expect(paths([doubtful, handed, old], 'undetermined', office)).toEqual([]);
    expect(paths([{ ...carrier, to: [VOTER] }, block], 'undetermined', office)).toEqual([
      '0',
      '0.i',
    ]);
  });

  test('clears nothing that an attached mail inside it leaves open', () => {
    const inner = { ...carrier, path: '0.2', role: 'original', either: true } as const;
    const deep = { ...block, path: '0.2.i', either: true } as const;
    expect(paths([carrier, inner, deep], 'undetermined', office)).toEqual(['0.2', '0.2.i']);
  });

  test('that is an original too is cleared by no office', () => {
    const both = { ...carrier, role: 'original', either: true } as const;
    expect(isBoth(both)).toBe(true);
    expect([carrier, block, { ...carrier, either: true } as const].map(isBoth)).not.toContain(true);
    expect(paths([both, block], 'undetermined', office)).toEqual(['0', '0.i']);
  });

  test('that can be read either way is an original too where its From line lies', () => {
    const doubtful = { ...carrier, either: true } as const;
    const roles = (top: typeof carrier, verdict: string) =>
      withLiars([top, block], () => verdict).map(({ role }) => role);
    expect(roles(doubtful, 'spoofed-domain')).toEqual(['original', 'original']);
    expect(roles(doubtful, 'undetermined')).toEqual(['carrier', 'original']);
    expect(roles(carrier, 'spoofed-domain')).toEqual(['carrier', 'original']);
    expect(withLiars([], () => '')).toEqual([]);
  });

  test('a mail that carries nothing is in no doubt, wherever it came', () => {
    expect(paths([{ ...carrier, role: 'original', to: [VOTER] }], '', office)).toEqual([]);
    expect(paths([], '', office)).toEqual([]);
  });
});
