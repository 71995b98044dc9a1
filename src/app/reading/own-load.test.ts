import { expect, test } from 'vitest';
import { reportersOf } from '../../core/forensics/index.ts';
import { eitherAmong, officeAt } from '../../core/letter/index.ts';
import type { MailMessage } from '../../core/mail/index.ts';
import { memorySource, readMessages } from '../../host/intake/index.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { mailReader } from './read-mail.ts';

const HEAD = [
  'Received: from m.voter.example ([192.0.2.9]) by mx.county.example; Tue, 20 Oct 2020 12:59:09 +0000',
  'From: Vera Voter <vera@voter.example>',
  'To: clerk@county.example',
  'References: <a@group.example>',
  'Subject: Fwd: Vote or else',
];
const BLOCK = [
  '---------- Forwarded message ---------',
  'From: Proud Group <info@group.example>',
  'Date: Mon, Oct 19, 2020 at 8:59 AM',
  'Subject: Vote or else',
  'To: Vera Voter <vera@voter.example>',
  '',
  'Call 202-555-0142 or write to desk@group.example before you vote.',
];

interface File {
  readonly name?: string;
  readonly type?: string;
  readonly bytes?: Uint8Array | string;
}

const part = ({ name = 'invoice', type = 'application/octet-stream', bytes = 'x' }: File) => [
  '--b',
  `Content-Type: ${type}`,
  `Content-Disposition: attachment; filename="${name}"`,
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from(bytes as string).toString('base64'),
];

const forward = (own: string, file?: File): Buffer => {
  const files = file === undefined ? [] : part(file);
  const body = ['--b', 'Content-Type: text/plain', '', own, '', ...BLOCK, ...files, '--b--', ''];
  return Buffer.from(
    [...HEAD, 'Content-Type: multipart/mixed; boundary=b', '', ...body].join('\r\n'),
  );
};

async function messagesOf(bytes: Buffer): Promise<readonly MailMessage[]> {
  for await (const step of readMessages(memorySource(bytes), 'message', kernels))
    if ('message' in step) return (await mailReader(kernels)(step.message)).messages;
  return [];
}

const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** A zip's list of entries is what is read: a local header, and rows with these names. */
const zip = (...names: readonly string[]): Buffer =>
  Buffer.concat([
    Buffer.from('PK\x03\x04'),
    ...names.flatMap((name) => {
      const row = Buffer.alloc(46);
      row.write('PK\x01\x02', 'latin1');
      row.writeUInt16LE(name.length, 28);
      return [row, Buffer.from(name)];
    }),
  ]);

test.each<[string, string, readonly string[]]>([
  ['a note', 'Is this real?', []],
  ['a telephone number', 'Our bank has changed, please call 202-555-0199', ['+12025550199']],
  [
    'a wallet',
    'Send it to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
  ],
  ['an account', 'Pay to GB82 WEST 1234 5698 7654 32', ['GB82 WEST 1234 5698 7654 32']],
  ['one in small letters', 'Pay to gb82-west-1234-5698-7654-32', ['gb82-west-1234-5698-7654-32']],
  ['a beneficiary', 'Beneficiary number: 123456789012', ['123456789012']],
  ['a purse', 'Use Cash App $VendorPay or Venmo @vendor-pay', ['$VendorPay', '@vendor-pay']],
  ['a number that only looks like one', 'Form GB82 WEST 1234 5698 7654 33', []],
  ['a bank’s number', 'The new account number: 123456789012', ['123456789012']],
  ['an address of somebody else', 'Write to pay@vendor.example', ['pay@vendor.example']],
  ['the office’s address', 'I wrote to help@county.example', []],
  ['an authority’s address', 'I told tips@fbi.gov', []],
  ['the number that the message holds', 'They say call 202-555-0142', []],
  ['the address that it holds', 'From desk@group.example?', []],
  ['a signature', 'Hi\r\n-- \r\nVera\r\n202-555-0177', []],
  ['a number below the name', 'Look at this.\r\n\r\nVera\r\n12 Oak Street\r\n202-555-0177', []],
  ['the writer’s own number', 'Call me at 202-555-0177, or my cell phone 202-555-0178', []],
  [
    'a number below a name, and money',
    'Our bank has changed.\r\n\r\nVera\r\n202-555-0199',
    ['+12025550199'],
  ],
  ['a number of their own, and money', 'Call me at 202-555-0199 before you pay', ['+12025550199']],
  ['a number below a name that asks', 'Hi\r\nVera\r\nPlease call 202-555-0199', ['+12025550199']],
  ['words below a signature’s mark', 'Hi\r\n-- \r\nPlease call 202-555-0199', ['+12025550199']],
])('own words with %s may be an attacker’s, and the From line stays', async (_, own, contacts) => {
  const messages = await messagesOf(forward(own));
  const [top, block] = messages;
  expect([top?.role, block?.role]).toEqual(['carrier', 'original']);
  expect(top?.brings?.contacts ?? []).toEqual(contacts);
  const doubtful = [...eitherAmong(messages, 'undetermined', officeAt(['county.example']))];
  expect(doubtful).toEqual(contacts.length === 0 ? [] : ['0', '0.i']);
  expect(reportersOf('0.i', messages)).toEqual(contacts.length === 0 ? ['vera@voter.example'] : []);
});

