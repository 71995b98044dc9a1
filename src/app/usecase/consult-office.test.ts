import { expect, test } from 'vitest';
import type { Json } from '../../core/base/index.ts';
import type { Finding } from '../../core/evidence/index.ts';
import { nodeKernels } from '../../host/kernels/index.ts';
import type { Office, OfficeRefusal, RollShelf } from '../ports/index.ts';
import { type ConsultPorts, consultOffice } from './consult-office.ts';

const CHANGED: OfficeRefusal = {
  code: 'roll-changed',
  name: '/lists/fl-2020-06.csv',
  reason: 'the file changed while it was read',
};

const shelf: RollShelf = {
  parameters: { releases: [] as readonly Json[] },
  releases: [],
  registers: [],
  read: async () => ({ ok: false, failure: CHANGED }),
};

/** Ports that keep what they are given in memory; no exhibit stands in the case. */
function portsWith(office: Partial<Office>) {
  const kept: Finding[] = [];
  const notes: string[] = [];
  const ports: ConsultPorts = {
    office: {
      rolls: null,
      logs: null,
      tallies: null,
      notices: { has: () => false, keep: () => expect.unreachable() },
      ...office,
    },
    store: {
      known: async (keys) => new Set(keys.filter((key) => kept.some((one) => one.key === key))),
      addFindings: async (batch) => ({ added: kept.push(...batch) }),
      async *findings() {
        yield* kept;
      },
    },
    vault: { read: async () => new Uint8Array() },
    intake: { messages: () => expect.unreachable(), opener: () => () => null },
    kernels: nodeKernels,
    progress: { update: () => {}, note: (line) => notes.push(line), finish: () => {} },
  };
  return { ports, kept, notes };
}

const NO_CAMPAIGN = { clustering: 'c'.repeat(64), clusters: () => [] };

test('a list that changes while it is read leaves no finding, and is named', async () => {
  const { ports, kept, notes } = portsWith({ rolls: async () => ({ ok: true, value: shelf }) });
  const { exposure, accessLog, matches } = await consultOffice(ports, NO_CAMPAIGN);
  expect(exposure).toEqual({ ok: false, failure: CHANGED });
  expect([accessLog, matches]).toEqual([null, null]);
  expect(kept).toEqual([]);
  expect(notes).toEqual([
    '/lists/fl-2020-06.csv: the file changed while it was read [roll-changed]',
  ]);
});

test('a log that cannot be read leaves no finding and no list of record numbers', async () => {
  const failure = { code: 'log-piece-unreadable', name: 'log', reason: 'it cannot be read' };
  const { ports, kept } = portsWith({ logs: async () => ({ ok: false, failure }) });
  expect((await consultOffice(ports, NO_CAMPAIGN)).accessLog).toEqual({ ok: false, failure });
  expect(kept).toEqual([]);
});

test('counts that are none are refused by name and leave no finding', async () => {
  const refused = [{ code: 'tally-malformed', name: 'leon.json', reason: 'breaks a rule' }];
  const { ports, kept } = portsWith({ tallies: () => ({ tallies: [], refused }) });
  expect((await consultOffice(ports, NO_CAMPAIGN)).matches).toEqual({ answered: null, refused });
  expect(kept).toEqual([]);
});
