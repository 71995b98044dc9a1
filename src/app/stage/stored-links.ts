import {
  type CampaignLink,
  type LinkFact,
  type LinkKind,
  linkCampaigns,
} from '../../core/campaign/index.ts';

/** Links kept, the strong ones first. */
const LINKS_MAX = 1_000;

/** Messages that one link names as its evidence; more are counted, and can be found again. */
const EVIDENCE_MAX = 20;

/**
 * A link as a `wording` finding stores it: a value that 10,000 messages show names a few of them.
 */
export interface StoredLink extends CampaignLink {
  /** All that show it, of those read; `from` has the first. */
  readonly messages: number;
}

export interface StoredLinks {
  readonly links: readonly StoredLink[];
  /** Pairs of campaigns, and the links that hold them together. */
  readonly joined: readonly {
    readonly campaigns: readonly [string, string];
    readonly by: readonly { readonly kind: LinkKind; readonly value: string }[];
  }[];
}

export interface LinkLedger {
  add(facts: readonly LinkFact[]): void;
  answer(campaigns: number): StoredLinks;
}

export function createLinkLedger(): LinkLedger {
  const values = new Map<string, string>();
  const facts: LinkFact[] = [];
  /** A value is cut out of its message, and a cut keeps all of the text that it was cut from. */
  const detached = (value: string): string => {
    const standing = values.get(value);
    if (standing !== undefined) return standing;
    const copy = JSON.parse(JSON.stringify(value)) as string;
    values.set(copy, copy);
    return copy;
  };
  return {
    add: (added) => {
      for (const fact of added) {
        const shown = fact.shown === undefined ? null : { shown: detached(fact.shown) };
        facts.push({ ...fact, value: detached(fact.value), ...shown });
      }
    },
    answer: (campaigns) => {
      const { links, joined } = linkCampaigns(facts, campaigns);
      return {
        links: links.slice(0, LINKS_MAX).map(({ from, ...link }) => ({
          ...link,
          messages: from.length,
          from: from.slice(0, EVIDENCE_MAX),
        })),
        joined: joined.map(({ campaigns: pair, by }) => ({
          campaigns: pair,
          by: by.map(({ kind, value }) => ({ kind, value })),
        })),
      };
    },
  };
}
