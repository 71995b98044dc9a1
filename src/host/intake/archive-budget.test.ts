import { expect, test } from 'vitest';
import { ArchiveBudget } from './archive-budget.ts';
import {
  ARCHIVE_BYTES_FREE,
  ARCHIVE_BYTES_MAX,
  ARCHIVE_ENTRIES_MAX,
  ARCHIVE_MAILS_MAX,
  ARCHIVE_RATIO_MAX,
  CARRIED_BYTES_MAX,
  CARRIED_RATIO_MAX,
} from './limits.ts';

test.each([
  ['a small archive', 0, ARCHIVE_BYTES_FREE],
  ['100 kB', 100_000, ARCHIVE_BYTES_FREE + 100_000 * ARCHIVE_RATIO_MAX],
  ['a large one', 10_000_000, ARCHIVE_BYTES_MAX],
])('%s gives what its own size can honestly hold', (_, packed, most) => {
  const budget = ArchiveBudget.ofExhibit(packed);
  expect(budget.takeBytes(Infinity)).toBe(most);
  expect(budget.takeBytes(1)).toBe(0);
});

test('archives that one mail carries share what is free, each adds for its own size', () => {
  const budget = ArchiveBudget.ofMail(null);
  budget.addArchive(1_000);
  expect(budget.takeBytes(Infinity)).toBe(ARCHIVE_BYTES_FREE + 1_000 * CARRIED_RATIO_MAX);
  budget.addArchive(50);
  expect(budget.takeBytes(Infinity)).toBe(50 * CARRIED_RATIO_MAX);
  budget.addArchive(ARCHIVE_BYTES_MAX);
  const before = ARCHIVE_BYTES_FREE + 1_050 * CARRIED_RATIO_MAX;
  expect(budget.takeBytes(Infinity)).toBe(CARRIED_BYTES_MAX - before);
});

test('a mail out of an archive draws on both, and the sentence names the one that ended', () => {
  const exhibit = ArchiveBudget.ofExhibit(0);
  const mail = ArchiveBudget.ofMail(exhibit);
  mail.addArchive(ARCHIVE_BYTES_MAX);
  expect(mail.takeBytes(Infinity)).toBe(ARCHIVE_BYTES_FREE);
  expect(exhibit.bytes).toBe(0);
  expect(mail.spentWords).toBe(
    'No more than 16 MB (16 MB and 100 times the packed size) are unpacked from one exhibit',
  );
});

test('entries count for the mail that carries them and for the exhibit around it', () => {
  const exhibit = ArchiveBudget.ofExhibit(0);
  const [one, other] = [ArchiveBudget.ofMail(exhibit), ArchiveBudget.ofMail(exhibit)];
  one.takeEntries(3);
  expect([one, exhibit, other].map(({ entries }) => entries)).toEqual(
    Array(3).fill(ARCHIVE_ENTRIES_MAX - 3),
  );
  expect(ArchiveBudget.ofMail(null).entries).toBe(ARCHIVE_ENTRIES_MAX);
});

test('the mails that one mail carries come to an end', () => {
  const budget = ArchiveBudget.ofMail(null);
  for (let taken = 0; taken < ARCHIVE_MAILS_MAX; taken += 1) expect(budget.takeMail()).toBe(true);
  expect([budget.takeMail(), budget.mails]).toEqual([false, 0]);
});
