import { describe, expect, test } from 'vitest';
import { parseInstant } from '../../../src/core/base/index.ts';
import {
  isAuthorised,
  isUnaltered,
  judgeSender,
  protectedIndex,
} from '../../../src/core/forensics/index.ts';
import { readMessage } from '../../../src/core/mail/index.ts';
import { consumerProviders } from '../../../src/core/mail-services/index.ts';
import { nodeKernels } from '../../../src/host/kernels/index.ts';
import { authenticateMessage } from '../../../src/host/mailauth/index.ts';
import { makeDkimKey, signDkim } from '../../kit/dkim-signer.ts';
import { type Zone, zoneDns } from '../../kit/zone-dns.ts';

/** What nobody signed is vouched for by nobody (RFC 6376 sections 5.4.2, 8.2, 8.15). */
const now = parseInstant('2020-10-21T00:00:00Z');
if (!now.ok) throw new Error('fixed time');
const key = makeDkimKey();
const ZONE: Zone = {
  'TXT board.example.org': [['v=spf1 ip4:203.0.113.9 -all']],
  'TXT sel._domainkey.board.example.org': [[key.record]],
  'TXT _dmarc.board.example.org': [['v=DMARC1; p=reject']],
};
const OWN = '203.0.113.9';
const OTHER = '198.51.100.7';

const HEADER = [
  'From: Board <info@board.example.org>',
  'To: vera@voter.example',
  'Subject: Polling places',
  'Date: Tue, 20 Oct 2020 09:00:00 -0400',
];
const BODY = 'Dear voter, your polling place is open from seven to eight.\r\n';
const FIELDS = 'from:to:subject:date';
/** Of the body alone: RFC 6376 section 3.5, `l=`. */
const WHOLE = ` l=${BODY.length};`;

const sign = (more = '', h = FIELDS, header = HEADER, body = BODY): string =>
  signDkim([...header, '', body].join('\r\n'), key, { d: 'board.example.org', s: 'sel', h, more });
/** The signer hashes the whole body: for `l=0` that is an empty one. */
const signedEmpty = (): string => sign(' l=0;', FIELDS, HEADER, '') + BODY;

async function judged(mail: string, client = OTHER) {
  const taken = [
    `Return-Path: <${client === OWN ? 'info@board.example.org' : 'bounce@evil.example.net'}>`,
    `Received: from host.example.net (host.example.net [${client}])`,
    '\tby mx.voter.example with ESMTPS; Tue, 20 Oct 2020 13:05:00 +0000',
    mail,
  ].join('\r\n');
  const bytes = Buffer.from(taken);
  const [message] = readMessage(bytes, nodeKernels).messages;
  if (message === undefined || !now.ok) throw new Error('no message');
  const dns = zoneDns(ZONE, now.value);
  const { authentication } = await authenticateMessage({ bytes, message, dns });
  expect(authentication.dkim.map(({ result }) => result)).toContain('pass');
  const lists = { protectedNames: protectedIndex([]), consumerProvider: consumerProviders() };
  const verdict = judgeSender({ message, authentication, ...lists });
  return {
    seen: `${verdict.kind} ${verdict.certainty}`,
    codes: verdict.reasons.map(({ code }) => code),
    at: verdict.reasons.at(-1)?.at?.header,
    notShown: verdict.notShown.join('; '),
    authorised: isAuthorised(message, authentication),
    unaltered: isUnaltered(message, authentication),
  };
}

describe('text behind the signed length', () => {
  test.each<[string, string, string, string]>([
    ['none', sign(WHOLE), 'genuine shown', ''],
    ['blank lines', `${sign(WHOLE)}\r\n\r\n`, 'genuine shown', ''],
    ['plain words', `${sign(WHOLE)}Bring a pen.\r\n`, 'genuine probable', 'body-partly-signed'],
    [
      'a link',
      `${sign(WHOLE)}https://evil.example.net/go\r\n`,
      'undetermined none',
      'body-partly-signed',
    ],
    [
      'a threat',
      `${sign(WHOLE)}Vote or we will come after you.\r\n`,
      'undetermined none',
      'body-partly-signed',
    ],
    [
      'more than the signed part',
      `${sign(WHOLE)}${'Bring a pen and a friend. '.repeat(4)}\r\n`,
      'undetermined none',
      'body-partly-signed',
    ],
    ['all of it', signedEmpty(), 'undetermined none', 'body-unsigned'],
    [
      'a part of its own under another Content-Type',
      sign(WHOLE).replace('\r\n\r\n', '\r\nContent-Type: multipart/mixed; boundary="z"\r\n\r\n') +
        '--z\r\nContent-Type: text/html\r\n\r\n<b>Pay.</b>\r\n--z--\r\n',
      'undetermined none',
      'body-partly-signed',
    ],
  ])('%s', async (_, mail, seen, code) => {
    const found = await judged(mail);
    expect(found.seen).toBe(seen);
    expect(found.unaltered).toBe(code === '');
    expect(found.authorised).toBe(!seen.startsWith('undetermined'));
    if (code === '') return;
    expect(found.codes).toContain(code);
    expect(found.at).toBe('DKIM-Signature');
    expect(found.notShown).toMatch(/that board\.example\.org wrote the (?:end of the )?text/);
  });

  test('what its own server handed in is not undetermined for it, and is not shown', async () => {
    const found = await judged(`${sign(WHOLE)}https://board.example.org/list\r\n`, OWN);
    expect([found.seen, found.authorised]).toEqual(['genuine probable', true]);
    expect(found.codes).toContain('body-partly-signed');
  });
});

describe('fields that the reader sees and nobody signed', () => {
  const added = (line: string, h = FIELDS): string =>
    sign('', h).replace('From: Board', `${line}\r\nFrom: Board`);

  test.each<[string, string, string, string, string]>([
    ['the Subject', sign('', 'from:to:date'), 'genuine probable', 'field-unsigned', 'Subject'],
    [
      'a Reply-To that was added',
      added('Reply-To: clerk@evil.example.net'),
      'genuine probable',
      'field-unsigned',
      'Reply-To',
    ],
    [
      'a second Subject above the signed one',
      added('Subject: Pay now'),
      'genuine probable',
      'field-double',
      'Subject',
    ],
    [
      'a second From above the signed one',
      added('From: Clerk <clerk@evil.example.net>'),
      'undetermined none',
      'several-from-lines',
      '',
    ],
    ['To and Date', sign('', 'from:subject'), 'genuine shown', 'domain-authorised', 'To, Date'],
    [
      'a Content-Type that was added',
      added('Content-Type: text/html'),
      'genuine shown',
      'domain-authorised',
      'Content-Type',
    ],
  ])('%s', async (_, mail, seen, code, named) => {
    const found = await judged(mail);
    expect(found.seen).toBe(seen);
    expect(found.codes).toContain(code);
    if (named !== '') expect(found.notShown).toContain(`what is shown as ${named}`);
    expect(found.unaltered).toBe(seen === 'genuine shown');
  });

  test('a field named once more than it stands is held: nobody can add one (section 8.15)', async () => {
    const found = await judged(sign('', `${FIELDS}:from:subject:reply-to`));
    expect(found.notShown).toContain('can be sent again to anybody');
    expect([found.seen, found.unaltered]).toEqual(['genuine shown', true]);
    expect(found.notShown).not.toContain('what is shown');
  });

  test('its own server handed it in: the signature alone does not carry it', async () => {
    const found = await judged(added('Reply-To: clerk@board.example.org'), OWN);
    expect(found.seen).toBe('genuine shown');
    expect(found.notShown).not.toContain('sent again');
  });
});
