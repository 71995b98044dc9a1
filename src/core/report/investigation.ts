import type { Answer, CheckFacts } from '../assessment/index.ts';
import type { Instant, Limit } from '../base/index.ts';
import type { WordingSpan } from '../campaign/index.ts';
import type { HeldForm } from '../held-form/index.ts';
import type { NetworkHint } from '../networks/index.ts';
import type { TemplateSummary } from '../template/index.ts';
import type { AccessLogSummary, ExposureSummary, MatchesSummary } from './office-summary.ts';

/** One point of a campaign's size over time. */
export interface HourCount {
  /** Start of the hour, UTC. */
  readonly hour: Instant;
  readonly originals: number;
}

/** Where the client of a trusted hop stood, as the address says; a hint, never the actor. */
export interface RouteHint {
  /** Client address at the trust boundary. */
  readonly ip: string;
  readonly messages: number;
  /** One a table that holds the address; none of it enters an answer or a verdict. */
  readonly hints: readonly NetworkHint[];
}

export interface CampaignSummary {
  /** `C1`, `C2`, ... by size; for people. */
  readonly label: string;
  /** Stable: digest of the first member. */
  readonly id: string;
  /**
   * Sure reported originals, repeats included. Where there are none, everything else is told of the
   * messages in doubt.
   */
  readonly originals: number;
  /** Different ones among them, told by SHA-256. */
  readonly distinctOriginals: number;
  /** Exhibits that carried them. */
  readonly exhibits: number;
  /** Different recipient addresses shown. A count of persons: shown coarsely when small. */
  readonly distinctRecipients: number;
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  readonly undated: number;
  readonly overTime: readonly HourCount[];
  /** Shown senders, commonest first. Says what the From line shows, not who sent it. */
  readonly shownSenders: readonly {
    readonly address: string;
    readonly name: string;
    readonly messages: number;
  }[];
  /**
   * Banners of the recipients' mail gateways, left out of the wording; of the messages read again.
   */
  readonly banners: readonly { readonly product: string; readonly messages: number }[];
  /**
   * Messages whose mail may have made them up: in no count; their From lines are no shown senders.
   */
  readonly inDoubt: number;
  /**
   * Originals that count, beside which their mails bring files, numbers or addresses of their own.
   */
  readonly doubted: number;
  /** How many people wrote the mails that hold these. */
  readonly authorsDoubted: number;
  /** How many people wrote the mails that hold those in doubt. */
  readonly authorsInDoubt: number;
  readonly subjects: readonly {
    readonly spans: readonly WordingSpan[];
    readonly messages: number;
  }[];
  readonly routes: readonly RouteHint[];
  /** Originals without a client address that the recipient's own provider recorded. */
  readonly routesUnknown: number;
  readonly wording: readonly WordingSpan[];
  /** What name servers' answers say of its originals; null where none were asked for. */
  readonly checks: CheckFacts | null;
  /**
   * Verdicts on the shown sender, commonest first (docs/methods/sender-verdict.md). `probable`: of
   * how many originals that is only probable.
   */
  readonly verdicts: readonly {
    readonly kind: string;
    /** Of open ones: what leaves a whole copy open; none where the copy is what lacks. */
    readonly because?: 'hired-service' | 'domain-publishes-nothing';
    readonly originals: number;
    readonly probable: number;
  }[];
  /** Signs of coercion in the wording, commonest first: hints for triage. */
  readonly pressure: readonly { readonly sign: string; readonly originals: number }[];
  /** Recipients by place and mail provider; null where no count can be shown. */
  readonly audience: Audience | null;
  /** One a wording, most texts first; empty where too few different texts tell one. */
  readonly templates: readonly TemplateSummary[];
  /** Originals held as their exact bytes, and those held only as a rebuilt or quoted copy. */
  readonly intact: number;
  readonly degraded: number;
  /** Made as they are listed: there can be a million. */
  readonly members: Iterable<MemberRef>;
}

/**
 * Different recipients of the messages that were read, by place and mail provider; never a person.
 */
export interface Audience {
  /** What a place is. */
  readonly level: 'city' | 'state';
  readonly recipients: number;
  /** Rows and columns of the table, what has no name of its own last. */
  readonly places: readonly string[];
  readonly providers: readonly string[];
  /** `counts[place][provider]`; null where suppressed. */
  readonly counts: readonly (readonly (number | null)[])[];
}

/** Something that several campaigns have in common beside their words. */
export interface LinkSummary {
  readonly kind: string;
  readonly value: string;
  /** Weak links are shown and never merge anything. */
  readonly strength: 'strong' | 'weak';
  /** Bits of surprise: log2(campaigns / campaigns that show it). */
  readonly weight: number;
  readonly why: string;
  /** Labels. */
  readonly campaigns: readonly string[];
}

export interface MemberRef {
  readonly exhibit: string;
  readonly path: string;
  readonly sha256: string;
  readonly held: HeldForm;
  readonly shownSender: string | null;
  /** Its mail may have made it up: it is in no count. */
  readonly inDoubt?: true;
}

/**
 * Mail that came to the office itself: who says where it takes mail in, and what was found there.
 */
