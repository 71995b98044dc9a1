import { expect, test } from 'vitest';
import { readReceived } from './received.ts';
import { recordPlaces } from './record-place.ts';
import { boundaryClient } from './trust-boundary.ts';

const INTAKE = 'p00-icloudmta-smtpin-us-west-1a-60-percent-3';
const WHOLE = `${INTAKE}.${INTAKE}-vip.icloud-mail-production.svc.kube.us-west-1a.k8s.cloud.apple.com`;
const GATE = 'p129-mailgateway-smtp-7f5';
const over = (from: string, by: string): string =>
  `from ${from} by ${by} (mailgateway 2513B25) with SMTP id 1 for <vera@voter.example>; Tue, 20 Oct 2020 12:59:11 GMT`;
const taken = (by: string): string =>
  `from m.evil.example (m.evil.example [203.0.113.9]) by ${by} (Postfix) with ESMTPS id A; Tue, 20 Oct 2020 12:59:10 +0000`;
const CLAIM = 'from x.example (x.example [198.51.100.7]) by mx.apple.com with SMTP id 3';

const judged = (...values: readonly string[]) => {
  const hops = readReceived(values.map((value, at) => ({ value, offset: at * 100, length: 90 })));
  return [hops.filter(({ trusted }) => trusted).length, boundaryClient(hops)?.ip ?? null];
};

test.each<[string, readonly string[], readonly [number, string | null]]>([
  ['a bare intake', [over(INTAKE, GATE), taken(INTAKE), CLAIM], [2, '203.0.113.9']],
  ['an intake by its whole name', [over(INTAKE, GATE), taken(WHOLE), CLAIM], [2, '203.0.113.9']],
  ['an intake alone', [taken(WHOLE), CLAIM], [1, '203.0.113.9']],
  ['another bare host below', [over(INTAKE, GATE), taken(`${INTAKE}9`)], [1, null]],
  ['a stranger below', [over(INTAKE, GATE), taken('mx.evil.example')], [1, null]],
  ['a client that calls itself otherwise', [over('evil', GATE), taken('evil')], [1, null]],
  ['a taker of another form', [over(INTAKE, 'gateway'), taken(INTAKE)], [1, null]],
  [
    'an address beside the name',
    [over(`${INTAKE} (${INTAKE} [198.51.100.9])`, GATE), taken(INTAKE)],
    [1, '198.51.100.9'],
  ],
  [
    'the same forged below another provider',
    [
      'from m.evil.example (m.evil.example. [203.0.113.9]) by mx.google.com with ESMTPS id a1',
      over(INTAKE, GATE),
      taken(INTAKE).replace('203.0.113.9', '198.51.100.7'),
    ],
    [1, '203.0.113.9'],
  ],
])('Apple’s hosts under bare names: %s', (_, values, expected) => {
  expect(judged(...values)).toEqual(expected);
});

test.each([
  [INTAKE, 'at'],
  [WHOLE, 'at'],
  ['p00-icloudmta-asmtp-us-west-1a', 'below'],
  [`${INTAKE}.k8s.cloud.apple.com.evil.example`, 'below'],
])('records directly below the intake %s stand %s', (by, place) => {
  const route = readReceived([{ value: taken(by), offset: 100, length: 90 }]);
  const headers = [
    { name: 'Received', offset: 100 },
    { name: 'X-ICL-Repid', offset: 150 },
    { name: 'X-ICL-Score', offset: 170 },
    { name: 'Authentication-Results', offset: 200 },
  ];
  const placeOf = recordPlaces(headers, route, () => ({
    id: 'dmarc.icloud.com',
    methods: ['dmarc'],
  }));
  expect(placeOf(headers[3]!)).toBe(place);
});
