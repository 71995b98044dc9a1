import { expect, test } from 'vitest';
import { ar, type Field, message } from '../../../test/kit/judged-message.ts';
import { consumerProviders } from '../mail-services/index.ts';
import {
  judgeSender,
  protectedIndex,
  readRecordedResults,
  uncheckedAuthentication,
} from './index.ts';

/** Reasons and what is not shown, of an authorised mail. */
function judge(from: string, replyTo: readonly string[], fields: readonly Field[] = []) {
  const domain = from.slice(from.indexOf('@') + 1);
  const mail = message(
    [ar(`mx; dmarc=pass header.from=${domain}`), ['Reply-To', replyTo.join()], ...fields],
    { name: 'Clerk', address: from },
    { replyTo: replyTo.map((address) => ({ name: '', address })) },
  );
  const verdict = judgeSender({
    message: mail,
    authentication: uncheckedAuthentication(readRecordedResults(mail)),
    protectedNames: protectedIndex([]),
    consumerProvider: consumerProviders(),
  });
  const of = (code: string) => verdict.reasons.find((reason) => reason.code === code);
  return {
    ...verdict,
    answers: of('answers-elsewhere') ?? null,
    sender: of('sender-elsewhere') ?? null,
  };
}

test.each<[string, string, readonly string[], string | null]>([
  [
    'another organisation',
    'clerk@bank.example',
    ['pay@evil.example'],
    'Answers go to pay@evil.example, of another organisation, and not to bank.example.',
  ],
  [
    'an account of anybody’s',
    'clerk@bank.example',
    ['pay@gmail.com'],
    'Answers go to pay@gmail.com, an account such as anybody may open at Google (Gmail), and not to bank.example.',
  ],
  [
    'the sender and another',
    'clerk@bank.example',
    ['clerk@bank.example', 'pay@evil.example'],
    'Answers go to pay@evil.example, of another organisation, too.',
  ],
  [
    'another account at the same provider',
    'a@gmail.com',
    ['b@googlemail.com'],
    'Answers go to b@googlemail.com, an account such as anybody may open at Google (Gmail), and not to gmail.com.',
  ],
  ['the same account', 'A@gmail.com', ['a@GMAIL.com'], null],
  [
    'the same account in other spellings',
    'a.b@gmail.com',
    ['ab+tag.x@gmail.com', 'a.b@googlemail.com', 'a.b.+@gmail.com'],
    null,
  ],
  [
    'a tag of another domain',
    'a@bank.example',
    ['a+x@evil.example'],
    'Answers go to a+x@evil.example, of another organisation, and not to bank.example.',
  ],
  [
    'an account of other dots elsewhere',
    'a.b@yahoo.com',
    ['ab@yahoo.com'],
    'Answers go to ab@yahoo.com, an account such as anybody may open at Yahoo, and not to yahoo.com.',
  ],
  ['another host of its own', 'clerk@bank.example', ['x@desk.bank.example'], null],
  ['nobody', 'clerk@bank.example', [], null],
  ['no address', 'clerk@bank.example', ['x', ''], null],
])('answers that go to %s', (_, from, replyTo, text) => {
  const { answers, notShown, kind } = judge(from, replyTo);
  expect(answers?.text ?? null).toBe(text);
  expect(notShown.some((said) => said.startsWith('that an answer reaches'))).toBe(text !== null);
  expect(kind).toBe(from.endsWith('.example') ? 'genuine' : 'freemail');
  if (answers !== null) expect(answers.at?.header).toBe('Reply-To');
});

test('three of a thousand are named', () => {
  const many = Array.from({ length: 1_000 }, (_, at) => `a${at}@evil.example`);
  const { answers } = judge('clerk@bank.example', many);
  expect(answers?.text).toMatch(/^Answers go to a0@evil\.example, .*, and 997 more, and not to/);
});

test.each<[string, string | null]>([
  ['x@evil.example', 'x@evil.example'],
  ['Lists <X@Evil.example>', 'x@evil.example'],
  ['"a <b@c.example>" <x@evil.example> (gone)', 'x@evil.example'],
  ['Clerk <clerk@bank.example>', null],
  ['nobody', null],
])('a Sender line %j', (value, named) => {
  const { sender, kind } = judge('clerk@bank.example', [], [['Sender', value]]);
  expect(sender?.text ?? null).toBe(
    named === null
      ? null
      : `Its Sender line names ${named}, of another organisation, as who sent it for bank.example.`,
  );
  expect(kind).toBe('genuine');
});
