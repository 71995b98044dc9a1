import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOPS_MAX, readReceived } from './received.ts';

const read = (value: string) => readReceived([{ value, offset: 7, length: value.length }])[0]!;

const DATE = 'Tue, 20 Oct 2020 10:00:00 -0400';

test.each<
  [string, string, [string | null, string | null, string | null, string | null, string | null]]
>([
  // [writer, field, [from, reverseName, ip, by, protocol]]
  [
    'Postfix',
    'from mail.x.example (host.x.example [192.0.2.1]) by mx.county.example (Postfix) with ESMTPS id 4A1 for <v@county.example>;',
    ['mail.x.example', 'host.x.example', '192.0.2.1', 'mx.county.example', 'ESMTPS'],
  ],
  [
    'Postfix, no name',
    'from mail.x.example (unknown [192.0.2.1]) by mx.county.example (Postfix) with SMTP id 4A1;',
    ['mail.x.example', null, '192.0.2.1', 'mx.county.example', 'SMTP'],
  ],
  [
    'Postfix, TLS comments',
    'from m.x.example (h.x.example [IPv6:2001:db8::1]) (using TLSv1.3 with cipher TLS_AES (256/256 bits)) (No client certificate requested) by mx.county.example (Postfix) with ESMTPS id 1;',
    ['m.x.example', 'h.x.example', '2001:db8::1', 'mx.county.example', 'ESMTPS'],
  ],
  [
    'Postfix, local',
    'by web.x.example (Postfix, from userid 48) id 3F51D;',
    [null, null, null, 'web.x.example', 'local'],
  ],
  [
    'Sendmail, ident',
    'from lugh (IDENT:root@lugh.x.example [192.0.2.1]) by mx.y.example (8.9.3/8.9.3) with ESMTP id IAA1;',
    ['lugh', 'lugh.x.example', '192.0.2.1', 'mx.y.example', 'ESMTP'],
  ],
  [
    'Sendmail, forged',
    'from cpu.x.example (y.example [192.0.2.1] (may be forged)) by mx.y.example (8.11.6/8.11.6) with ESMTP id g9;',
    ['cpu.x.example', 'y.example', '192.0.2.1', 'mx.y.example', 'ESMTP'],
  ],
  [
    'Sendmail, submit',
    '(from cpunks@localhost) by hq.x.example (8.12.5/8.12.5/Submit) id g6 for a@y.example;',
    ['cpunks@localhost', null, null, 'hq.x.example', 'local'],
  ],
  [
    'Exim',
    'from host.x.example ([192.0.2.1]:4711 helo=mail.x.example) by mx.y.example with esmtps (TLS1.3) tls TLS_AES (Exim 4.94) id 1;',
    ['mail.x.example', 'host.x.example', '192.0.2.1', 'mx.y.example', 'esmtps'],
  ],
  [
    'Exim, no name',
    'from [192.0.2.1] (port=37698 helo=198.51.100.7) by mx.y.example with esmtp (Exim 4.94) id 1;',
    ['198.51.100.7', null, '192.0.2.1', 'mx.y.example', 'esmtp'],
  ],
  [
    'Exim, same name',
    'from ns.x.example ([192.0.2.1]) by mx.y.example with esmtp (Exim 3.12 #1 (Debian)) id 1;',
    ['ns.x.example', null, '192.0.2.1', 'mx.y.example', 'esmtp'],
  ],
  [
    'qmail',
    'from host.x.example (HELO ted) (192.0.2.1) by mx.y.example (qp 44295) with SMTP;',
    ['ted', 'host.x.example', '192.0.2.1', 'mx.y.example', 'SMTP'],
  ],
  [
    'qmail, unknown',
    'from unknown (HELO ted.x.example) (192.0.2.1) by mx.y.example with SMTP;',
    ['ted.x.example', null, '192.0.2.1', 'mx.y.example', 'SMTP'],
  ],
  [
    'qmail, HELO literal',
    'from unknown (HELO 198.51.100.7) (joe@192.0.2.1) by mx.y.example with SMTP;',
    ['198.51.100.7', null, '192.0.2.1', 'mx.y.example', 'SMTP'],
  ],
  [
    'qmail, QMQP',
    'from unknown (192.0.2.1) by mx.y.example with QMQP;',
    ['unknown', null, '192.0.2.1', 'mx.y.example', 'QMQP'],
  ],
  [
    'qmail, LOCAL',
    'from x.example [192.0.2.1] by mx.y.example with LOCAL;',
    ['x.example', null, '192.0.2.1', 'mx.y.example', 'LOCAL'],
  ],
  ['qmail, by uid', '(qmail 4141 invoked by uid 104);', [null, null, null, null, 'local']],
  [
    'qmail, network',
    '(qmail 50842 messnum 34651 invoked from network[192.0.2.1/p432.x.example]);',
    [null, 'p432.x.example', '192.0.2.1', null, null],
  ],
  [
    'fetchmail',
    'from mail.x.example [192.0.2.1] by localhost with IMAP (fetchmail-5.9.0) for jm@localhost (single-drop);',
    ['mail.x.example', null, '192.0.2.1', 'localhost', 'IMAP'],
  ],
  [
    'Exchange',
    'from a.x.example (192.0.2.1) by B.mail.protection.outlook.com (10.152.24.117) with Microsoft SMTP Server id 15.20.6631.29 via Frontend Transport;',
    ['a.x.example', null, '192.0.2.1', 'B.mail.protection.outlook.com', 'Microsoft SMTP Server'],
  ],
  [
    'Exchange, loopback',
    'from A.namprd19.prod.outlook.com (::1) by B.namprd19.prod.outlook.com with HTTPS;',
    ['A.namprd19.prod.outlook.com', null, '::1', 'B.namprd19.prod.outlook.com', 'HTTPS'],
  ],
  [
    'Exchange, SMTPSVC',
    'from mail pickup service by x.example with Microsoft SMTPSVC;',
    ['mail pickup service', null, null, 'x.example', 'Microsoft SMTPSVC'],
  ],
  [
    'Gmail',
    'from mail-x.google.com (mail-x.google.com. [209.85.220.41]) by mx.google.com with SMTPS id a1 for <v@gmail.example> (Google Transport Security);',
    ['mail-x.google.com', 'mail-x.google.com', '209.85.220.41', 'mx.google.com', 'SMTPS'],
  ],
  [
    'Gmail, inside',
    'by 2002:a05:6402:f0b:b0:48b with SMTP id i11csp;',
    [null, null, null, '2002:a05:6402:f0b:b0:48b', 'SMTP'],
  ],
  [
    'Gmail, submission',
    'from [192.168.1.5] (h.x.example. [192.0.2.1]) by smtp.gmail.com with ESMTPSA id a1;',
    ['[192.168.1.5]', 'h.x.example', '192.0.2.1', 'smtp.gmail.com', 'ESMTPSA'],
  ],
  [
    'Yahoo',
    'from 192.0.2.1 (EHLO mail.x.example) (192.0.2.1) by 10.197.33.12 with SMTPs;',
    ['mail.x.example', null, '192.0.2.1', '10.197.33.12', 'SMTPs'],
  ],
  [
    'Yahoo groups',
    'from [192.0.2.1] by n20.grp.yahoo.com with NNFMP;',
    ['[192.0.2.1]', null, '192.0.2.1', 'n20.grp.yahoo.com', 'NNFMP'],
  ],
  [
    'CommuniGate',
    'from [192.0.2.1] (account joe HELO laptop) by x.example (CommuniGate Pro SMTP 6.2) with ESMTPA id 1;',
    ['laptop', null, '192.0.2.1', 'x.example', 'ESMTPA'],
  ],
  [
    'SquirrelMail',
    'from 192.0.2.1 (proxying for 198.51.100.7) (SquirrelMail authenticated user joe) by x.example with HTTP;',
    ['192.0.2.1', null, '198.51.100.7', 'x.example', 'HTTP'],
  ],
  [
    'Smail',
    'from mx6.x.example from [192.0.2.1] by mail5.x.example (Smail3.1.30.16 #30.56) with esmtp id <m>;',
    ['mx6.x.example', null, '192.0.2.1', 'mail5.x.example', 'esmtp'],
  ],
  [
    'no blanks',
    'from x.example(h.x.example[192.0.2.1])by y.example with SMTP;',
    ['x.example', 'h.x.example', '192.0.2.1', 'y.example', 'SMTP'],
  ],
  [
    'a host named by',
    'from by by mx.y.example with SMTP;',
    ['by', null, null, 'mx.y.example', 'SMTP'],
  ],
  [
    'Dovecot',
    'from mx.y.example ([10.0.0.1]) by store.y.example with LMTP id x (envelope-from <a@x.example>) for <v@y.example>;',
    ['mx.y.example', null, '10.0.0.1', 'store.y.example', 'LMTP'],
  ],
])('%s', (_, value, [from, reverseName, ip, by, protocol]) => {
  expect(read(`${value} ${DATE}`)).toMatchObject({
    ...{ from, reverseName, ip, by, protocol, offset: 7 },
    date: '2020-10-20T14:00:00.000Z',
  });
});

