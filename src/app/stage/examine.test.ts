import { expect, test } from 'vitest';
import { canonicalJson } from '../../core/base/index.ts';
import type { Exhibit } from '../../core/evidence/index.ts';
import { NO_NAMES } from '../../core/forensics/index.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import type { IntakeStep } from '../ports/index.ts';
import {
  BATCH_MESSAGES_MAX,
  type ExaminedBatch,
  examineExhibit,
  examineOutput,
  isLastBatch,
} from './examine.ts';
import { originalJudge } from './judge.ts';

test.each([true, false])('a finding shows at its head whether it is the last: %s', (last) => {
  const batch = { last, mails: [], messages: [], limits: [] } as never;
  expect(isLastBatch({ outputText: canonicalJson(examineOutput(batch)) })).toBe(last);
});

const EXHIBIT: Exhibit = { digest: kernels.sha256(kernels.encode('x')), bytes: 1, kind: 'mbox' };
const judge = originalJudge(kernels, NO_NAMES);

const mail = (text: string, at = 0): IntakeStep => ({
  message: {
    ...{ path: String(at), base: 'exhibit', offset: 1_000 * at, transforms: [] },
    bytes: kernels.encode(text),
    open: () => null,
  },
});
const limit: IntakeStep = { limit: { code: 'mbox-lead', at: '0', text: 'x' } };

async function examined(...steps: readonly IntakeStep[]) {
  const intake = {
    async *messages() {
      yield* steps;
    },
  };
  const batches: ExaminedBatch[] = [];
  for await (const batch of examineExhibit({ intake, kernels, judge }, EXHIBIT))
    batches.push(batch);
  return batches;
}

const PLAIN = 'From: Nora <nora@voter.example>\r\nSubject: hello\r\n\r\nHello.\r\n';

test('each message has its place in the exhibit, those that a mail carries too', async () => {
  const carrier = `From: Vera <vera@voter.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${PLAIN}\r\n--b--\r\n`;
  const [batch] = await examined(mail(PLAIN), mail(carrier, 1));
  expect(batch?.mails.map(({ path, offset }) => [path, offset])).toEqual([
    ['0', 0],
    ['1', 1_000],
  ]);
  expect(batch?.messages.map(({ role, offset, length }) => [role, offset, length])).toEqual([
    ['original', 0, PLAIN.length],
    ['carrier', 1_000, carrier.length],
    ['original', 1_000 + carrier.indexOf(PLAIN), PLAIN.length],
  ]);
  expect(batch?.originals.map(({ path }) => path)).toEqual(['0', batch?.messages[2]?.path]);
});

test('a mail that may have made its message up stays in doubt, and so does the message', async () => {
  const forward = `From: Otto <otto@voter.example>\r\nTo: all@lists.example\r\nSubject: Fwd: Vote\r\n\r\n---------- Forwarded message ---------\r\nFrom: Group <info@group.example>\r\nDate: Tue, Oct 20, 2020 at 8:59 AM\r\nSubject: Vote\r\nTo: <someone@third.example>\r\n\r\nWe know.\r\n`;
  const [batch] = await examined(mail(PLAIN), mail(forward, 1));
  expect(batch?.messages.map(({ role, either }) => [role, either])).toEqual([
    ['original', false],
    ['carrier', true],
    ['original', true],
  ]);
});

test('what could not be read is kept beside the rest, which goes on', async () => {
  const [batch] = await examined(limit, mail(PLAIN), limit, mail(PLAIN, 1));
  expect(batch?.limits).toHaveLength(2);
  expect(batch?.messages).toHaveLength(2);
  expect(await examined(limit)).toMatchObject([{ last: true, mails: [], limits: [{}] }]);
});

test('a thousand mails are one batch, the next one begins another', async () => {
  const mails = Array.from({ length: BATCH_MESSAGES_MAX + 1 }, (_, at) => mail(PLAIN, at));
  const batches = await examined(...mails);
  expect(batches.map(({ batch, last, mails: own }) => [batch, last, own.length])).toEqual([
    [0, false, BATCH_MESSAGES_MAX],
    [1, true, 1],
  ]);
});
