import { organisationOf } from '../observables/index.ts';
import { isProvidersOwn } from '../route/index.ts';
import { hopPointer } from './header-pointer.ts';
import type { HiredService } from './hired-service.ts';
import type { Filtered } from './on-the-way.ts';
import { type Alignment, type Client, fromPointer, type SenderFacts } from './sender-facts.ts';
import type { Draft } from './verdict.ts';
import { sourceText } from './verdict-sentence.ts';

type NoPass = Extract<Alignment, { state: 'no-pass' }>;

/** More days between the mail and the name servers' answers weaken what a missing pass says. */
export const DAYS_LATE_MAX = 14;
/**
 * Beyond these a missing pass says nothing: signing keys are to be changed every six months
 * (M3AAWG, DKIM Key Rotation Best Common Practices, 2019), and mail hosts change as well.
 */
const DAYS_TELLING_MAX = 183;
/**
 * Answers that a case kept from before a mail came know nothing of its key; a day is for clocks.
 */
export const DAYS_EARLY_MAX = 1;

const isOutOfTime = ({ daysLate }: SenderFacts, { source }: NoPass): boolean =>
  source.kind === 'live' &&
  daysLate !== null &&
  (daysLate > DAYS_TELLING_MAX || daysLate < -DAYS_EARLY_MAX);

/**
 * Whether the checks say anything of the sender: not where none was made, nor where name servers
 * gave no answer, or gave it too long after the mail or before it.
 */
export function saysSomething(facts: SenderFacts): boolean {
  const { alignment } = facts;
  if (alignment.state === 'not-checked' || alignment.state === 'hollow') return false;
  if (alignment.state === 'could-not-check') return alignment.source.kind !== 'live';
  return alignment.state !== 'no-pass' || !isOutOfTime(facts, alignment);
}

/** What it means that no check passed: the reasons to doubt that, then who handed the mail in. */
export function addNoPass(facts: SenderFacts, no: NoPass, draft: Draft): void {
  const domain = facts.fromDomain ?? '';
  draft.reasons.push({
    code: 'domain-not-authorised',
    text: `Nothing shows that ${domain} authorised the message (${sourceText(no.source)}).`,
    at: no.source.kind === 'recorded' ? no.source.at : fromPointer(facts),
  });
  if (facts.relayed !== null) {
    const { code, text, at } = facts.relayed;
    draft.reasons.push({ code, text, at });
  }
  if (facts.relayed !== null && facts.relayed.isRefused !== true) {
    draft.notShown.push('that the shown sender is false: mail that is sent on fails as well');
    return;
  }
  if (facts.savedAs !== null && no.source.kind === 'live') {
    draft.reasons.push({
      code: 'copy-changed',
      text: `This is no exact copy (${facts.savedAs}): a failing signature means nothing here. We need the original.`,
      at: null,
    });
    draft.notShown.push('that the signature failed when the mail arrived');
    return;
  }
  if (facts.rebuilt !== null && no.source.kind === 'live') {
    draft.reasons.push({
      code: 'copy-rebuilt',
      text: 'Outlook or Exchange has written this copy anew on forwarding: a failing signature means nothing here. We need the original.',
      at: facts.rebuilt,
    });
    draft.notShown.push('that the signature failed when the mail arrived');
    return;
  }
  if (isOutOfTime(facts, no)) {
    const days = facts.daysLate ?? 0;
    const when = days > 0 ? `${days} days after it came` : 'before it came';
    draft.reasons.push({
      code: days > 0 ? 'asked-too-late' : 'asked-too-early',
      text: `Name servers were asked ${when}: keys and records change, and a missing pass says nothing.`,
      at: null,
    });
    draft.notShown.push('what the domain published then, or that the shown sender is false');
    return;
  }
  if (facts.perhapsForwarded !== null) draft.reasons.push(facts.perhapsForwarded);
  if (facts.hired !== null && isQualified(domain)) {
    addHired(facts.hired, facts, draft);
    if (!refuses(no)) return;
  }
  if (!isFiltered(facts, draft)) addHandedIn(facts, no, draft);
}

const ASK = 'Ask the office or person shown, by a number that you know, whether they sent it.';

/** Whether the domain hired the service, nothing in the mail can tell. */
function addHired({ code, name, text, at }: HiredService, facts: SenderFacts, draft: Draft): void {
  const domain = facts.fromDomain ?? '';
  draft.reasons.push({ code, text, at });
  draft.cannotTell =
    code === 'own-tenancy'
      ? `Cannot tell for certain: sent by way of ${name}, as it seems by an account of ${domain}, which signed nothing itself. ${ASK}`
      : `Cannot tell: sent by the service ${name}, which anybody may hire. ${ASK}`;
  draft.notShown.push(
    `that ${domain} sent it, or that it did not: its holder can hire ${name}, and so can others`,
  );
}

