import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import {
  type MemberToWord,
  WORDED_MESSAGES_MAX,
  WORDING_SAMPLE_MAX,
  wordClusters,
  wordedCount,
} from './wording.ts';

test.each<[string, number[], number]>([
  ['no cluster', [], 0],
  ['many small ones', new Array(10_000).fill(3), 10_000],
  ['a large one costs its sample', [1e6, 2], 2],
  ['at the limit', new Array(WORDED_MESSAGES_MAX / WORDING_SAMPLE_MAX).fill(5_000), 200],
  ['one past it', [...new Array(200).fill(5_000), 2], 200],
])('wordings are read until the messages of a run are spent: %s', (_, sizes, worded) => {
  expect(wordedCount(sizes)).toBe(worded);
});

test('what a gateway of the recipient put on top is no wording, and is said to be left out', async () => {
  const caution = 'CAUTION: This email originated from outside of the organization.';
  const forward = (voter: string): string =>
    [
      `From: ${voter}@voter.example`,
      'Subject: Fwd: [EXTERNAL] Vote or else',
      '',
      '---------- Forwarded message ---------',
      'From: Proud Group <info@group.example>',
      'Date: Tue, 20 Oct 2020 08:59:00 -0400',
      'Subject: [EXTERNAL] Vote or else',
      `To: <${voter}@voter.example>`,
      '',
      `${caution}`,
      '',
      'We are in possession of all your information and will come after you.',
    ].join('\r\n');
  const voters = ['ada', 'bea', 'cleo', 'dot'];
  const mails = voters.map((voter) => nodeKernels.encode(forward(voter)));
  const members = mails.map((bytes, at): MemberToWord => {
    const digest = nodeKernels.sha256(bytes);
    return {
      exhibit: { digest, bytes: bytes.length, kind: 'message' },
      mail: { path: '0', base: 'exhibit', offset: 0, length: bytes.length, transforms: [] },
      path: '0.i',
      subject: 'Vote or else',
      recipient: `${voters[at]}@voter.example`,
      authenticated: false,
    };
  });
  const reader = {
    vault: { read: async (wanted: string) => mails.find((m) => nodeKernels.sha256(m) === wanted)! },
    intake: {
      opener: () => () => null,
      messages: () => {
        throw new Error('not in one piece');
      },
    },
    kernels: nodeKernels,
  };
  const { campaigns } = await wordClusters(reader, [{ id: 'C', members }], false);
  const [{ wording, banners } = { wording: [], banners: [] }] = campaigns;
  expect(JSON.stringify(wording)).toContain('possession');
  expect(JSON.stringify(campaigns)).not.toMatch(/caution|outside|external/i);
  expect(banners).toEqual([{ product: 'Microsoft 365 or Exchange', messages: 4 }]);
});
