import { expect, test } from 'vitest';
import type { Sha256 } from '../base/index.ts';
import { PROVIDER_STEPS } from '../held-form/index.ts';
import type { MailMessage } from '../mail/index.ts';
import { consumerProviders } from '../mail-services/index.ts';
import { askingAlso, isSpanish, NOBODY_ASKED } from './asking.ts';
import type { ExaminedMessage } from './examine.ts';
import { examineClosing } from './examine-text.ts';

const EXHIBIT = { digest: 'ab'.repeat(32) as Sha256, bytes: 1_234, kind: 'mbox' } as const;
const SPANISH = 'Hola, recibí este correo que dice que vote por el partido. ¿Qué hago con esto?';

const inline = { method: 'inline-text', intact: false, lost: ['route'] } as const;
const attached = { method: 'attached', intact: true, lost: [] } as const;

function one(path: string, more: Partial<MailMessage>, isLetter = false): ExaminedMessage {
  const message = { path, role: 'original', from: null, text: '', forward: null, ...more };
  return { message, isLetter, isEither: false } as unknown as ExaminedMessage;
}

const carrier = (address: string, text = 'Look at this.') =>
  one('0', { role: 'carrier', from: { name: '', address }, text });

/** What is printed at the end for these mails, each with what it carries. */
function closing(mails: readonly (readonly ExaminedMessage[])[], allSteps = false): string {
  const asking = mails.reduce(askingAlso, NOBODY_ASKED);
  const forms = new Set<never>();
  const examined = { exhibit: EXHIBIT, messages: 1, forms, asking, allSteps, limits: [] };
  return examineClosing(examined).replace(/\s+/g, ' ');
}

const forwarded = (address: string, text?: string) => [
  carrier(address, text),
  one('0.i', { forward: inline }),
];

test('a copy that lost something comes with steps for the reporter, an exact one without', () => {
  const vera = carrier('vera@gmail.com');
  expect(closing([[one('0', {})], [vera, one('0.1', { forward: attached })]])).not.toContain(
    'Ask for',
  );
  const asked = closing([forwarded('vera@gmail.com')]);
  expect(asked).toMatch(
    /Forward as attachment.*Show original.*do not use the plain Forward button/,
  );
});

test.each([
  ['vera@GMAIL.com', 'Gmail', 'Outlook \\(|iCloud|Yahoo|Thunderbird'],
  ['jane@icloud.com', 'iCloud \\(in a browser\\).*Apple Mail', 'Gmail \\(|Outlook \\(|Yahoo'],
  ['hank@hotmail.co.uk', 'Outlook \\(web.*Outlook \\(Windows', 'Gmail \\(|iCloud|Yahoo'],
  ['x@comcast.net', 'Xfinity', 'Gmail \\(|iCloud \\('],
])('%s gets the steps of its own provider, and of phones', (address, own, others) => {
  const asked = closing([forwarded(address)]);
  expect(asked).toMatch(new RegExp(`Ask for .*${own}.*Phones and tablets.*with --steps`));
  expect(asked).not.toMatch(new RegExp(others));
});

test('several reporters get the steps of each; one whose provider is not known, or --steps, gets all', () => {
  const two = closing([forwarded('a@gmail.com'), forwarded('b@yahoo.com')]);
  expect(two).toMatch(/Gmail \(.*Yahoo/);
  expect(two).not.toContain('Proton');
  for (const all of [
    closing([forwarded('a@gmail.com'), forwarded('b@firm.example')]),
    closing([forwarded('a@gmail.com')], true),
    closing([forwarded('a@gmx.net')]),
    closing([[one('0', { forward: { ...inline, method: 'pasted-headers' } })]]),
  ]) {
    expect(all).toMatch(/Gmail \(.*iCloud \(.*Proton.*Thunderbird/);
    expect(all).not.toContain('--steps');
  }
});

test('a letter calls for the original; one that shows the message exactly does not', () => {
  const letter = one('0', { from: { name: '', address: 'v@aol.com' } }, true);
  expect(closing([[letter]])).toMatch(/AOL \(in a browser\)/);
  expect(closing([[letter, one('0.1', { forward: attached })]])).not.toContain('Ask for');
});

test('steps stand in Spanish beside the English where the reporter or the mail writes it', () => {
  const english = closing([forwarded('vera@gmail.com')]);
  expect(english).not.toContain('Gmail (en un navegador)');
  const mail = [carrier('vera@gmail.com'), one('0.i', { forward: inline, text: SPANISH })];
  for (const spanish of [closing([forwarded('vera@gmail.com', SPANISH)]), closing([mail])]) {
    expect(spanish).toMatch(/Gmail \(in a browser\).*In Spanish.*Gmail \(en un navegador\)/);
    expect(spanish).toMatch(/Reenviar como archivo adjunto.*no borre el mensaje/);
  }
});

test.each([
  [SPANISH, true],
  ['Vote en las urnas de la ciudad o iremos por usted y su familia.', true],
  ['You will vote for the candidate on election day or we will come after you.', false],
  ['Los Angeles, el Dorado, de la Cruz', false],
  ['Je ne sais pas ce que je dois faire de ce message que j’ai reçu', false],
  ['', false],
])('%s: Spanish is %s', (text, is) => {
  expect(isSpanish(text)).toBe(is);
});

test('every provider in the table of steps is one that is told by its domain', () => {
  const providerOf = consumerProviders();
  const domains =
    'gmail.com outlook.com icloud.com yahoo.com att.net aol.com proton.me comcast.net charter.net cox.net gci.net frontier.com windstream.net optonline.net q.com cableone.net wowway.com earthlink.net juno.com';
  const told = new Set(domains.split(' ').map(providerOf));
  for (const { of } of PROVIDER_STEPS) for (const provider of of) expect(told).toContain(provider);
});
