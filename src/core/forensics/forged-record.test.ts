import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ar,
  claimedAr,
  type Field,
  HOP,
  live,
  message,
  office,
} from '../../../test/kit/judged-message.ts';
import { consumerProviders } from '../mail-services/index.ts';
import {
  type DkimCheck,
  judgeSender,
  protectedIndex,
  readRecordedResults,
  uncheckedAuthentication,
} from './index.ts';

const DKIM: DkimCheck = {
  ...{ result: 'pass', resultToday: 'pass', domain: null, selector: 's', algorithm: null },
  ...{ aligned: false, keyBits: 2048, unsignedBytes: 0, signedHeaders: ['from', 'subject'] },
  ...{ signedAt: null, expiresAt: null, comment: null, warnings: [] },
};

const judged = (fields: readonly Field[], by: string) => {
  const mail = message(fields, office, { route: [{ ...HOP, by }] });
  const { kind, certainty } = judgeSender({
    message: mail,
    authentication: uncheckedAuthentication(readRecordedResults(mail)),
    protectedNames: protectedIndex([]),
    consumerProvider: consumerProviders(),
  });
  return `${kind} ${certainty}`;
};

const HOSTS = ['mx.provider.com', 'mx.google.com', 'mailin9.protonmail.ch', 'st9.me.com'];
const ids = [...HOSTS, 'google.com', 'dmarc.icloud.com', 'spf.icloud.com', 'mail.protonmail.ch'];
const results = [
  'dmarc=pass header.from=electionsoffice.com',
  'spf=pass smtp.mailfrom=a@electionsoffice.com',
  'dkim=pass header.d=electionsoffice.com',
];
/** What a sender can put into the head of a mail: results in any name, and anything between. */
const forged: fc.Arbitrary<Field> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ids), fc.constantFrom(...results))
    .map(([id, said]) => claimedAr(`${id}; ${said}`)),
  fc
    .constantFrom(...ids)
    .map((id): Field => ['Received-SPF', `pass (${id}: ok) receiver=${id}`, 'below']),
  fc
    .constantFrom('DKIM-Signature', 'X-ICL-Info', 'Return-Path', 'X-Yandex-Front')
    .map((name): Field => [name, 'x']),
);
const forgeries = fc.array(forged, { maxLength: 8 });

test('whatever a sender writes below a server outside the table, no pass comes of it', () => {
  fc.assert(
    fc.property(forgeries, (fields) => {
      expect(judged(fields, 'mx.provider.com')).toBe('undetermined none');
    }),
  );
});

test('nor does it change what a provider has recorded above or directly below its own field', () => {
  const failed = 'dmarc=fail (p=REJECT) header.from=electionsoffice.com';
  const own: readonly (readonly [string, readonly Field[]])[] = [
    ['mx.provider.com', [ar(`mx.provider.com; ${failed}`)]],
    ['mx.google.com', [claimedAr(`mx.google.com; spf=fail smtp.mailfrom=b.example; ${failed}`)]],
    [
      'mailin9.protonmail.ch',
      ['spf=none', 'arc=none', 'dkim=none', failed].map((said) =>
        claimedAr(`mailin9.protonmail.ch; ${said}`),
      ),
    ],
    [
      'st9.me.com',
      [
        claimedAr(`dmarc.icloud.com; ${failed}`),
        claimedAr('dkim-verifier.icloud.com; dkim=none'),
        claimedAr('spf.icloud.com; spf=none'),
        ['Received-SPF', 'none receiver=spf.icloud.com', 'below'],
      ],
    ],
  ];
  fc.assert(
    fc.property(fc.constantFrom(...own), forgeries, ([by, fields], more) => {
      expect(judged([...fields, ...more], by)).toBe('spoofed-domain shown');
    }),
    {
      // Another name of the same provider.
      examples: [[own[2]!, [claimedAr(`mail.protonmail.ch; ${results[0]}`)]]],
    },
  );
});

test('a typed record in a saved source is not borne out by a stranger’s signature', () => {
  const forward = { method: 'saved-copy', intact: false, lost: [], takenFrom: 'a page' } as const;
  const record = ar('mx.provider.com; dmarc=pass header.from=electionsoffice.com');
  const saved = message([record], office, { forward });
  const certainty = (aligned: boolean, domain: string): string =>
    judgeSender({
      message: saved,
      authentication: live({
        recorded: readRecordedResults(saved),
        dkim: [{ ...DKIM, aligned, domain }],
      }),
      protectedNames: protectedIndex([]),
      consumerProvider: consumerProviders(),
    }).certainty;
  expect(certainty(false, 'evil.example')).toBe('probable');
  expect(certainty(true, 'electionsoffice.com')).toBe('shown');
});
