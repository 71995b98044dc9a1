import { expect, test } from 'vitest';
import { readReceived } from './received.ts';
import {
  type BoundaryOptions,
  boundaryClient,
  routeSeenFrom,
  tenantHop,
} from './trust-boundary.ts';

const route = (values: readonly string[], options: BoundaryOptions | null) => {
  const read = readReceived(values.map((value) => ({ value, offset: 0, length: value.length })));
  return options === null ? read : routeSeenFrom(read, options);
};
const judged = (values: readonly string[], options: BoundaryOptions | null = null) => {
  const hops = route(values, options);
  return [hops.filter((hop) => hop.trusted).length, boundaryClient(hops)?.ip ?? null];
};

const GMAIL = [
  'by 2002:a05:6402:f0b:b0:48b with SMTP id i11',
  'from evil.example (evil.example. [203.0.113.9]) by mx.google.com with ESMTPS id a1',
];
const FORGED = 'from bank.example (bank.example [198.51.100.7]) by mx.google.com with ESMTP id a2';

test('Gmail: the client of mx.google.com is the first fact about the sender', () => {
  expect(judged(GMAIL)).toEqual([2, '203.0.113.9']);
});

test("a hop forged in the provider's name stays a claim", () => {
  expect(judged([...GMAIL, FORGED])).toEqual([2, '203.0.113.9']);
});

test('Microsoft: hops inside its published blocks are walked through', () => {
  const values = [
    'from A.namprd19.prod.outlook.com (::1) by B.namprd19.prod.outlook.com with HTTPS',
    'from C.prod.outlook.com (2603:10b6:408::1) by A.prod.outlook.com (2603:10b6:5::2) with Microsoft SMTP Server id 15',
    'from evil.example (203.0.113.9) by D.mail.protection.outlook.com (10.1.2.3) with Microsoft SMTP Server id 15',
    'from x.example (198.51.100.7) by evil.example with SMTP',
  ];
  expect(judged(values)).toEqual([3, '203.0.113.9']);
});

test("a county's own filter on loopback is the same machine", () => {
  const values = [
    'from localhost (localhost [127.0.0.1]) by mail.county.example (Postfix) with ESMTP id 1',
    'from gate.county.example (gate.county.example [198.51.100.20]) by mail.county.example (Postfix) with ESMTP id 2',
    'from evil.example (unknown [203.0.113.9]) by gate.county.example (Postfix) with ESMTP id 3',
    'from x (y.example [198.51.100.7]) by evil.example with SMTP',
  ];
  expect(judged(values)).toEqual([3, '203.0.113.9']);
});

test('two counties under one public suffix are two organisations', () => {
  const values = [
    'from mx.b.co.uk (mx.b.co.uk [203.0.113.9]) by mx.a.co.uk (Postfix) with ESMTP id 1',
    'from x (y.example [198.51.100.7]) by mx.b.co.uk with SMTP',
  ];
  expect(judged(values)).toEqual([1, '203.0.113.9']);
});

test("fetchmail fetched from the recipient's own server", () => {
  const values = [
    'from mail.county.example [198.51.100.20] by localhost with IMAP (fetchmail-5.9.0)',
    'from evil.example (unknown [203.0.113.9]) by mail.county.example (Postfix) with ESMTP id 3',
  ];
  expect(judged(values)).toEqual([2, '203.0.113.9']);
});

test('a HELO in the name of the provider proves nothing', () => {
  const values = [
    'from gate.county.example (unknown [203.0.113.9]) by mail.county.example (Postfix) with ESMTP id 2',
    'from x (y.example [198.51.100.7]) by gate.county.example with SMTP',
  ];
  expect(judged(values)).toEqual([1, '203.0.113.9']);
});

test('nor does a name that Sendmail could not confirm, of a declared host either', () => {
  const values = [
    'from gate.county.example (gate.county.example [203.0.113.9] (may be forged)) by mail.county.example (8.15.2/8.15.2) with ESMTP id 2',
    'from bank.example (bank.example [198.51.100.7]) by gate.county.example with SMTP',
  ];
  expect(judged(values)).toEqual([1, '203.0.113.9']);
  expect(judged(values, { ownDomains: ['county.example'] })).toEqual([1, '203.0.113.9']);
  const confirmed = values.map((value) => value.replace(' (may be forged)', ''));
  expect(judged(confirmed)).toEqual([2, '198.51.100.7']);
});

