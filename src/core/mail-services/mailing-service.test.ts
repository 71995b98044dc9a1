import { expect, test } from 'vitest';
import { isTenancyOf, mailingServiceOf, tenancyOf } from './index.ts';
import { MAILING_SERVICES } from './mailing-services.data.ts';

test.each([
  ['o1.ptr1.sendgrid.net', 'SendGrid'],
  ['SENDGRID.NET', 'SendGrid'],
  ['eu-west-1.amazonses.com', 'Amazon SES'],
  ['outbyoip1.pod1.use1.zdsys.com', 'Zendesk'],
  ['sender1.zcsend.net', 'Zoho Campaigns'],
  ['x.bnc.salesforce.com', 'Salesforce'],
  ['sendgrid.net.evil.example', null],
  ['evilsendgrid.net', null],
  ['', null],
  ['com', null],
])('%j is a host of %s', (host, name) => {
  expect(mailingServiceOf(host)?.name ?? null).toBe(name);
});

test.each([
  ['county-example.20230601.gappssmtp.com', 'county.example', true],
  ['COUNTY-EXAMPLE.20150623.gappssmtp.com', 'County.Example', true],
  ['votes-county-example.20230601.gappssmtp.com', 'votes-county.example', true],
  ['county-example.evil.gappssmtp.com', 'county.example', false],
  ['x.county-example.20230601.gappssmtp.com', 'county.example', false],
  ['county-example.20230601.gappssmtp.com.evil.example', 'county.example', false],
  ['countyexample.onmicrosoft.com', 'county.example', false],
])('%s signs for %s: %s', (signer, domain, isIt) => {
  const tenancy = tenancyOf(signer);
  expect(tenancy !== null && isTenancyOf(tenancy, domain)).toBe(isIt);
});

test('every domain of the table is told by its last two labels', () => {
  for (const { name, domains } of MAILING_SERVICES)
    for (const domain of domains) expect(mailingServiceOf(`x.${domain}`)?.name).toBe(name);
});
