/** A mail provider large enough that many recipients share it. */
export interface MailProvider {
  readonly name: string;
  /** Domains of the hosts that write its Received fields. */
  readonly domains: readonly string[];
  /** Address blocks that its own hosts hand mail over from. */
  readonly blocks: readonly string[];
  /** Blocks that are seen between its own hosts only: no stranger's mail comes from there. */
  readonly innerBlocks?: readonly string[];
  /** Hosts, in lower case, that take mail in from strangers and from its other customers alike. */
  readonly takesIn?: RegExp;
  /** Its own hosts under bare names, as they hand a message on among themselves. */
  readonly inside?: InnerHandOver;
  /** Where its servers write what they checked below their own Received field instead of above. */
  readonly recordsBelow?: RecordsBelow;
}

/**
 * A hand-over that only a provider's own hosts take part in: both go by bare names, in lower case,
 * and the one that takes over does so from nobody else.
 */
export interface InnerHandOver {
  /** Takes over, and writes the Received field. */
  readonly takesOver: RegExp;
  /** Hands over what it took in from outside. */
  readonly handsOver: RegExp;
}

/**
 * How a provider writes Authentication-Results and Received-SPF directly below its Received field.
 *
 * Each field once, in one run that `last` ends: what the sender wrote begins behind it. All names
 * are in lower case.
 */
export interface RecordsBelow {
  /** Hosts whose Received field it is. */
  readonly hosts: RegExp;
  /** Names under which they record (authserv-id, receiver). */
  readonly ids: RegExp;
  /** Other fields of theirs in the run; null where there are none. */
  readonly beside: RegExp | null;
  /** The field that ends the run; null where the order varies and each method is told once. */
  readonly last: 'authentication-results' | 'received-spf' | null;
}

/**
 * Which hosts and addresses belong to one provider.
 *
 * Written down by hand from general knowledge as of 1 June 2025; not fetched. Blocks move: compare
 * them with the providers' SPF records (`_netblocks.google.com`, `spf.protection.outlook.com`, and
 * so on) before a boundary decides something. A provider that is missing is handled by its domain
 * alone.
 *
 * `recordsBelow` was read off public samples of delivered mail: Google and Proton in 85 mails of a
 * phishing corpus, Yandex and Apple in published headers (of Apple's intake of 2025 and 2026, with
 * the bare names of `inside`, seven public copies were looked up on 23 November 2026). A provider
 * without it is believed above its own Received field only.
 */
