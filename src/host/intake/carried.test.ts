import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ordinaryMail } from '../../../test/kit/ordinary-mail.ts';
import { makeZip } from '../../../test/kit/zip.ts';
import { nodeKernels } from '../kernels/index.ts';
import { memorySource } from './byte-source.ts';
import { ARCHIVE_MAILS_MAX } from './limits.ts';
import { carriedOpener, readMessages } from './messages.ts';

const MAIL = 'Received: from a.example\nFrom: a@b.example\nSubject: x\n\nHello\n';

type Opener = ReturnType<typeof carriedOpener>;

async function opened(open: Opener, bytes: Uint8Array, isFile = true) {
  const paths: string[] = [];
  const limits: string[] = [];
  const steps = open({ path: '0.2', isFile, bytes });
  if (steps === null) return null;
  for await (const step of steps) {
    if ('limit' in step) limits.push(`${step.limit.code} ${step.limit.at}`);
    else paths.push(step.message.path);
  }
  return { paths, limits };
}

/** Just under the ratio of a bomb: 30 kB packed give 2.7 MB. */
const noise = Array.from({ length: 8_000 }, (_, at) => (at * 2_654_435_761) >>> 0).join('');
const large = makeZip(
  Array.from({ length: 30 }, (_, at) => ({
    name: `${at}.eml`,
    content: `${MAIL}${noise}${'\n'.repeat(2_700_000)}`,
  })),
);

test('no more is unpacked from one mail than is held at once', async () => {
  const { paths, limits } = (await opened(carriedOpener(nodeKernels), large))!;
  expect(paths.length).toBeLessThan(28);
  expect(limits).toEqual([expect.stringMatching(/^archive-bytes 0\.2\.\d+$/), 'archive-bytes 0.2']);
});

test('all archives that one mail carries share what is free, each has what its own size gives', async () => {
  const open = carriedOpener(nodeKernels);
  const first = (await opened(open, large))!;
  const second = (await opened(open, large))!;
  expect(second.paths.length).toBeLessThan(first.paths.length / 2);
  expect(second.limits).toContain('archive-bytes 0.2');
  const honest = makeZip([{ name: 'm', content: MAIL }]);
  expect(await opened(open, honest)).toEqual({ paths: ['0.2.0'], limits: [] });
});

test("a voter's two hundred mails are read whole", async () => {
  const mails = Array.from({ length: 200 }, (_, at) => ({ name: 'm', content: ordinaryMail(at) }));
  const { paths, limits } = (await opened(carriedOpener(nodeKernels), makeZip(mails)))!;
  expect(paths).toHaveLength(200);
  expect(limits).toEqual([]);
});

test.each([
  ['zip', makeZip([{ name: 'm', content: MAIL }]), 'archive-mails', 1],
  ['gzip', gzipSync(MAIL), 'archive-mails', 1],
  ['empty zip', makeZip([{ name: 'm/', content: '' }]), 'archive-entries', 0],
])('archives without end (%s) are read to the limit, which is said once', async (...row) => {
  const [, archive, code, mails] = row;
  const open = carriedOpener(nodeKernels);
  const met: string[] = [];
  let paths = 0;
  for (let at = 0; at < ARCHIVE_MAILS_MAX + 100; at += 1) {
    const step = (await opened(open, archive))!;
    paths += step.paths.length;
    met.push(...step.limits);
  }
  expect(paths).toBe(mails * ARCHIVE_MAILS_MAX);
  expect(met).toEqual([`${code} 0.2`]);
});

test('mails of a zip draw on what the zip may give, mails of an mbox do not', async () => {
  const many = makeZip(Array.from({ length: 600 }, () => ({ name: 'e', content: MAIL })));
  const limitsIn = async (bytes: Buffer, kind: 'zip' | 'mbox') => {
    const limits: string[] = [];
    for await (const step of readMessages(memorySource(bytes), kind, nodeKernels)) {
      if ('message' in step) limits.push(...(await opened(step.message.open, many))!.limits);
    }
    return limits;
  };
  const mail = { name: 'm', content: MAIL };
  expect(await limitsIn(makeZip([mail, mail]), 'zip')).toEqual(['archive-entries 0.2']);
  const mbox = Buffer.from(`From a@b.example Thu Oct 22 10:00:00 2020\n${MAIL}\n`.repeat(2));
  expect(await limitsIn(mbox, 'mbox')).toEqual([]);
});

test('only a file can be an mbox: a body may begin like one', async () => {
  const mbox = Buffer.from(`From a@b.example Thu Oct 22 10:00:00 2020\n${MAIL}`);
  const open = carriedOpener(nodeKernels);
  expect(await opened(open, mbox, false)).toBeNull();
  expect((await opened(open, mbox))?.paths).toEqual(['0.2.0']);
});

test('any bytes open, or do not, and never throw; twice the same', async () => {
  const whole = [makeZip([{ name: 'm', content: MAIL }]), gzipSync(MAIL)];
  const damaged = fc
    .tuple(fc.constantFrom(...whole), fc.nat(), fc.nat(255), fc.nat())
    .map(([bytes, at, value, cut]) => {
      const copy = Buffer.from(bytes.subarray(0, bytes.length - (cut % 40)));
      copy[at % copy.length] = value;
      return copy;
    });
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      const first = await opened(carriedOpener(nodeKernels), bytes);
      expect(await opened(carriedOpener(nodeKernels), bytes)).toEqual(first);
    }),
    { numRuns: 300 },
  );
});
