import { deflateRawSync, gzipSync } from 'node:zlib';
import { type MadeEntry, makeZip } from '../../test/kit/zip.ts';
import { carrying, HEAD, type HostileInputs, RECEIVED, typed } from './input.ts';
import { nestedQuotedPrintable } from './mails.ts';

const MAIL = `${RECEIVED}${HEAD}\r\nHello\r\n`;

/** A mail with 300 MB of blanks. */
const blankMail = (): Buffer => Buffer.concat([Buffer.from(MAIL), Buffer.alloc(300_000_000, ' ')]);

/** Entries of one content, packed once. */
function copies(count: number, content: Buffer | string): readonly MadeEntry[] {
  const entry = { content: Buffer.from(content), packed: deflateRawSync(content) };
  return Array.from({ length: count }, (_, at) => ({ name: `${at}.eml`, ...entry }));
}

/**
 * A mail that is harmless alone: its megabyte is below what the ratio of an entry is asked from.
 */
const PAGE = Buffer.concat([Buffer.from(MAIL), Buffer.alloc(999_000, 'a')]);

/** Sixteen in sixteen in sixteen: 4 GB in 16 kB. */
const nestedBombs = (): Buffer =>
  makeZip(copies(16, makeZip(copies(16, makeZip(copies(16, PAGE))))));

/** Different mails of 256 kB, of text that packs to a sixtieth. */
function thousandMails(type: 'plain' | 'html'): Buffer {
  const line = (at: number): string =>
    type === 'plain'
      ? `Your ballot of ward ${(at * 7_919) % 10_007} is at https://example.org/?b=${at % 97}\r\n`
      : `<p class="x">Your <b>vote</b> &amp; <a href="https://example.org/?i=${(at * 7_919) % 10_007}">name</a></p>\r\n`;
  const page = Array.from({ length: 120 }, (_, at) => line(at)).join('');
  const body = page.repeat(Math.ceil(256_000 / page.length)).slice(0, 256_000);
  return makeZip(
    Array.from({ length: 1_000 }, (_, at) => ({
      name: `${at}.eml`,
      content: `${RECEIVED}${typed(`text/${type}`, '8bit', `${at} ${body}`)}`,
    })),
  );
}

/** Ten thousand archives in one mail, which is as many parts as are read. */
function manyArchives(): string {
  const body = makeZip([{ name: 'a', content: MAIL }]).toString('base64');
  const part = `--b\r\nContent-Type: application/zip; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n`;
  return typed('multipart/mixed; boundary=b', '7bit', part.repeat(9_999));
}

const zip = (...entries: readonly MadeEntry[]): Buffer => makeZip(entries);
const bomb = (): Buffer => zip({ name: 'a', content: blankMail() });
const nests = (): Buffer => zip(...copies(8, nestedQuotedPrintable(60)));
const overlapping = (): Buffer =>
  makeZip(copies(1_000, PAGE).map((entry) => ({ ...entry, headerAt: 0 })));

/** Archives that a mail carries, and as files of their own. */
export const ARCHIVES: HostileInputs = {
  'zip bomb': { make: () => carrying(bomb(), 'a.zip'), finds: ['archive-bytes', 'messages=2'] },
  'zip bomb, a file': { make: bomb, finds: ['archive-ratio', 'messages=1'] },
  'gzip bomb': {
    make: () => carrying(gzipSync(blankMail()), 'a.gz'),
    finds: ['archive-bytes', 'messages=2'],
  },
  'bombs in bombs': { make: () => carrying(nestedBombs(), 'a.zip'), finds: ['archive-bytes'] },
  'bombs in bombs, a file': { make: nestedBombs, finds: ['archive-bytes'] },
  'overlapping entries': {
    make: () => carrying(overlapping(), 'a.zip'),
    finds: ['archive-overlap', 'messages=2'],
  },
  '1,000 mails of 256 kB': {
    make: () => carrying(thousandMails('plain'), 'a.zip'),
    finds: ['archive-bytes'],
  },
  '1,000 HTML mails': {
    make: () => carrying(thousandMails('html'), 'a.zip'),
    finds: ['archive-bytes'],
  },
  '10,000 archives': { make: manyArchives, finds: ['archive-mails', 'messages=1001'] },
  'nests in a zip': { make: () => carrying(nests(), 'a.zip'), finds: ['mail-work'] },
  'nests in a zip, a file': { make: nests, finds: ['mail-work'] },
  'climbing names': {
    make: () =>
      carrying(zip(...copies(999, MAIL).map((entry) => ({ ...entry, name: '../../x' }))), 'a.zip'),
    finds: ['archive-name-unsafe', 'messages=1000'],
  },
  'encrypted zip': {
    make: () =>
      carrying(zip(...copies(999, MAIL).map((entry) => ({ ...entry, flags: 1 }))), 'a.zip'),
    finds: ['archive-locked', 'messages=1'],
  },
};