export const MAIL_PROVIDERS: readonly MailProvider[] = [
  {
    name: 'google',
    domains: ['google.com', 'gmail.com', 'googlemail.com', 'gmailapi.google.com'],
    blocks: [
      ...['35.190.247.0/24', '64.233.160.0/19', '66.102.0.0/20', '66.249.80.0/20'],
      ...['72.14.192.0/18', '74.125.0.0/16', '108.177.8.0/21', '173.194.0.0/16'],
      ...['209.85.128.0/17', '216.58.192.0/19', '216.239.32.0/19', '172.217.0.0/19'],
      ...['2001:4860:4000::/36', '2404:6800:4000::/36', '2607:f8b0:4000::/36'],
      ...['2800:3f0:4000::/36', '2a00:1450:4000::/36', '2c0f:fb50:4000::/36'],
    ],
    recordsBelow: {
      hosts: /^mx\.google\.com$/,
      ids: /^(?:mx\.)?google\.com$/,
      beside: null,
      last: 'authentication-results',
    },
  },
  {
    name: 'microsoft',
    domains: [
      ...['outlook.com', 'office365.com', 'hotmail.com', 'live.com', 'msn.com', 'microsoft.com'],
      ...['exchangelabs.com', 'office365.us', 'outlook.de', 'outlook.cn'],
    ],
    blocks: [
      ...['40.92.0.0/15', '40.107.0.0/16', '52.100.0.0/15', '52.102.0.0/16', '52.103.0.0/17'],
      ...['104.47.0.0/17', '2a01:111:f400::/48', '2a01:111:f403::/49'],
      ...['2a01:111:f403:8000::/51', '2a01:111:f403:c000::/51', '2a01:111:f403:f000::/52'],
    ],
    innerBlocks: ['2603:1000::/24', '2620:1ec::/36'],
    takesIn: /\.mail\.protection\.outlook\.com$/,
  },
  {
    name: 'yahoo',
    domains: [
      ...['yahoo.com', 'yahoo.net', 'yahoodns.net', 'aol.com', 'ymail.com', 'yahoo.co.uk'],
      ...['aim.com', 'verizon.net', 'yahoo.co.jp'],
    ],
    blocks: [
      ...['66.163.160.0/19', '74.6.0.0/16', '98.136.0.0/14', '77.238.176.0/22'],
      ...['87.248.110.0/24', '212.82.96.0/24', '217.146.188.0/23', '106.10.241.0/24'],
    ],
  },
  {
    name: 'apple',
    domains: ['icloud.com', 'me.com', 'mac.com', 'apple.com'],
    blocks: ['17.0.0.0/8'],
    inside: {
      takesOver: /^p\d+-mailgateway-[a-z0-9-]+$/,
      handsOver: /^p\d+-icloudmta-smtpin-[a-z0-9-]+$/,
    },
    recordsBelow: {
      hosts:
        /^(?:[a-z0-9-]+\.(?:me|icloud|mac)\.com|p\d+-icloudmta-smtpin-[a-z0-9-]+(?:\.[a-z0-9.-]+\.k8s\.cloud\.apple\.com)?)$/,
      ids: /^(?:arc|bimi|dkim-verifier|dmarc|spf)\.icloud\.com$/,
      beside: /^x-(?:arc-info|dmarc-(?:info|policy)|icl-(?:info|repid|score))$/,
      last: 'received-spf',
    },
  },
  {
    name: 'proton',
    domains: ['proton.ch', 'protonmail.ch', 'protonmail.com', 'proton.me', 'pm.me'],
    blocks: ['185.70.40.0/22', '185.205.70.0/24', '79.135.106.0/24'],
    recordsBelow: {
      hosts: /^mail[a-z0-9-]*\.protonmail\.ch$/,
      ids: /^mail[a-z0-9-]*\.protonmail\.ch$/,
      beside: null,
      last: null,
    },
  },
  {
    name: 'fastmail',
    domains: ['fastmail.com', 'fastmail.fm', 'messagingengine.com'],
    blocks: ['66.111.4.0/24', '64.147.123.0/24', '103.168.172.0/24', '202.12.124.0/24'],
  },
  {
    name: 'gmx',
    domains: ['gmx.net', 'gmx.com', 'gmx.de', 'web.de', 'mail.com', 'kundenserver.de', '1and1.com'],
    blocks: ['212.227.0.0/16', '82.165.159.0/24', '74.208.4.192/26', '217.72.192.64/26'],
  },
  {
    name: 'zoho',
    domains: ['zoho.com', 'zoho.eu', 'zohomail.com', 'zohomail.eu'],
    blocks: ['136.143.188.0/23', '135.84.80.0/22', '185.20.208.0/22'],
  },
  {
    name: 'yandex',
    domains: ['yandex.net', 'yandex.ru', 'yandex.com'],
    blocks: ['5.45.192.0/19', '37.140.128.0/18', '77.88.0.0/18', '178.154.128.0/18'],
    recordsBelow: {
      hosts: /^mxfront[a-z0-9-]*\.mail\.yandex\.net$/,
      ids: /^mxfront[a-z0-9-]*\.mail\.yandex\.net$/,
      beside: /^(?:return-path|x-yandex-(?:front|timemark))$/,
      last: 'authentication-results',
    },
  },
  {
    name: 'mail.ru',
    domains: ['mail.ru', 'bk.ru', 'inbox.ru', 'list.ru', 'vk.com'],
    blocks: ['94.100.176.0/20', '217.69.128.0/20', '128.140.168.0/21', '185.5.136.0/22'],
  },
  {
    name: 'comcast',
    domains: ['comcast.net'],
    blocks: ['96.99.0.0/16', '96.102.0.0/15', '96.114.0.0/16', '2001:558:fe00::/40'],
  },
];
