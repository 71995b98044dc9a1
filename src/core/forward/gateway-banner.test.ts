import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../../../test/kit/any-text.ts';
import { gatewayBanner, withoutSubjectTag } from './gateway-banner.ts';
import { GATEWAY_BANNERS } from './gateway-banners.data.ts';

const OWN = 'We are in possession of all your information. Vote or else.';
const behind = (text: string): string => text.slice(gatewayBanner(text)?.length ?? 0);

test.each<[string, string]>([
  [
    'Microsoft 365 or Exchange',
    'CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless you recognize the sender and know the content is safe.',
  ],
  ['Microsoft 365 or Exchange', 'CAUTION: This email originated from outside of Example County.'],
  [
    'Microsoft 365 or Exchange',
    '[EXTERNAL EMAIL] This message came from outside the network.\nDo NOT click links.',
  ],
  [
    'Microsoft 365 or Exchange',
    'Caution: This is an external email originating outside your company. Please take extra care when clicking links or opening attachments.',
  ],
  [
    'Microsoft 365 or Exchange',
    "You don't often get email from info@group.example. Learn why this is important<https://aka.ms/LearnAboutSenderIdentification>",
  ],
  [
    'Proofpoint',
    'ZjQcmQRYFpfptBannerStart\nThis Message Is From an External Sender\nThis message came from outside your organization.\nReport Suspicious\nZjQcmQRYFpfptBannerEnd',
  ],
  ['Mimecast', 'You have not previously corresponded with this sender.\nReport'],
  ['Google Workspace', 'Be careful with this message. Do not reply or click links.'],
])('a banner of %s ends where the sender begins', (product, banner) => {
  for (const gap of ['\n\n', '\n', ' ', '\r\n________\r\n'])
    expect(behind(`${banner.replace(/([^.])$/, '$1.')}${gap}${OWN}`)).toBe(OWN);
  expect(gatewayBanner(banner)?.product).toBe(product);
  expect(gatewayBanner(`\ufeff\n*${banner}*\n\n${OWN}`)?.product).toBe(product);
});

test.each([
  OWN,
  `${OWN}\n\nCAUTION: This email originated from outside of the organization.`,
  `Do not click links.\n\n${OWN}`,
  'CAUTION: This email is from us. Vote.',
  'This message is from the Proud Group.',
  'This email comes from outside the county, where we can see you.',
  'You came from outside of the county to vote.',
  'External sources say that your vote is known to us.',
  'CAUTION: This email came from outside the county we will come after you.',
  'Warning: we know that you are in the voter list outside of town and will come.',
])('the sender’s own words stay: %s', (text) => {
  expect(behind(text)).toBe(text);
});

test('advice goes with a banner only, and the first foreign sentence ends it', () => {
  const caution = 'CAUTION: This email originated from outside of the organization.';
  const text = `${caution} Vote for Adams. Do not click links.`;
  expect(behind(text)).toBe('Vote for Adams. Do not click links.');
});

test.each([
  'Do not share this, we know where you live.',
  'Use caution, your family will pay.',
  'Please report this to nobody, or else.',
  'Do not open the door on the day that you vote.',
])('a sentence that looks like advice and presses is the sender’s: %s', (words) => {
  const caution = 'CAUTION: This email originated from outside of the organization. ';
  expect(behind(`${caution}${words} ${OWN}`)).toBe(`${words} ${OWN}`);
});

test.each([
  ['[EXTERNAL] Vote or else', 'Vote or else'],
  ['EXTERNAL: Vote or else', 'Vote or else'],
  ['[EXT] Re: Vote', 'Re: Vote'],
  ['[External]', '[External]'],
  ['External voters beware', 'External voters beware'],
  ['[Proud] Vote', '[Proud] Vote'],
])('subject %s is %s', (subject, bare) => {
  expect(withoutSubjectTag(subject)).toBe(bare);
});

test('takes nothing past its limit, whatever stands there', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 300 }), (text) => {
      const banner = gatewayBanner(text);
      expect(banner === null || banner.length <= text.length).toBe(true);
    }),
  );
  const long = 'CAUTION: This email originated from outside of '.repeat(9_000);
  expect(gatewayBanner(long)).toBeNull();
});

test('every row says where its words are from', () => {
  for (const { source, opens } of GATEWAY_BANNERS) {
    expect(source).toMatch(/\w+\.\w+/);
    expect(opens.length).toBeGreaterThan(0);
  }
});