/** Who handed it in, as far as no filtering service stands between. */
function addHandedIn(facts: SenderFacts, no: NoPass, draft: Draft): void {
  const { client, fromOrganisation } = facts;
  const domain = facts.fromDomain ?? '';
  if (client === null) {
    draft.reasons.push({
      code: 'no-boundary',
      text: 'No server of the recipient’s provider recorded an address that handed it in.',
      at: facts.boundary === null ? null : hopPointer(facts.boundary),
    });
    if (wasRefused(facts, no)) addSpoofed(facts, no, draft);
    return;
  }
  const isSilent = no.policy === null && (no.spf === 'none' || no.spf === null);
  if (!isQualified(domain))
    draft.reasons.push({
      code: 'no-such-domain',
      text: `No mail can come from ${domain}: it is no name that a domain of the Internet can have.`,
      at: fromPointer(facts),
    });
  else if (isSilent && facts.envelopeOrganisation === fromOrganisation) {
    draft.reasons.push({
      code: 'domain-publishes-nothing',
      text: `${domain} publishes nothing by which its mail could be told, and the return address is its own.`,
      at: fromPointer(facts),
    });
    draft.cannotTell = `Cannot tell: ${domain} publishes nothing by which its mail could be told. Honest mail of it looks like this, and so does mail of whoever writes its address.`;
    return;
  }
  const named = client.reverseName === null ? null : organisationOf(client.reverseName);
  if (named !== null && named === fromOrganisation) {
    draft.reasons.push({
      code: 'own-server',
      text: `A server named under ${named} handed it in.`,
      at: client.at,
    });
    return;
  }
  if (isProvidersOwn(domain, client.ip)) {
    draft.reasons.push({
      code: 'own-server',
      text: `${client.ip}, from which the provider of ${domain} sends, handed it in.`,
      at: client.at,
    });
    return;
  }
  addSpoof({ facts, no, client, clientName: named }, draft);
}

/**
 * Mail is sent by fully qualified names and address literals only (RFC 5321 section 2.3.5). A bare
 * name or one with other characters can be no sender's, unless some device of the recipient's own
 * is badly set up; those hand in from inside.
 */
const isQualified = (domain: string): boolean => QUALIFIED.test(domain);

const QUALIFIED =
  /^(?:\[[\da-f:.]+\]|(?:[\p{L}\p{M}\p{N}_-]{1,63}\.){1,126}[\p{L}\p{M}\p{N}-]{2,63}\.?)$/iu;

/** What a filtering service takes in and hands on fails behind it, and may have passed before. */
function isFiltered({ gateway, client }: SenderFacts, draft: Draft): boolean {
  if (gateway === null || client === null) return false;
  const { name, how } = gateway;
  const who: Readonly<Record<Filtered['how'], string>> = {
    known: `${client.ip}, a server of ${name}, handed it in. Offices have ${name} filter their mail: behind it the checks of the domain shown fail.`,
    unjudged: `${client.ip}, which handed it in, calls itself a server of ${name}, which filters mail for offices, and the recipient’s provider drew no conclusion from the failed checks (compauth=none).`,
    claimed: `${client.ip}, which handed it in, calls itself a server of ${name}, which filters mail for offices; its address is not known as one.`,
    provider: `${client.ip}, a server of ${name}, handed it in, which filters and forwards mail for others too.`,
  };
  const isIt = how === 'known' || how === 'unjudged';
  draft.reasons.push({
    code: isIt ? 'gateway-on-the-way' : 'gateway-possible',
    text: `${who[how]} If the recipient uses it, name it as its own (--names, ownHosts).`,
    at: client.at,
  });
  draft.notShown.push(`that the checks failed before ${name} had it`);
  return isIt;
}

function addSpoof(
  found: {
    readonly facts: SenderFacts;
    readonly no: NoPass;
    readonly client: Client;
    /** Registrable domain of its name by address. */
    readonly clientName: string | null;
  },
  draft: Draft,
): void {
  const { facts, no, client, clientName } = found;
  const { doubtedName } = client;
  const nameless =
    doubtedName === null
      ? 'an address without a host name'
      : `whose name (${doubtedName}) ${client.by ?? 'that side'} could not confirm (may be forged)`;
  const host = clientName === null ? nameless : `a server of ${clientName}`;
  draft.reasons.push({
    code: 'unrelated-server',
    text: `It was handed in by ${client.ip}, ${host}, not by ${facts.fromOrganisation ?? 'its domain'}.`,
    at: client.at,
  });
  addSpoofed(facts, no, draft);
}

/** The recipient's side wrote down that the domain refuses it, whatever address handed it in. */
const wasRefused = ({ envelopeOrganisation, fromOrganisation }: SenderFacts, no: NoPass): boolean =>
  no.source.kind === 'recorded' &&
  (no.policy === 'reject' ||
    no.policy === 'quarantine' ||
    (no.spf === 'fail' && envelopeOrganisation === fromOrganisation));

const UNREFUSED: Readonly<Record<NonNullable<NoPass['policy']> | 'nothing', string>> = {
  nothing: 'it publishes no such policy',
  none: 'its policy asks for nothing (p=none)',
  untold: 'the record does not repeat its policy',
  // Of a policy that refuses nothing of this is said.
  quarantine: '',
  reject: '',
};

/** The domain wants such mail refused or set aside. */
const refuses = ({ spf, policy }: NoPass): boolean =>
  spf === 'fail' || policy === 'reject' || policy === 'quarantine';

function addSpoofed(facts: SenderFacts, no: NoPass, draft: Draft): void {
  draft.kinds.push('spoofed-domain');
  if (facts.heldForHonest !== null) draft.reasons.push(facts.heldForHonest);
  const late = no.source.kind === 'live' && (facts.daysLate ?? 0) > DAYS_LATE_MAX;
  // What a client calls itself is the sender's to say, and weakens nothing.
  const isBetween =
    facts.gateway?.how === 'provider' ||
    facts.hired !== null ||
    facts.heldForHonest !== null ||
    facts.perhapsForwarded !== null ||
    facts.relayed !== null;
  draft.certainty = refuses(no) && !late && !isBetween ? 'shown' : 'probable';
  if (!refuses(no))
    draft.notShown.push(`that the domain refuses such mail: ${UNREFUSED[no.policy ?? 'nothing']}`);
  if (late)
    draft.notShown.push(
      `what the domain published then: name servers were asked ${facts.daysLate} days later`,
    );
  draft.notShown.push('who sent it; a badly set up server of the real sender looks the same');
}