export interface OfficeMail {
  /**
   * Whether a person named the office's addresses, or they were told from where forwards came in.
   */
  readonly how: 'named' | 'inferred';
  /** The office's own: addresses, or domains where a person named one. None: nothing tells. */
  readonly addresses: readonly {
    readonly name: string;
    /** Mails with a forward that came to this very address. */
    readonly forwards: number;
    readonly letters: number;
  }[];
  /** Letters whose wording shows signs of coercion: they may quote a threat, or be one. */
  readonly pressing: number;
  /** Where forwards and other mail came in, and nothing tells enough whether it is the office's. */
  readonly doubtful: readonly {
    /** `…@mail.example` where it can be a private person's. */
    readonly address: string;
    readonly forwards: number;
    /** Without a forward, written by a person. */
    readonly others: number;
  }[];
  /**
   * What letters carry besides words, apart from any campaign: of so many letters searched, how
   * many have links or files, and the first of them. `left`: letters that were not searched.
   */
  readonly carrying: {
    readonly searched: number;
    readonly left: number;
    readonly letters: number;
    readonly listed: readonly LetterLoad[];
  };
  /**
   * Mails that may be a reporter's own, with a message handed on, or themselves what was reported:
   * how many, by how many people, how many of them press by what they say themselves, and digests
   * of the first exhibits that hold some.
   */
  readonly either: {
    readonly mails: number;
    readonly authors: number;
    readonly pressing: number;
    readonly exhibits: readonly string[];
  };
  /**
   * Files that mails of several people brought beside the same message: counted as that message's.
   * No name without personal data included.
   */
  readonly settledFiles: readonly {
    readonly sha256: string;
    readonly name: string | null;
    readonly mails: number;
  }[];
  /**
   * The first mails that bring numbers, addresses, wallets or files beside the message that they
   * hand on. Values only with personal data included: they can be a voter's own.
   */
  readonly bringing: readonly {
    readonly exhibit: string;
    readonly path: string;
    readonly contacts: number;
    readonly files: number;
    readonly values: readonly string[];
  }[];
  /**
   * The same of letters in whose text a message of somebody else stands: in no count and no answer.
   */
  readonly telling: { readonly mails: number; readonly exhibits: readonly string[] };
}

/** Links and files of one letter. */
export interface LetterLoad {
  readonly exhibit: string;
  readonly path: string;
  /** Verdict on its sender, by the mail alone. */
  readonly kind: string;
  readonly links: number;
  /** Links whose words name another site than they lead to. */
  readonly falseLinks: number;
  readonly files: number;
  /**
   * Links, file names and digests; none where they can be a voter's own, in a report without
   * personal data.
   */
  readonly traces: readonly { readonly type: string; readonly value: string }[];
}

/** Which mail is a letter to the office. */
export interface LetterRef extends Pick<MemberRef, 'exhibit' | 'path' | 'sha256'> {
  /** Its wording shows signs of coercion. */
  readonly pressing: boolean;
}

export interface ExhibitSummary {
  /** `E1`, `E2`, ... in the order of custody; for people. */
  readonly label: string;
  readonly digest: string;
  readonly kind: string;
  readonly bytes: number;
  readonly messages: number;
  readonly originals: number;
  readonly letters: number;
  /** Messages that their mail may have made up: no originals. */
  readonly inDoubt: number;
  readonly receivedAt: Instant;
  readonly receivedHow: string;
  /** Mails with a reported original and pictures, in which no QR code was looked for. */
  readonly pictured: number;
  /** The name it arrived under: only with personal data included. */
  readonly name: string | null;
  /** Labels of the campaigns that its originals belong to. */
  readonly campaigns: readonly string[];
  /**
   * In which forms it holds originals, commonest first; `HELD_FORMS` says what follows from each.
   */
  readonly held: readonly { readonly form: HeldForm; readonly originals: number }[];
  readonly limits: readonly Limit[];
}

/** The whole answer of one run: what the report shows and `findings.json` holds. */
export interface Investigation {
  readonly schema: 'tocsin/investigation/1';
  readonly tool: string;
  readonly asOf: Instant;
  readonly personalDataIncluded: boolean;
  readonly log: {
    readonly size: number;
    readonly root: string;
    readonly key: string;
    readonly note: string;
  };
  readonly counts: {
    readonly exhibits: number;
    readonly bytes: number;
    readonly messages: number;
    readonly originals: number;
    readonly carriers: number;
    /** Written to the office itself, without what they tell of. */
    readonly letters: number;
    /** Read from mails that may have made them up: in no count of originals. */
    readonly inDoubt: number;
    readonly unclustered: number;
  };
  /** Tables in which recorded addresses were looked up; none where it was not asked for. */
  readonly networkTables: readonly {
    readonly name: string;
    readonly asOf: string;
    readonly credit: string;
  }[];
  /** What name servers' answers say of all originals; null where none were asked for. */
  readonly checks: CheckFacts | null;
  readonly board: readonly Answer[];
  readonly campaigns: readonly CampaignSummary[];
  readonly links: readonly LinkSummary[];
  /** Pairs of campaigns (labels) that two strong, independent links hold together. */
  readonly joined: readonly (readonly [string, string])[];
  /** What voter-list releases say of each campaign; null where none were given. */
  readonly exposure: ExposureSummary | null;
  /** What the logs of the look-up page say; null where none were given. */
  readonly accessLog: AccessLogSummary | null;
  /** What counties counted together by private matching; null where no counts were given. */
  readonly matches: MatchesSummary | null;
  /**
   * Originals, and messages in doubt, that joined no campaign: they were recovered all the same.
   */
  readonly unclustered: Iterable<MemberRef>;
  readonly office: OfficeMail;
  /** Mails written to the office itself that hold no forward; no originals. */
  readonly letters: Iterable<LetterRef>;
  readonly exhibits: readonly ExhibitSummary[];
  readonly unread: readonly {
    readonly name: string;
    readonly code: string;
    readonly text: string;
  }[];
  readonly limits: readonly Limit[];
}
