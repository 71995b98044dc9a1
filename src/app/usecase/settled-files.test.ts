import { describe, expect, test } from 'vitest';
import type { Sha256 } from '../../core/base/index.ts';
import type { Exhibit } from '../../core/evidence/index.ts';
import { officeAt } from '../../core/letter/index.ts';
import { memorySource, readMessages } from '../../host/intake/index.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { EXAMINE, examineExhibit, examineOutput, originalJudge } from '../stage/index.ts';
import { indexCase } from './case-index.ts';
import { isDoubted, isInDoubt, officeOfCase } from './case-office.ts';
import type { IndexedOriginal } from './original-table.ts';

interface Report {
  readonly by: string;
  readonly file?: string;
  readonly own?: string;
  readonly shows?: string;
}

/** A phish with a page attached, as Gmail forwards it. */
const forward = ({ by, file = 'pay here', own = 'Look', shows = 'info@group.example' }: Report) =>
  [
    `From: ${by}@${by}.example`,
    'To: clerk@county.example',
    'References: <a@group.example>',
    'Subject: Fwd: Your invoice',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    own,
    '',
    '---------- Forwarded message ---------',
    `From: Group <${shows}>`,
    'Date: Mon, Oct 19, 2020 at 8:59 AM',
    'Subject: Your invoice',
    `To: <${by}@${by}.example>`,
    '',
    'Your invoice is attached, please open it.',
    '--b',
    'Content-Type: text/html; name="invoice.html"',
    'Content-Disposition: attachment; filename="invoice.html"',
    '',
    file,
    '--b--',
    '',
  ].join('\r\n');

async function indexOf(reports: readonly Report[]) {
  const bytes = reports.map((report) => kernels.encode(forward(report)));
  const exhibits = bytes.map((one): Exhibit => {
    return { digest: kernels.sha256(one), bytes: one.length, kind: 'message' };
  });
  const judge = originalJudge(kernels);
  const findings: { inputs: readonly Sha256[]; output: unknown }[] = [];
  for (const [at, exhibit] of exhibits.entries()) {
    const messages = () => readMessages(memorySource(Buffer.from(bytes[at]!)), 'message', kernels);
    const reader = { intake: { messages }, kernels, judge } as never;
    for await (const batch of examineExhibit(reader, exhibit))
      findings.push({ inputs: [exhibit.digest], output: examineOutput(batch) });
  }
  const store = {
    async *exhibits() {
      for (const exhibit of exhibits) yield { ...exhibit, custody: [] };
    },
    async *findings(stage: string) {
      if (stage === EXAMINE.stage) yield* findings;
    },
  } as never;
  return indexCase(store);
}

const office = officeAt(['county.example']);

async function seen(reports: readonly Report[]) {
  const index = await indexOf(reports);
  const home = officeOfCase(index, office);
  const all = Array.from({ length: index.originals.count }, (_, at) => index.originals.at(at));
  const row = (original: IndexedOriginal) => ({
    path: original.path,
    counts: !isInDoubt(original, home),
    sure: !isInDoubt(original, home) && !isDoubted(original, home),
  });
  return { originals: all.map(row), settled: index.settledFiles };
}

const three = ['ann', 'bob', 'kim'];

describe('a file beside a forwarded message', () => {
  test('is that message’s where several people’s mails brought both', async () => {
    const { originals, settled } = await seen(three.map((by) => ({ by })));
    expect(originals).toEqual(three.map(() => ({ path: '0.i', counts: true, sure: true })));
    expect(settled).toEqual([
      { sha256: kernels.sha256(kernels.encode('pay here')), name: 'invoice.html', mails: 3 },
    ]);
  });

  test.each<[string, readonly Report[]]>([
    ['in two mails', [{ by: 'ann' }, { by: 'bob' }]],
    ['in three of one author', [{ by: 'ann' }, { by: 'ann', own: 'a' }, { by: 'ann', own: 'b' }]],
    ['not twice the same', three.map((by) => ({ by, file: by }))],
    ['beside other messages', three.map((by) => ({ by, shows: `${by}@innocent.example` }))],
  ])(
    'may be either’s %s: both are read, and the From line counts with the doubt',
    async (_, reports) => {
      const { originals, settled } = await seen(reports);
      expect(settled).toEqual([]);
      expect(originals).toEqual(
        reports.flatMap(() => [
          // The mail itself, whose writer is nobody's shown sender; and what stands in it.
          { path: '0', counts: false, sure: false },
          { path: '0.i', counts: true, sure: false },
        ]),
      );
    },
  );

  test('leaves a mail in doubt that has a link of its own, or a number', async () => {
    const linked = { by: 'dan', own: 'Pay at https://evil.example/' };
    const calls = { by: 'eve', own: 'Call 202-555-0199' };
    const { originals } = await seen([...three.map((by) => ({ by })), linked, calls]);
    expect(originals.slice(3)).toEqual([
      { path: '0', counts: false, sure: false },
      { path: '0.i', counts: false, sure: false },
      { path: '0.i', counts: true, sure: false },
    ]);
  });
});