describe('what else a field says', () => {
  test.each([
    ['from a.example (b.example [192.0.2.1] (may be forged)) by c.example with ESMTP', true],
    ['from a.example (IDENT:u@b.example [192.0.2.1] (may be forged)) by c.example', true],
    ['from a.example (b.example [192.0.2.1]) (may be forged) by c.example with ESMTP', true],
    ['from a.example (b.example [192.0.2.1]) by c.example with ESMTP', undefined],
    ['from a.example (unknown [192.0.2.1] (may be forged)) by c.example with ESMTP', undefined],
    ['from forged (forged.example [192.0.2.1]) by c.example with ESMTP', undefined],
  ])('whether the receiving host doubts the name: %s', (value, doubted) => {
    // The short way takes a field with a date, the patient way one without.
    for (const field of [`${value}; ${DATE}`, value]) expect(read(field).doubted).toBe(doubted);
  });
  test('id, recipient and TLS', () => {
    const value = `from a by b (using TLSv1.3 with cipher X) with ESMTPS id 4A1 for <v@y.example>; ${DATE}`;
    expect(read(value)).toMatchObject({ id: '4A1', recipient: 'v@y.example', tls: 'TLSv1.3' });
  });
  test('a comment behind the date and a semicolon inside a comment change nothing', () => {
    const value = `from a (x; y) by b with SMTP; ${DATE} (EDT) (envelope-from a@x.example)`;
    expect(read(value).date).toBe('2020-10-20T14:00:00.000Z');
  });
  test('a date without semicolon is found', () => {
    const value = 'by r-1 with SMTP id r-1-2 2020-10-20 14:00:00.405083294 +0000 UTC m=+9966850.96';
    expect(read(value).date).toBe('2020-10-20T14:00:00.000Z');
  });
});

test(`no more than ${HOPS_MAX} hops are read`, () => {
  const fields = new Array(HOPS_MAX + 1).fill({ value: 'by x', offset: 0, length: 4 });
  expect(readReceived(fields)).toHaveLength(HOPS_MAX);
});

test('any text gives a hop and never throws', () => {
  const words = fc.constantFrom(
    'from ',
    'by ',
    '(',
    ')',
    '[',
    ']',
    ';',
    'helo=',
    'HELO ',
    '::',
    '1.2.3.4',
    '@',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string({ maxLength: 5 }))), (pieces) => {
      expect(read(pieces.join(''))).toHaveProperty('trusted', true);
    }),
  );
});
