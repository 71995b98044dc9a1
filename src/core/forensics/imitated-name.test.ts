import { describe, expect, test } from 'vitest';
import { ar, type Field, message } from '../../../test/kit/judged-message.ts';
import { consumerProviders } from '../mail-services/index.ts';
import {
  judgeSender,
  protectedIndex,
  readRecordedResults,
  uncheckedAuthentication,
} from './index.ts';

const protectedNames = protectedIndex([
  { holder: 'State of Example', names: ['Division of Elections'], domains: ['vote.ex.gov'] },
  { holder: 'Duval', names: [], domains: ['duvalelections.com', 'elections.alpha.gov'] },
]);

/** A mail whose domain authorised it. */
function judge(name: string, address: string, fields: readonly Field[] = []) {
  const domain = address.slice(address.indexOf('@') + 1);
  const record = ar(`mx.provider.com; dmarc=pass header.from=${domain}`);
  const mail = message([record, ...fields], { name, address });
  const verdict = judgeSender({
    message: mail,
    authentication: uncheckedAuthentication(readRecordedResults(mail)),
    protectedNames,
    consumerProvider: consumerProviders(),
  });
  const codes = verdict.reasons.map(({ code }) => code);
  return {
    seen: `${verdict.kind} ${verdict.certainty}`,
    codes,
    notShown: verdict.notShown.join('; '),
  };
}

const IMITATES = 'display-name-imitation';

describe('an address in the name', () => {
  test.each<[string, string, string, readonly Field[], string]>([
    ['of another', 'clerk@county.gov', 'x@evil.example', [], `${IMITATES} shown`],
    ['with a wide at sign', 'clerk＠county.gov', 'x@evil.example', [], `${IMITATES} shown`],
    [
      'of a list that writes its authors into it',
      'vera@county.gov via Voters',
      'v@lists.example',
      [['List-Id', 'Voters <v.lists.example>']],
      `${IMITATES} probable`,
    ],
    [
      'under the List-Id of another',
      'vera@county.gov via Voters',
      'v@lists.example',
      [['List-Id', '<v.county.gov>']],
      `${IMITATES} shown`,
    ],
    [
      'of a service that names itself too',
      'clerk@county.gov via DocSign',
      'dse@docsign.net',
      [],
      `${IMITATES} probable`,
    ],
    ['of the same provider', 'jo@gmail.com', 'jo@googlemail.com', [], 'freemail shown'],
    ['of another provider', 'jo@gmail.com', 'jo@yahoo.com', [], `${IMITATES} shown`],
  ])('%s', (_, name, address, fields, seen) => {
    expect(judge(name, address, fields).seen).toBe(seen);
  });
});

describe('a protected name', () => {
  test.each<[string, string, string, string]>([
    ['alone', 'DIVISION  of Elections', 'x@evil.example', `${IMITATES} shown`],
    ['with more words', 'Division of Elections, Texas', 'x@sos.tx.example', `${IMITATES} probable`],
    ['of its holder', 'Division of Elections', 'x@vote.ex.gov', 'genuine shown'],
    [
      'of a like office that is protected as well',
      'Division of Elections',
      'x@duvalelections.com',
      'genuine shown',
    ],
  ])('%s', (_, name, address, seen) => {
    expect(judge(name, address).seen).toBe(seen);
  });

  test('what may be an honest body of a like name is said to be', () => {
    expect(judge('Texas Division of Elections', 'x@a.example').notShown).toContain('a like name');
  });
});

describe('a domain near a protected one', () => {
  test.each<[string, string]>([
    ['duvale1ections.com', 'lookalike shown'],
    ['duval-elections.com', 'lookalike shown'],
    ['duvalcountyelections.com', 'lookalike shown'],
    ['duval-elections-results.com', 'lookalike shown'],
    ['vote-ex.gov', 'lookalike shown'],
    ['voteex.com', 'lookalike shown'],
    ['duvalelections.org', 'lookalike probable'],
    ['duvalelectoins.com', 'lookalike probable'],
    ['alpha.edu', 'lookalike probable'],
    ['duvalgardens.com', 'genuine probable'],
    ['duvalbusinesselections.com', 'genuine probable'],
  ])('%s', (domain, seen) => {
    const found = judge('Somebody', `a@${domain}`);
    expect(found.seen).toBe(seen);
    if (seen.startsWith('lookalike')) expect(found.notShown).toContain('honest sender of its own');
  });
});

test('a stranger’s account behind a pass is probable at most', () => {
  const found = judge('Shop', 'shop@shop.example', [
    ['X-Authenticated-Sender', 'shop@shop-mail.example'],
  ]);
  expect(found.seen).toBe('compromised-relay probable');
});

describe('a service that writes for whom it sends', () => {
  test.each<[string, string, string]>([
    ['Clerk (clerk@county.gov) via Adobe Acrobat Sign', 'adobesign.com', 'probable'],
    ['clerk@county.gov via Sign Adobe', 'adobesign.com', 'shown'],
    ['clerk@county.gov via Adobe', 'adobesign.com', 'shown'],
    ['clerk@county.gov a d o b e', 'adobe.com', 'shown'],
    ['evil@sign.gov clerk@county.gov', 'evilsign.com', 'shown'],
    ['DocSign on behalf of clerk@county.gov', 'docsign.net', 'probable'],
    ['clerk@county.gov a través de Doc Sign', 'docsign.net', 'probable'],
    ['Clerk (clerk@county.gov) by DocuSign', 'docusign.net', 'probable'],
    ['Clerk (clerk@county.gov) by DocSign', 'docsign.net', 'shown'],
    ['Alpha County Elections (elections@alpha.gov)', 'alphacountyelections.com', 'shown'],
    ['Alpha County Clerk clerk@alphaclerk.gov', 'countyclerk.net', 'shown'],
    ['Alpha Clerk (x@alpha.gov) via Alpha Clerk', 'alphaclerk.com', 'shown'],
    ['x@alphaclerk.gov via Alpha Clerk', 'alphaclerk.com', 'shown'],
    ['News on behalf of Alpha Clerk (x@alpha.gov)', 'alphaclerk.com', 'shown'],
  ])('%s, from %s: %s', (name, domain, certainty) => {
    expect(judge(name, `no-reply@${domain}`).seen).toBe(`${IMITATES} ${certainty}`);
  });
});

describe('the name of an office on an account of anybody’s', () => {
  test.each([
    ['Alpha County Supervisor of Elections', true],
    ['Alpha Board of Elections', true],
    ['ALPHA COUNTY CLERK', true],
    ['Alpha Elections Office', true],
    ['Clerk-Recorder of Alpha', true],
    ['Secretary of State', true],
    ['Comisión Estatal de Elecciones', true],
    ['Junta de Elecciones', true],
    ['Vera Voter', false],
    ['Clark County', false],
    ['Election fan', false],
  ])('%s: %s', (name, isOffice) => {
    const { seen, codes, notShown } = judge(name, 'a@gmail.com');
    expect(seen).toBe('freemail shown');
    expect(codes.includes('name-of-office')).toBe(isOffice);
    expect(notShown).toContain('Google (Gmail) checks none');
  });

  test('is no remark on a domain of its own', () => {
    expect(judge('Alpha Board of Elections', 'a@alpha.example').codes).not.toContain(
      'name-of-office',
    );
  });
});
