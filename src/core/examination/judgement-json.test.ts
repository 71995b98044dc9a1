import { expect, test } from 'vitest';
import { EMPTY_MESSAGE } from '../../../test/kit/empty-message.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import {
  messageJudge,
  NO_NAMES,
  readRecordedResults,
  uncheckedAuthentication,
} from '../forensics/index.ts';
import { judgementJson } from './judgement-json.ts';

const field = (name: string, value: string, offset: number) => ({
  name,
  value,
  raw: value,
  offset,
  length: 17,
});

const message = {
  ...EMPTY_MESSAGE,
  from: { name: '', address: 'a@b.example' },
  headers: [
    field('Authentication-Results', 'mx.c.example; spf=pass', 0),
    field('From', 'a@b.example', 40),
  ],
};

test.each<[number | null, number | null, number | null]>([
  [1_000, 1_000, 1_040],
  [null, null, null],
])('reasons and records point at bytes of the exhibit: message at %j', (offset, record, from) => {
  const judge = messageJudge({ ...NO_NAMES, networks: [], kernels });
  const authentication = uncheckedAuthentication(readRecordedResults(message));
  const judgement = judge({ message, bodies: [], authentication });
  const bytesOf = () => ({ offset: null, length: null, why: 'rebuilt' }) as const;
  const of = { offset, bytesOf, ofReporter: false, filesOpen: false };
  const json = JSON.parse(JSON.stringify(judgementJson(judgement, of)));
  expect(json.authentication.recorded[0].offset).toBe(record);
  expect(json.verdict.reasons[0].at).toEqual({ header: 'From', offset: from, length: 17 });
});
