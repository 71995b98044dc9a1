import { addressInName } from '../header/index.ts';
import type { MailMessage } from '../mail/index.ts';
import { mailingServiceOf } from '../mail-services/index.ts';
import { organisationOf } from '../observables/index.ts';
import { fieldOf } from './header-pointer.ts';
import { fromPointer, type SenderFacts } from './sender-facts.ts';
import type { Draft, VerdictInput } from './verdict.ts';

/** A display name that shows another's address, or is a protected name of another. */
export function addNameImitation(input: VerdictInput, facts: SenderFacts, draft: Draft): void {
  const { from } = input.message;
  if (from === null || from.name === '' || facts.fromOrganisation === null) return;
  addShownAddress(input, facts, draft);
  addProtectedName(input, facts, draft);
}

function addShownAddress(input: VerdictInput, facts: SenderFacts, draft: Draft): void {
  const { message, consumerProvider } = input;
  const inside = message.from === null ? null : addressInName(message.from);
  const other = inside === null ? null : organisationOf(inside);
  if (inside === null || other === null || other === facts.fromOrganisation) return;
  const provider = consumerProvider(inside.slice(inside.lastIndexOf('@') + 1));
  if (provider !== null && provider === consumerProvider(facts.fromDomain ?? '')) return;
  draft.kinds.push('display-name-imitation');
  draft.certainty = 'shown';
  draft.reasons.push({
    code: 'name-holds-address',
    text: `The name shows an address at ${other}; the message is from ${facts.fromDomain}.`,
    at: fromPointer(facts),
  });
  if (!namesItself(message, facts)) return;
  draft.probable.add('display-name-imitation');
  draft.notShown.push(
    `that the name deceives: lists and services write into it for whom they send, and this one names ${facts.fromOrganisation} or its list as well`,
  );
}

/**
 * `"clerk@county.example via Lists" <l@lists.example>`: the name or List-Id says who sends, too.
 */
function namesItself(message: MailMessage, facts: SenderFacts): boolean {
  const { fromOrganisation, fromDomain } = facts;
  const organisation = fromOrganisation ?? '';
  const list = fieldOf(message, /^list-id$/i)?.value.slice(0, 1_000) ?? '';
  const listDomain = /<([^<>\s]{1,255})>\s*$/.exec(list)?.[1];
  if (listDomain !== undefined && organisationOf(listDomain) === organisation) return true;
  const label = organisation.slice(0, organisation.indexOf('.'));
  const name = (message.from?.name ?? '').toLowerCase();
  const isService = mailingServiceOf(fromDomain ?? '') !== null;
  const words = isService ? wordsOf(name) : ownWords(name);
  return label !== '' && (words.includes(label) || isSpelledBy(label, words));
}

/** Between whom a service writes for and its own name; or the other way round. */
const THROUGH = /\s(?:v[ií]a|through|a trav[eé]s de)\s|\s(?:on behalf of|en nombre de)\s/;

/**
 * The words by which the sender names itself. Who is imitated has words too, and a domain is soon
 * bought that they spell: none of those counts.
 */
function ownWords(name: string): readonly string[] {
  const mark = THROUGH.exec(name);
  if (mark === null) return [];
  const sides = [name.slice(0, mark.index), name.slice(mark.index + mark[0].length)] as const;
  const [office, own] = BEHALF.test(mark[0]) ? [sides[1], sides[0]] : sides;
  return wordsOf(own).filter((word) => !office.includes(word));
}

const BEHALF = /of|nombre/;

const wordsOf = (name: string): readonly string[] => name.split(/[^\p{L}\p{N}@.-]+/u, WORDS_MAX);

/** Words of a name that are read; longer ones show no organisation. */
const WORDS_MAX = 60;

/** Shorter words stand in every name. */
const PART_LENGTH_MIN = 3;

/**
 * `adobesign` by words of "Adobe Acrobat Sign", in their order, none of which stands for it alone.
 */
function isSpelledBy(label: string, words: readonly string[]): boolean {
  const reached = new Set([0]);
  for (const word of words) {
    if (word.length < PART_LENGTH_MIN || word.includes('@')) continue;
    for (const at of [...reached]) if (label.startsWith(word, at)) reached.add(at + word.length);
  }
  return reached.has(label.length);
}

function addProtectedName(
  { message, protectedNames }: VerdictInput,
  facts: SenderFacts,
  draft: Draft,
): void {
  const claim = protectedNames.claims(message.from?.name ?? '');
  // Offices of one kind have like names: another protected one sends in its own.
  if (claim === null || protectedNames.holderOf(facts.fromDomain ?? '') !== null) return;
  draft.kinds.push('display-name-imitation');
  draft.certainty = 'shown';
  draft.reasons.push({
    code: 'name-of-protected',
    text: `The name is that of ${claim.holder}; ${facts.fromDomain} is not on its list of domains.`,
    at: fromPointer(facts),
  });
  draft.notShown.push(`that ${claim.holder} has no other address`);
  if (claim.isWhole) return;
  draft.probable.add('display-name-imitation');
  draft.notShown.push('that it is not another body of a like name: the name shown says more');
}

/** Words by which offices that run elections call themselves, in English and Spanish. */
const OFFICE_NAME =
  /\b(?:(?:supervisor|superintendent|board|department|division|office|bureau|registrar|commission|commissioner|director|administrator) of (?:the )?(?:general )?(?:elections?|voters?|voter registration|registration)|elections? (?:office|department|division|board|bureau|commission|officials?|administrator|services|center)|(?:county|city|town|township|village|municipal|parish) (?:clerk|recorder|auditor|registrar|elections?)|clerk[ -]recorder|secretary of state|voter (?:registration|services)|(?:junta|consejo|comisi[oó]n|oficina|departamento|tribunal|supervisora?) (?:(?:nacional |estatal |municipal )?(?:de (?:las )?elecciones|electoral))|secretar[ií][ao] de estado)\b/iu;

/** Names are shown in part: a forger can write a page of them. */
const NAME_SHOWN_MAX = 80;

/**
 * The name of an office on an account that anybody may open. Some small offices do write from one,
 * so it decides nothing; a list of protected names (--names) does.
 */
export function addOfficeName(
  { message }: VerdictInput,
  provider: string,
  facts: SenderFacts,
  draft: Draft,
): void {
  const name = (message.from?.name ?? '').slice(0, 1_000);
  if (name === '' || draft.kinds.includes('display-name-imitation')) return;
  draft.notShown.push(
    `that the name shown is that of whoever has the account: ${provider} checks none`,
  );
  if (!OFFICE_NAME.test(name)) return;
  draft.reasons.push({
    code: 'name-of-office',
    text: `The name shown is that of an office (“${name.slice(0, NAME_SHOWN_MAX)}”), and the account is such as anybody may open. Ask that office, by a number that you know, whether it is theirs.`,
    at: fromPointer(facts),
  });
}
