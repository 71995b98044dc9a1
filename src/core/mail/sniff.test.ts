import { expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { type SniffedKind, sniffKind } from './sniff.ts';

test.each<[string, string, SniffedKind]>([
  ['a mail', 'Received: from a.example\r\nFrom: a@example.org\r\n\r\nhi', 'message'],
  [
    'a mail with a byte order mark',
    '\xef\xbb\xbfFrom: a@example.org\nTo: b@example.org\n',
    'message',
  ],
  ['a mail with bare CR line ends', 'From: a@example.org\rSubject: x\r\rhi', 'message'],
  ['a mail after empty lines', '\n\nSubject: x\nDate: y\n\n', 'message'],
  ['an mbox', 'From - Wed Oct 21 01:00:00 2020\nX-Mozilla-Status: 0001\n', 'mbox'],
  [
    'a mail with an endless header line',
    `From: a@example.org\nX: ${'x'.repeat(20_000)}`,
    'message',
  ],
  ['an endless folded field', `Subject: a\n${' b\n'.repeat(9_000)}`, 'message'],
  ['a long line behind one word and a colon', `Note: ${'x'.repeat(20_000)}`, 'unknown'],
  ['a table of words and colons', 'name: a\n'.repeat(4_000), 'unknown'],
  ['a letter of which one line is like a field', `Date: x\n${'word '.repeat(9_000)}`, 'unknown'],
  [
    'an mbox with a note on top',
    'for the clerk\n\nFrom a@example.org Wed Oct 21 01:00:00 2020\nReceived: x\n',
    'mbox',
  ],
  [
    'a letter that quotes a From line',
    'They wrote:\nFrom a@example.org Wed Oct 21 01:00:00 2020\nand no more\n',
    'unknown',
  ],
  ['an mbox of a new Thunderbird', 'From \r\nX-Mozilla-Status: 0001\r\n', 'mbox'],
  ['words below a bare From', 'From \nthe county office\n', 'unknown'],
  ['an mbox of a Macintosh', 'From - Wed Oct 21 01:00:00 2020\rX-Mozilla-Status: 1\r', 'mbox'],
  ['a winmail.dat', '\x78\x9f\x3e\x22\x01\x00', 'tnef'],
  ['a gzip file', '\x1f\x8b\x08\x00', 'gzip'],
  ['a zip', 'PK\x03\x04....', 'zip'],
  ['an empty zip', 'PK\x05\x06....', 'zip'],
  ['a letter', 'From here on, all is well.\nSubject: none\n', 'unknown'],
  ['a note with one field', 'Date: tomorrow\nbring cake\n', 'unknown'],
  ['a picture', '\x89PNG\r\n\x1a\n', 'unknown'],
  ['nothing', '', 'unknown'],
])('%s is told from its first bytes', (_, head, kind) => {
  expect(sniffKind(Buffer.from(head, 'latin1'), kernels)).toBe(kind);
});
