import { expect, test } from 'vitest';
import { canonicalJson } from '../../core/base/index.ts';
import { examineOutput, isLastBatch } from './examine.ts';

test.each([true, false])('a finding shows at its head whether it is the last: %s', (last) => {
  const batch = { last, mails: [], messages: [], limits: [] } as never;
  expect(isLastBatch({ outputText: canonicalJson(examineOutput(batch)) })).toBe(last);
});
