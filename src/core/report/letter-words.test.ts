import { expect, test } from 'vitest';
import { sampleInvestigation } from '../../../test/sample/investigation.ts';
import { wordingFaults } from '../assessment/index.ts';
import { renderBoard } from './board-text.ts';
import { renderFindings } from './findings-json.ts';
import {
  eitherWay,
  letterSentences,
  lettersRead,
  lettersThatCarry,
  lettersThatTell,
  notCounted,
  pressingLetters,
  whyTheOffice,
} from './letter-words.ts';
import { renderReport } from './page.ts';

const two = sampleInvestigation({ letters: 2 });
const one = sampleInvestigation({ letters: 1 });
const none = sampleInvestigation({});

const saidOf = (investigation: Parameters<typeof letterSentences>[0]): readonly string[] =>
  letterSentences(investigation).flatMap(({ says, rows }) => [says, ...rows]);

test('letters are counted, with the address and what follows', () => {
  const either = { mails: 0, authors: 0, pressing: 0, exhibits: [] };
  expect(lettersRead(two)).not.toContain('no forward');
  expect(lettersRead({ ...two, office: { ...two.office, either } })).toBe(
    '2 mails were written to elections@county.example itself and hold no forward: they are read as letters to the office, not as reported messages.',
  );
  expect(lettersRead(one)).toMatch(/^1 mail was written .* it is read as a letter/);
  expect(lettersRead(none)).toBe('');
});

test('letters that show a message are not said to hold none, and are named by their exhibits', () => {
  const exhibits = two.exhibits.slice(0, 1).map(({ digest }) => digest);
  const telling = (mails: number) => ({
    ...two,
    office: { ...two.office, telling: { mails, exhibits } },
  });
  expect(lettersRead(telling(2))).not.toContain('no forward');
  expect(lettersThatTell(telling(1))).toMatch(/^In the text of 1 letter .* \(E1\): most likely/);
  expect(lettersThatTell(telling(2))).toMatch(/^In the text of 2 letters .* \(E1 and more\):/);
  expect(saidOf(telling(2))).toContain(lettersThatTell(telling(2)));
  expect(lettersThatTell(two)).toBe('');
  expect(wordingFaults(lettersThatTell(telling(2)))).toEqual([]);
});

test('letters that press are named by their exhibits, for a person to read first', () => {
  expect(pressingLetters(two)).toMatch(/^One of them has wording .* read first \(E1\), for/);
  const letters = Array.from({ length: 40 }, (_, at) => ({
    exhibit: two.exhibits[at % 20]?.digest ?? '',
    path: `${at}`,
    sha256: '',
    pressing: true,
  }));
  const many = { ...two, letters, office: { ...two.office, pressing: 40 } };
  expect(pressingLetters(many)).toMatch(/^40 of them .*\(E1, .*, E12 and more\)/);
});

test('an office that nobody named says why it is taken for one, and how to say otherwise', () => {
  expect(whyTheOffice(two)).toMatch(/48 mails with a forward\) is taken .* --office none\.$/);
  const named = { ...two, office: { ...two.office, how: 'named' as const } };
  expect(whyTheOffice(named)).toBe('The addresses of the office are those given with --office.');
});

test('every surface says it, and a case without letters says nothing', () => {
  const style = { width: 100, colour: false };
  expect(renderBoard(two, style)).toMatch(/read\s+as\s+letters\s+to\s+the\s+office/);
  expect(renderReport(two)).toContain('elections[at]county[.]example itself');
  expect(JSON.parse([...renderFindings(two)].join(''))).toMatchObject({
    counts: { letters: 2 },
    letters: [{ path: '0' }, { path: '0' }],
    office: { how: 'inferred' },
  });
  expect(saidOf(two).join(' ')).toContain('Open no link and no attached file');
  expect(letterSentences(none)).toEqual([]);
  expect(renderBoard(none, style)).not.toMatch(/letters?\s+to\s+the\s+office/);
});

test('letters with links or files stand apart from every campaign', () => {
  const { says, rows } = lettersThatCarry(two);
  expect(says).toMatch(
    /^Sent to the office itself, in no campaign: 1 letter with links or files\./,
  );
  expect(rows).toEqual([
    'E1 message 0: 2 links, 1 under the words of another site, 1 file (https://evil.example/x)',
  ]);
  const board = renderBoard(two, { width: 100, colour: false });
  expect(board).toMatch(/^ {4}- E1 message 0: 2 links/m);
  expect(renderReport(two)).toContain('<li>E1 message 0: 2 links');
  expect(lettersThatCarry(none)).toEqual({ says: '', rows: [] });
  const left = { ...none.office.carrying, left: 7 };
  expect(lettersThatCarry({ ...none, office: { ...none.office, carrying: left } }).says).toBe(
    '7 letters more were not searched for links.',
  );
});

test('where no forward came, one busy address is a question, withheld in the report', () => {
  const doubtful = [{ address: '…@county.example', forwards: 0, others: 16 }];
  const asked = { ...none, office: { ...none.office, doubtful } };
  expect(saidOf(asked).join(' ')).toMatch(
    /^16 mails that people wrote came to one address, …@county\.example, .* run again with --office ADDRESS/,
  );
});

test('mails that can be read either way are counted, named by exhibit, and blame nobody', () => {
  expect(eitherWay(two)).toMatch(
    /^2 mails with a message in them can be read either way \(E1 and more\)/,
  );
  expect(eitherWay(two)).toContain('One of them has wording of its own that threatens or presses');
  expect(eitherWay(none)).toBe('');
  expect(saidOf(two)).toContain(eitherWay(two));
});

test('what is not counted is one line with the number of authors, on every surface', () => {
  const unsure = { ...two.campaigns[1]!, originals: 0, inDoubt: 3, authorsInDoubt: 1 };
  const doubtful = { ...two, campaigns: [two.campaigns[0]!, unsure] };
  const line = 'Not counted: 3 messages in 2 mails by 1 author, which can be read either way.';
  expect(notCounted(two)).toBe(line);
  expect(notCounted(doubtful)).toBe(`${line} Campaign C2 holds no other.`);
  expect(notCounted(none)).toBe('');
  const board = renderBoard(doubtful, { width: 100, colour: false }).replace(/\s+/g, ' ');
  expect(board).toContain(line);
  expect(board).toMatch(/ 1 campaign, .* C1 /);
  expect(board).not.toMatch(/C2 +9/);
  const page = renderReport(doubtful);
  expect(page).toContain(line);
  expect(page).toContain('none sure (3 in doubt)');
  expect(page).not.toContain('Campaign C2: ');
});

test.each([one, two])('its sentences keep the wording rules', (investigation) => {
  for (const sentence of saidOf(investigation)) expect(wordingFaults(sentence)).toEqual([]);
});