test('a gateway that the operator declares counts as its own', () => {
  const values = [
    'from mx1.gateway.example (mx1.gateway.example [198.51.100.20]) by mail.county.example (Postfix) with ESMTP id 2',
    'from evil.example (unknown [203.0.113.9]) by mx1.gateway.example with SMTP',
  ];
  expect(judged(values)).toEqual([1, '198.51.100.20']);
  expect(judged(values, { ownDomains: ['gateway.example'] })).toEqual([2, '203.0.113.9']);
});

test('qmail: its own note above the hop is the same machine', () => {
  const values = [
    '(qmail 11452 invoked from network)',
    'from unknown (HELO x) (203.0.113.9) by mx.county.example with SMTP',
    'from a (b.example [198.51.100.7]) by x with SMTP',
  ];
  expect(judged(values)).toEqual([2, '203.0.113.9']);
});

test('no route, no client', () => {
  expect(judged([])).toEqual([0, null]);
});

test('where the boundary hop holds no address, none of the hosts above it handed the mail in', () => {
  const values = [
    'from B.prod.outlook.com (2603:10b6:207::50) by A.outlook.office365.com (2603:10b6:207::19) with Microsoft SMTP Server',
    'from evil.example by B.mail.protection.outlook.com (10.1.2.3) with Microsoft SMTP Server id 15',
  ];
  expect(judged(values)).toEqual([2, null]);
  const county = [
    'from mx.county.example (mx.county.example [198.51.100.20]) by store.county.example with ESMTP',
    'from nat (unknown [10.0.0.1]) by mx.county.example with ESMTP',
    'from x (y.example [203.0.113.9]) by gate.example with SMTP',
  ];
  expect(judged(county)).toEqual([2, null]);
});

test('mail of one customer to another: the address by which the provider sent it counts', () => {
  const values = [
    'from C.prod.outlook.com (2603:10b6:408::1) by A.prod.outlook.com (2603:10b6:5::2) with Microsoft SMTP Server id 15',
    'from X.outbound.protection.outlook.com (40.107.1.1) by D.mail.protection.outlook.com (10.1.2.3) with Microsoft SMTP Server',
    'from E.prod.outlook.com (2603:10a6:10::1) by F.prod.outlook.com (2603:10a6:10::2) with Microsoft SMTP Server id 15',
    'from E.prod.outlook.com ([fe80::1]) by E.prod.outlook.com ([fe80::1]) with mapi id 15',
  ];
  expect(judged(values)).toEqual([4, '40.107.1.1']);
  expect(judged([values[0]!, values[2]!, values[3]!])).toEqual([3, null]);
});

test.each(['localhost', 'mail.county.example'])(
  'a client that calls itself %s by SMTP is not the recipient’s own for that',
  (name) => {
    const values = [
      `from ${name} by mx.county.example with SMTP`,
      'from bank.example (bank.example [198.51.100.7]) by mail.county.example with ESMTP',
    ];
    expect(judged(values)).toEqual([1, null]);
  },
);

test('where another customer of the provider came in is known for Microsoft’s hosts alone', () => {
  const taking = (value: string) => tenantHop(route([value], {}))?.by ?? null;
  const microsoft =
    'from X.outbound.protection.outlook.com (40.107.1.1) by D.mail.protection.outlook.com (10.1.2.3) with Microsoft SMTP Server';
  expect(taking(microsoft)).toBe('D.mail.protection.outlook.com');
  expect(taking(microsoft.replace('D.mail.protection', 'D.prod'))).toBeNull();
  expect(taking(microsoft.replace('40.107.1.1', '203.0.113.9'))).toBeNull();
  const google =
    'from mail-wr1-f52.google.com (mail-wr1-f52.google.com. [209.85.128.52]) by mx.google.com with ESMTPS id a1';
  expect(taking(google)).toBeNull();
});

test('below a host of a known provider, another one that nobody vouches for is a claim', () => {
  const values = [
    'from a.google.com (a.google.com. [10.0.0.1]) by mx.google.com with ESMTP id a1',
    'from evil.example (evil.example [203.0.113.9]) by mail.bank.example with ESMTP id a2',
  ];
  expect(judged(values)).toEqual([1, null]);
});
