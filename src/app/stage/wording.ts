import { type Json, spreadSample } from '../../core/base/index.ts';
import {
  commonestWording,
  linkFacts,
  type SubjectSkeleton,
  subjectSkeletons,
  type WordingSpan,
} from '../../core/campaign/index.ts';
import { type MailMessage, senderSubject, senderWords } from '../../core/mail/index.ts';
import { consumerProviders } from '../../core/mail-services/index.ts';
import type { Audience } from '../../core/report/index.ts';
import {
  createTyper,
  induceVariants,
  summariseTemplate,
  type TemplateSummary,
  type Typer,
} from '../../core/template/index.ts';
import { audienceOf, placesIn } from './audience.ts';
import { messageRef } from './cluster.ts';
import { type Rereader, rereadGroups, type Wanted } from './reread.ts';
import { createLinkLedger, type StoredLinks } from './stored-links.ts';

/** The wording of each cluster: commonest text, template with its slots, links between clusters. */
export const WORDING = { stage: 'wording', methodVersion: 18 } as const;

/** Members read again per cluster, spread: enough to tell what is shared, bounded in cost. */
export const WORDING_SAMPLE_MAX = 300;

/**
 * Messages read again in one run, the largest clusters first; the clusters beyond keep their
 * counts. About two minutes of work at most: a template of few texts costs up to 2 CPU-s a
 * thousand.
 */
export const WORDED_MESSAGES_MAX = 60_000;

/** How many of the clusters, largest first, have their wording read. */
export function wordedCount(sizes: readonly number[]): number {
  let messages = 0;
  const over = sizes.findIndex((size) => {
    messages += Math.min(size, WORDING_SAMPLE_MAX);
    return messages > WORDED_MESSAGES_MAX;
  });
  return over < 0 ? sizes.length : over;
}

export interface WordedCampaign {
  readonly id: string;
  readonly wording: readonly WordingSpan[];
  readonly subjects: readonly SubjectSkeleton[];
  /** One a wording, most texts first; empty where too few different texts were read. */
  readonly templates: readonly TemplateSummary[];
  /** Of the messages read again. */
  readonly audience: Audience | null;
  /** Banners of mail gateways that were left out of the wording, in how many messages. */
  readonly banners: readonly { readonly product: string; readonly messages: number }[];
}

export interface WordingOutput extends StoredLinks {
  readonly campaigns: readonly WordedCampaign[];
}

/**
 * Fewer different texts show no template: two alike say nothing of what would differ in a third.
 */
const TEMPLATE_TEXTS_MIN = 3;

export interface ClusterToWord {
  readonly id: string;
  readonly members: readonly MemberToWord[];
}

export interface MemberToWord extends Wanted {
  readonly subject: string | null;
  /** Whom it was addressed to; null where it does not say. One text to many people is no secret. */
  readonly recipient: string | null;
  /** DKIM or SPF vouches for the shown sender's domain, as the recipient's server recorded. */
  readonly authenticated: boolean;
}

export async function wordClusters(
  reader: Rereader,
  clusters: readonly ClusterToWord[],
  includePersonal: boolean,
): Promise<WordingOutput & Json> {
  const typer = createTyper();
  const providerOf = consumerProviders();
  const campaigns: WordedCampaign[] = [];
  const ledger = createLinkLedger();
  const samples = clusters.map(({ id, members }) => ({
    id,
    members,
    wanted: spreadSample(members, WORDING_SAMPLE_MAX),
  }));
  for await (const { group, messages } of rereadGroups(reader, samples)) {
    const { id, members, wanted } = group;
    const read = messages.flatMap((message, at) => {
      const member = wanted[at];
      return message === null || member === undefined
        ? []
        : [{ message: inOwnWords(message), member }];
    });
    campaigns.push(
      wordCampaign(
        { id, members, messages: read.map(({ message }) => message) },
        { typer, providerOf, includePersonal },
      ),
    );
    for (const { message, member } of read) {
      const ref = messageRef(member.exhibit.digest, member.path);
      ledger.add(linkFacts({ campaign: id, ref, message, authenticated: member.authenticated }));
    }
  }
  return { campaigns, ...ledger.answer(clusters.length) } as unknown as WordingOutput & Json;
}

/** As its sender wrote it: what the recipient's gateway added is no wording of a campaign. */
function inOwnWords(message: MailMessage): MailMessage {
  const [text, subject] = [senderWords(message), senderSubject(message)];
  const isWhole = text === message.text && subject === message.subject;
  return isWhole ? message : { ...message, text, subject };
}

/** Banners that were left out, by the product whose form they have, commonest first. */
function bannersOf(messages: readonly MailMessage[]): WordedCampaign['banners'] {
  const counts = new Map<string, number>();
  for (const { banner } of messages) {
    if (banner !== undefined) counts.set(banner.product, (counts.get(banner.product) ?? 0) + 1);
  }
  return [...counts]
    .map(([product, count]) => ({ product, messages: count }))
    .sort((a, b) => b.messages - a.messages || (a.product < b.product ? -1 : 1));
}

interface ReadCampaign extends ClusterToWord {
  readonly messages: readonly MailMessage[];
}

interface Manner {
  readonly typer: Typer;
  readonly providerOf: (domain: string) => string | null;
  readonly includePersonal: boolean;
}

function wordCampaign(
  { id, members, messages }: ReadCampaign,
  { typer, providerOf, includePersonal }: Manner,
): WordedCampaign {
  const personal = messages.flatMap(({ to }) => to.map(({ name }) => name));
  const recipients = messages.map(({ to }) => to[0]?.address ?? null);
  const texts = [...new Set(messages.map(({ text }) => text))];
  const variants = texts.length < TEMPLATE_TEXTS_MIN ? [] : induceVariants(texts, typer);
  const withSubject = members.filter(({ subject }) => subject !== null);
  const readers = new Set(messages.map(({ sha256 }, at) => recipients[at] ?? sha256)).size;
  const places = placesIn(texts, variants);
  const readersOf = messages.map(({ text, sha256 }, at) => ({
    key: recipients[at]?.toLowerCase() ?? sha256,
    domain: recipients[at]?.split('@')[1] ?? null,
    city: places.get(text)?.city ?? null,
    state: places.get(text)?.state ?? null,
  }));
  return {
    id,
    banners: bannersOf(messages),
    audience: audienceOf(readersOf, { includePersonal, providerOf, typer }),
    wording: commonestWording(
      messages.map(({ text }) => text),
      { includePersonal, personal, recipients },
    ),
    subjects: subjectSkeletons(
      withSubject.map(({ subject }) => subject ?? ''),
      { includePersonal, personal, recipients: withSubject.map(({ recipient }) => recipient) },
    ),
    templates: variants.map(({ members: followers, template }) =>
      summariseTemplate(template, followers.length, {
        texts: Math.min(readers, followers.length),
        includePersonal,
        personal,
        typer,
      }),
    ),
  };
}
