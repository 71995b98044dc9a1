import { expect, test } from 'vitest';
import type { Sha256 } from '../../core/base/index.ts';
import { createIntake } from '../../host/intake/index.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import type { ExhibitVault } from '../ports/index.ts';
import { REREAD_TOGETHER_MAX, rereadGroups, type Wanted } from './reread.ts';

const MAIL = 'Received: from a.example\r\nFrom: a@b.example\r\nSubject: letter\r\n\r\nHello\r\n';
const CARRIER = [
  'From: vera@voter.example\r\nContent-Type: multipart/mixed; boundary=b\r\n',
  ...[0, 1, 2, 3].map(
    (at) => `--b\r\nContent-Type: message/rfc822\r\n\r\n${MAIL.replace('letter', `letter ${at}`)}`,
  ),
  '--b--\r\n',
].join('\r\n');

const exhibit = { digest: 'e' as Sha256, bytes: CARRIER.length, kind: 'message' } as const;
const mail = { path: '0', base: 'exhibit', offset: 0, length: CARRIER.length, transforms: [] };
const wanted = (path: string): Wanted => ({ exhibit, mail, path });

async function reread(groups: readonly { readonly wanted: readonly Wanted[] }[]) {
  let reads = 0;
  const vault = {
    read: async () => {
      reads += 1;
      return kernels.encode(CARRIER);
    },
  };
  const intake = createIntake({ kernels, vault: vault as unknown as ExhibitVault, caseFolder: '' });
  const subjects: (readonly (string | null)[])[] = [];
  for await (const { messages } of rereadGroups({ vault, intake, kernels }, groups))
    subjects.push(messages.map((message) => message?.subject ?? null));
  return { reads, subjects };
}

test('a mail is read once for all groups that want of it', async () => {
  const groups = [['0.3', '0.1'], ['0.9'], [], ['0.2', '0.4', '0.2']];
  const read = await reread(groups.map((paths) => ({ wanted: paths.map(wanted) })));
  expect(read).toEqual({
    reads: 1,
    subjects: [['letter 2', 'letter 0'], [null], [], ['letter 1', 'letter 3', 'letter 1']],
  });
});

test.each([
  ['at the limit', REREAD_TOGETHER_MAX / 2, 1],
  ['one past it', REREAD_TOGETHER_MAX / 2 + 1, 2],
])('groups are read together up to a number of messages: %s', async (_, second, reads) => {
  const groups = [REREAD_TOGETHER_MAX / 2, second].map((count) => ({
    wanted: Array.from({ length: count }, () => wanted('0.1')),
  }));
  const read = await reread(groups);
  expect(read.reads).toBe(reads);
  expect(read.subjects.map((subjects) => subjects.length)).toEqual([
    groups[0]!.wanted.length,
    second,
  ]);
});