const PNG = bytesOf('89504e470d0a1a0a0000000d49484452');

test.each<[string, File, 'runs' | 'may' | 'no']>([
  ['a program by its name', { name: 'invoice.pdf.exe' }, 'runs'],
  ['one whose name ends in marks that nobody sees', { name: 'invoice.exe\u202c' }, 'runs'],
  ['a remote desktop', { name: 'office.rdp' }, 'runs'],
  ['a notebook', { name: 'notes.one' }, 'runs'],
  ['a sheet with macros', { name: 'list.xlsb' }, 'runs'],
  ['a console', { name: 'a.msc' }, 'runs'],
  ['a disk image', { name: 'a.dmg' }, 'runs'],
  ['an application', { name: 'a.apk' }, 'runs'],
  ['a library', { name: 'a.library-ms' }, 'runs'],
  ['a page', { name: 'invoice.html', type: 'text/html' }, 'runs'],
  ['a program called a picture', { name: 'a.jpg', bytes: bytesOf('4d5a90000300') }, 'runs'],
  ['a script without a name for it', { name: 'a.txt', bytes: '#!/bin/sh\n' }, 'runs'],
  [
    'a program in an archive',
    { name: 'a.zip', bytes: zip('readme.txt', 'in/invoice.exe') },
    'runs',
  ],
  [
    'a document with macros under another name',
    { name: 'a.docx', bytes: zip('[Content_Types].xml', 'word/vbaProject.bin') },
    'runs',
  ],
  ['a document', { name: 'a.docx', bytes: zip('[Content_Types].xml', 'word/x.html') }, 'may'],
  ['a page of print', { name: 'a.pdf', type: 'application/pdf', bytes: '%PDF-1.4' }, 'may'],
  ['an archive with a password', { name: 'a.7z', bytes: bytesOf('377abcaf271c') }, 'may'],
  ['a document called a picture', { name: 'a.png', type: 'image/png', bytes: '%PDF-1.4' }, 'may'],
  ['a picture', { name: 'a.png', type: 'image/png', bytes: PNG }, 'no'],
  ['a card', { name: 'vera.vcf', type: 'text/vcard', bytes: 'BEGIN:VCARD' }, 'no'],
])('beside a message in the text, %s: %#', async (_, file, is) => {
  const messages = await messagesOf(forward('Look', file));
  const [top, block] = messages;
  // Mail programs hand files on with a message: its From line stands, with the doubt.
  expect(top?.role).toBe(is === 'runs' ? 'original' : 'carrier');
  expect(top?.either).toBeUndefined();
  expect(top?.brings?.runs ?? null).toBe(is === 'no' ? null : is === 'runs');
  expect(top?.brings?.files.length ?? 0).toBe(is === 'no' ? 0 : 1);
  // They can be the message's: then it has not lost them.
  expect(block?.forward?.lost.includes('attachments')).toBe(is === 'no');
  expect([block?.role, block?.from?.address]).toEqual(['original', 'info@group.example']);
  const doubtful = [...eitherAmong(messages, 'undetermined', officeAt(['county.example']))];
  expect(doubtful).toEqual(is === 'no' ? [] : ['0', '0.i']);
});

test.each<[string, string, readonly string[] | undefined]>([
  ['a number, or a document', 'Call me at 202-555-0177, Vera', undefined],
  ['an account to pay into', 'The new account number: 123456789012', ['123456789012']],
])('%s beside an attached mail: the reporter’s, or not', async (_, own, contacts) => {
  const mail = [
    ...HEAD,
    'Content-Type: multipart/mixed; boundary=b',
    ...['', '--b', 'Content-Type: text/plain', '', own],
    ...['--b', 'Content-Type: message/rfc822', ''],
    ...['From: info@group.example', 'To: vera@voter.example', 'Subject: Vote or else', '', 'Vote.'],
    ...part({ name: 'a.pdf', bytes: '%PDF-1.4' }),
    ...['--b--', ''],
  ];
  const [top] = await messagesOf(Buffer.from(mail.join('\r\n')));
  expect([top?.role, top?.brings?.contacts]).toEqual(['carrier', contacts]);
});
