import { expect, test } from 'vitest';
import { parseInstant } from '../../../src/core/base/index.ts';
import { readMessage } from '../../../src/core/mail/index.ts';
import { nodeKernels } from '../../../src/host/kernels/index.ts';
import { authenticateMessage } from '../../../src/host/mailauth/index.ts';
import { type Seal, sealArc } from '../../kit/arc-sealer.ts';
import { makeDkimKey } from '../../kit/dkim-signer.ts';
import { type Zone, zoneDns } from '../../kit/zone-dns.ts';

const now = parseInstant('2020-10-22T00:00:00Z');
if (!now.ok) throw new Error('fixed time');
const [key, other] = [makeDkimKey(), makeDkimKey()];
const short = makeDkimKey(512);
const ZONE: Zone = {
  'TXT s._domainkey.list.example.org': [[key.record]],
  'TXT t._domainkey.fwd.example.net': [[other.record]],
  'TXT short._domainkey.list.example.org': [[short.record]],
};
const MAIL = 'From: a@example.com\r\nTo: b@example.net\r\nSubject: vote\r\n\r\nhello\r\n';

const first = (more: Partial<Seal> = {}): string =>
  sealArc(MAIL, { key, d: 'list.example.org', s: 's', i: 1, cv: 'none', ...more });
const second = (more: Partial<Seal> = {}, mail = first()): string =>
  sealArc(mail, { key: other, d: 'fwd.example.net', s: 't', i: 2, cv: 'pass', ...more });
const third = (): string =>
  sealArc(second(), { key, d: 'list.example.org', s: 's', i: 3, cv: 'pass' });
const without = (mail: string, field: string): string =>
  mail.replace(new RegExp(`${field}[^\\r]*\\r\\n`), '');

test.each<[string, string, string]>([
  ['5.2 step 1: no ARC set', MAIL, 'none'],
  ['5.2: one set', first(), 'pass'],
  ['5.2: two sets of two sealers', second(), 'pass'],
  ['5.2: three sets', third(), 'pass'],
  ['4.1.2: the newest signature covers the body', second().replace('hello', 'hullo'), 'fail'],
  [
    '4.1.2: the newest signature covers its fields',
    second().replace('Subject: vote', 'Subject: veto'),
    'fail',
  ],
  [
    '5.2: a field that no signature covers may change',
    second({ h: 'from:to' }, first({ h: 'from:to' })).replace('Subject: vote', 'Subject: veto'),
    'pass',
  ],
  [
    '4.1.3: every seal covers the older results',
    second().replace('i=1; mx.list', 'i=1; my.list'),
    'fail',
  ],
  [
    '4.1.3: the newest seal covers its own results',
    first().replace('spf=pass', 'spf=fail'),
    'fail',
  ],
  ['5.2 step 2: the newest seal says cv=fail', second({ cv: 'fail' }), 'fail'],
  ['5.2 step 3: the first seal must say cv=none', first({ cv: 'pass' }), 'fail'],
  ['5.2 step 3: a later seal must say cv=pass', second({ cv: 'none' }), 'fail'],
  ['4.2.1: a set without its seal', without(first(), 'ARC-Seal'), 'fail'],
  ['4.2.1: a set without its signature', without(first(), 'ARC-Message-Signature'), 'fail'],
  ['4.2.1: a set without its results', without(first(), 'ARC-Authentication-Results'), 'fail'],
  [
    '4.2.1: a gap in the instances',
    sealArc(first(), { key: other, d: 'fwd.example.net', s: 't', i: 3, cv: 'pass' }),
    'fail',
  ],
  ['4.2.1: an instance twice', first().replace(/^/, `${first().split('\r\n')[0]}\r\n`), 'fail'],
  ['4.2.1: an instance past 50', first({ i: 51 }), 'fail'],
  ['4.1.3: h= in a seal', first({ sealTags: ' h=from;' }), 'fail'],
  ['5.2: a key of another domain', first({ key: other }), 'fail'],
  ['5.2: no key', first({ s: 'none' }), 'fail'],
  ['RFC 8301 3.2: a key under 1024 bits', first({ key: short, s: 'short' }), 'fail'],
])('RFC 8617 %s', async (_, mail, result) => {
  const bytes = Buffer.from(mail);
  const [message] = readMessage(bytes, nodeKernels).messages;
  if (message === undefined) throw new Error('no message');
  const { authentication } = await authenticateMessage({
    bytes,
    message,
    dns: zoneDns(ZONE, now.value),
  });
  expect(authentication.arc?.result).toBe(result);
});
