import { expect, test } from 'vitest';
import { parseIpAddress } from './ip-address.ts';
import { gatewayOf, isProvidersOwn } from './mail-gateway.ts';
import { MAIL_GATEWAYS } from './mail-gateways.data.ts';
import { MAIL_PROVIDERS } from './mail-providers.data.ts';

const client = { ip: '203.0.113.9', reverseName: null, helo: null, by: 'mx.county.example' };

test('a service is known by a domain, and by nothing that only ends like it', () => {
  expect(gatewayOf({ ...client, reverseName: 'MX0.pphosted.com' })?.how).toBe('known');
  expect(gatewayOf({ ...client, reverseName: 'notpphosted.com' })).toBeNull();
  expect(gatewayOf({ ...client, reverseName: 'pphosted.com.evil.example' })).toBeNull();
  expect(gatewayOf({ ...client, helo: 'mx0.pphosted.com' })?.how).toBe('claimed');
  expect(gatewayOf({ ...client, doubtedName: 'mx0.pphosted.com' })?.how).toBe('claimed');
});

test('a provider stands between only where the host that took it in is another’s', () => {
  const google = { ...client, ip: '209.85.128.52' };
  expect(gatewayOf(google)).toEqual({ name: 'Google', how: 'provider' });
  expect(gatewayOf({ ...google, by: 'mx.google.com' })).toBeNull();
});

test('an address that is no block’s is nobody’s, however near one it lies', () => {
  expect(gatewayOf({ ...client, ip: '209.84.128.52' })).toBeNull();
  expect(gatewayOf({ ...client, ip: '209.86.128.52' })).toBeNull();
});

test('a provider’s own addresses speak for it, but not where its customers share them', () => {
  const [block = ''] = MAIL_PROVIDERS.find(({ name }) => name === 'gmx')?.blocks ?? [];
  const [ip = ''] = block.split('/');
  expect(isProvidersOwn('gmx.de', ip)).toBe(true);
  expect(isProvidersOwn('gmx.de', '203.0.113.9')).toBe(false);
  expect(isProvidersOwn('county.example', ip)).toBe(false);
  expect(isProvidersOwn('outlook.com', '40.107.1.1')).toBe(false);
});

test('no block or domain stands in it twice or with a provider', () => {
  const blocks = MAIL_GATEWAYS.flatMap((one) => one.blocks);
  const domains = MAIL_GATEWAYS.flatMap((one) => one.domains);
  const others = MAIL_PROVIDERS.flatMap((one) => [...one.blocks, ...one.domains]);
  const all = [...blocks, ...domains, ...others];
  expect(new Set(all).size).toBe(all.length);
  for (const block of blocks) {
    const [ip = '', bits = ''] = block.split('/');
    expect([parseIpAddress(ip), Number(bits) >= 16]).toEqual([ip, true]);
  }
  for (const block of MAIL_PROVIDERS.flatMap((one) => one.blocks))
    expect(Number(block.split('/')[1]) >= (block.includes(':') ? 16 : 8)).toBe(true);
});
