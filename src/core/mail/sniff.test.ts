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
  ['a zip', 'PK\x03\x04....', 'zip'],
  ['an empty zip', 'PK\x05\x06....', 'zip'],
  ['a letter', 'From here on, all is well.\nSubject: none\n', 'unknown'],
  ['a note with one field', 'Date: tomorrow\nbring cake\n', 'unknown'],
  ['a picture', '\x89PNG\r\n\x1a\n', 'unknown'],
  ['nothing', '', 'unknown'],
])('%s is told from its first bytes', (_, head, kind) => {
  expect(sniffKind(Buffer.from(head, 'latin1'), kernels)).toBe(kind);
});
