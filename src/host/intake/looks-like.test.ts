import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looksLike } from './looks-like.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

test.each<[string, string]>([
  ['%PDF-1.7', 'a PDF document'],
  ['\x00\x00\x00\x18ftypmp42', 'a video or photo (MP4 family)'],
  ['\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1', 'an Outlook .msg or older Office file'],
  ['<!DOCTYPE html><p>', 'a web page'],
  ['PK\x03\x04\x14\x00mail.eml', 'a zip archive'],
  ['PK\x03\x04\x14\x00[Content_Types].xml', 'a document (Office, OpenDocument or the like)'],
  ['The part [Content_Types].xml', 'text without mail header fields'],
  ['', 'an empty file'],
  ['Dear clerk', 'text without mail header fields'],
  ['\x01\x02\x00', 'binary data of no known kind'],
])('%j is named for a person', (text, what) => {
  expect(looksLike(bytes(text))).toBe(what);
});

test('any bytes have a name', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (head) => {
      expect(looksLike(head)).not.toBe('');
    }),
  );
});
