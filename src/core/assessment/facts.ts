import type { Instant } from '../base/index.ts';
import type { AccessLogFacts, ExposureFacts, MatchesFacts } from './exposure-facts.ts';

/** What the answers of name servers say of some originals, letters aside. */
export interface CheckFacts {
  /** Originals held as the exact bytes that were sent: the others cannot be checked. */
  readonly checkable: number;
  /** Of these: every check was carried out; or asked about, with a check left open. */
  readonly checked: number;
  readonly open: number;
  /** The domain of the From line vouches for it. */
  readonly authorised: number;
  /** They bear a signature; and one over header and whole body holds. */
  readonly signed: number;
  readonly unaltered: number;
  /** Asked so long after they arrived that a missing pass says little. */
  readonly late: number;
  /** What the recipient's server recorded is not what name servers say. */
  readonly contradicted: number;
  /** Days of the answers, YYYY-MM-DD; null where nothing was asked. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
}

/** What one campaign brings to the board. A campaign summary of the report has all of it. */
export interface CampaignFacts {
  /** Stable id, which evidence links carry; `label` (`C1`) is what people read. */
  readonly id: string;
  readonly label: string;
  /**
   * Sure reported originals, repeats included; and different ones among them, by SHA-256. Where
   * there are none, everything else is told of those in doubt.
   */
  readonly originals: number;
  readonly distinctOriginals: number;
  readonly exhibits: number;
  /** Originals held as exact bytes, and those held only as a rebuilt or quoted copy. */
  readonly intact: number;
  readonly degraded: number;
  /** Different recipient addresses shown: a count of persons. */
  readonly distinctRecipients: number;
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  /** What the From line shows, commonest first; `…@mail.example` where the address is withheld. */
  readonly shownSenders: readonly { readonly address: string; readonly messages: number }[];
  /** Messages that their mail may have made up: in no count, and whom they show is no sender. */
  readonly inDoubt: number;
  /** Originals whose senders count, though their mails bring something of their own beside them. */
  readonly doubted: number;
  /** How many people wrote the mails that hold these. */
  readonly authorsDoubted: number;
  /** How many people wrote the mails that hold those in doubt. */
  readonly authorsInDoubt: number;
  /** Client addresses at the trust boundary, commonest first. */
  readonly routes: readonly { readonly ip: string; readonly messages: number }[];
  /** Originals without such an address. */
  readonly routesUnknown: number;
  /** Null where name servers were asked about none. */
  readonly checks: CheckFacts | null;
  /**
   * Verdicts on the shown sender, commonest first: by the checks where there are any. `probable`:
   * of how many originals that is only probable.
   */
  readonly verdicts: readonly {
    readonly kind: string;
    /** Of open ones: what leaves a whole copy open; none where the copy is what lacks. */
    readonly because?: 'hired-service' | 'domain-publishes-nothing';
    readonly originals: number;
    readonly probable: number;
  }[];
  /** Signs of coercion, commonest first. */
  readonly pressure: readonly { readonly sign: string; readonly originals: number }[];
  /** Its wordings: from how many different texts, with which gaps filled per recipient. */
  readonly templates: readonly {
    readonly texts: number;
    readonly slots: readonly {
      readonly type: string;
      readonly distinct: number;
      /** Only what stands beside the slot speaks for its type. */
      readonly probable?: true;
    }[];
    /** Fixed wording is `{shared}`; gaps have no words. */
    readonly spans: readonly object[];
  }[];
  /** The commonest wording; `withheld` counts words that too few members share. */
  readonly wording: readonly ({ readonly shared: string } | { readonly withheld: number })[];
}

/**
 * What today's findings say, as plain values: everything that the question board is computed from.
 *
 * Claims and statements have no field: no method of this version reads them, and the board says so.
 */
export interface BoardFacts {
  readonly personalDataIncluded: boolean;
  readonly exhibits: number;
  /** Files that were handed over and could not be read. */
  readonly unread: number;
  /** Sure reported originals in all exhibits, in campaigns or not. */
  readonly originals: number;
  /** Mails to the office itself that only tell of a message; no originals. */
  readonly letters: number;
  /**
   * Mails that may be a reporter's own or what was reported, how many people wrote them, and how
   * many messages are read from them: these are no originals and enter no answer beside sure ones.
   */
  readonly either: {
    readonly mails: number;
    readonly authors: number;
    readonly messages: number;
  };
  readonly intact: number;
  readonly degraded: number;
  /** Null where name servers were asked about none. */
  readonly checks: CheckFacts | null;
  /** Sure originals that share their wording with no other. */
  readonly unclustered: number;
  /** Digests of a few exhibits that hold originals, for links where there is no campaign. */
  readonly exhibitSamples: readonly string[];
  /** Those with most sure originals first; then those with none. */
  readonly campaigns: readonly CampaignFacts[];
  /** What campaigns share, strongest first; `campaigns` are labels. */
  readonly links: readonly {
    readonly kind: string;
    readonly strength: 'strong' | 'weak';
    readonly campaigns: readonly string[];
  }[];
  /** Pairs of labels that two strong links of different kinds hold together. */
  readonly joined: readonly (readonly [string, string])[];
  /** Null where no voter-list release was given. */
  readonly exposure: ExposureFacts | null;
  /** Null where no log of the look-up page was given. */
  readonly accessLog: AccessLogFacts | null;
  /** Null where no counts of counties were given. */
  readonly matches: MatchesFacts | null;
}
