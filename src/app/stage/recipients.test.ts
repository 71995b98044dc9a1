import { expect, test } from 'vitest';
import type { Sha256 } from '../../core/base/index.ts';
import { nodeKernels } from '../../host/kernels/index.ts';
import { readRecipients } from './recipients.ts';
import type { ClusterToWord, MemberToWord } from './wording.ts';

const GIVEN = 'Alma Boyd Clara Dwight Edith Felix Gavin Hattie Irving Judith Kurt Leona'.split(' ');
const FAMILY = 'Barlow Draper Hadley Ingram Langston Mercado Prescott Salazar'.split(' ');
const STREETS = ['Alder Street', 'Birchwood Ave', 'Cedar Lane', 'Dogwood Court', 'Fairview Road'];
const CITIES = ['Tampa', 'Orlando', 'Lakeland', 'Pensacola', 'Gainesville'];

const person = (n: number) => ({
  given: GIVEN[n % GIVEN.length] ?? '',
  family: FAMILY[(n * 5 + 3) % FAMILY.length] ?? '',
  street: `${101 + 37 * n} ${STREETS[n % 5]}`,
  city: CITIES[(n * 3) % 5] ?? '',
  zip: String(33_000 + 13 * n),
  email: `voter${n}@mail.example`,
});

const mail = (n: number, to: string, state = 'FL'): string => {
  const { given, family, street, city, zip } = person(n);
  return [
    'From: info@group.example',
    `To: ${to}`,
    'Subject: Vote or else',
    '',
    `Dear ${given} ${family},`,
    '',
    'We are in possession of all your information and know that you live at',
    `${street} in ${city}, ${state} ${zip}. You will vote as we say or we will come after you.`,
    `Take this seriously, ${given}, and comply before the day of the election.`,
    '',
  ].join('\r\n');
};

/** One exhibit a mail; the vault gives the bytes of each. */
async function recipientsOf(mails: readonly string[]) {
  const digest = (n: number): Sha256 => String(n).padStart(64, '0') as Sha256;
  const members: MemberToWord[] = mails.map((text, n) => ({
    exhibit: { digest: digest(n), bytes: text.length, kind: 'message' },
    mail: { path: '0', base: 'exhibit', offset: 0, length: text.length, transforms: [] },
    path: '0',
    subject: null,
    recipient: null,
    authenticated: false,
  }));
  const cluster: ClusterToWord = { id: 'c', members };
  const { groups } = await readRecipients(
    {
      vault: { read: async (name) => nodeKernels.encode(mails[Number(name)] ?? '') },
      intake: { messages: () => expect.unreachable(), opener: () => () => null },
      kernels: nodeKernels,
    },
    [cluster],
  );
  return groups[0]?.reports ?? [];
}

test('every member speaks of its recipient: address from the To line, the rest filled in', async () => {
  const numbers = Array.from({ length: 40 }, (_, n) => n);
  const reports = await recipientsOf(numbers.map((n) => mail(n, person(n).email)));
  expect(reports.map(({ recipient }) => recipient)).toEqual(
    numbers.map((n) => {
      const { given, family, street, city, zip, email } = person(n);
      return { first: given, last: family, street, city, state: 'FL', zip, email, party: '' };
    }),
  );
});

test('a recipient in the state that few texts name is read as whole as the others', async () => {
  const stateOf = (n: number): string => (n % 10 === 4 ? 'AK' : 'FL');
  const numbers = Array.from({ length: 80 }, (_, n) => n);
  const reports = await recipientsOf(numbers.map((n) => mail(n, person(n).email, stateOf(n))));
  expect(
    reports.map(({ recipient: { street, city, state, zip } }) => [street, city, state, zip]),
  ).toEqual(
    numbers.map((n) => {
      const { street, city, zip } = person(n);
      return [street, city, stateOf(n), zip];
    }),
  );
});

test('two reports of one recipient count once, and a crowd in the To line is nobody', async () => {
  const twice = [0, 1, 2, 3, 4, 0, 1].map((n) => mail(n, person(n).email));
  expect(await recipientsOf(twice)).toHaveLength(5);
  const crowd = [0, 1].map((n) => mail(n, `${person(n).email}, ${person(n + 9).email}`));
  expect(await recipientsOf(crowd)).toEqual([]);
});

test('too few texts for a template leave the To line to speak', async () => {
  const { given, family, email } = person(7);
  const [report] = await recipientsOf([mail(7, `"${given} ${family}" <${email}>`)]);
  expect(report?.recipient).toMatchObject({ first: given, last: family, email, street: '' });
});
