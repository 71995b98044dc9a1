/**
 * Domains that lead on to somebody else's page, and nothing else: counted clicks of mailing
 * services and shortened links. Anybody can hire or use them, and only they know where a link ends.
 * From the services' own documents and links in mail; as of November 2026, numbered families whole.
 */
const TRACKERS: readonly string[] = [
  // Mailchimp and Mandrill, Constant Contact, GovDelivery (Granicus)
  ...['list-manage\\d*\\.com', 'mandrillapp\\.com', 'rs6\\.net', 'lnks\\.gd'],
  // SendGrid, Mailgun, Mailjet, SparkPost
  ...['sendgrid\\.net', 'mailgun\\.(?:org|net)', 'mjt\\.lu', 'spgo\\.io'],
  // Emma, Campaign Monitor, Klaviyo, ActiveCampaign, HubSpot
  ...['e2ma\\.net', 'cmail\\d+\\.com', 'createsend\\d*\\.com', 'klclick\\d*\\.com'],
  ...['acemln[a-z]\\.com', 'emlnk\\d*\\.com', 'hubspot(?:links|email)\\d*\\.(?:com|net)'],
  // Brevo, Salesforce, Marketo, Acoustic, Customer.io, Zoho
  ...['sendib[mt]\\d*\\.com', 'exct\\.net', 'mkto-[\\w]+\\.com', 'mkt\\d{2,6}\\.com'],
  ...['customeriomail\\.com', 'maillist-manage\\.com'],
  // VerticalResponse, iContact, Benchmark, MailerLite, ConvertKit
  ...['vresp\\.com', 'icptrack\\.com', 'bmetrack\\.com', 'mlsend\\d*\\.com'],
  'convertkit-mail\\d*\\.com',
];

const SHORTENERS: readonly string[] = [
  ...[
    'bit\\.ly',
    'bitly\\.com',
    't\\.co',
    'tinyurl\\.com',
    'goo\\.gl',
    'ow\\.ly',
    'is\\.gd',
    'v\\.gd',
  ],
  ...[
    'cutt\\.ly',
    'rb\\.gy',
    'rebrand\\.ly',
    'buff\\.ly',
    't\\.ly',
    's\\.id',
    'tiny\\.cc',
    'lnkd\\.in',
  ],
  ...[
    'shorturl\\.at',
    'shorturl\\.gg',
    'bl\\.ink',
    'dlvr\\.it',
    'ift\\.tt',
    'trib\\.al',
    'qrco\\.de',
  ],
  ...[
    'conta\\.cc',
    'eepurl\\.com',
    'hubs\\.l[ay]',
    'aka\\.ms',
    'amzn\\.to',
    'wp\\.me',
    'soo\\.gd',
    'u\\.to',
  ],
];

/** Of the registrable part of a host. */
export const LEADS_ON = new RegExp(`^(?:${[...TRACKERS, ...SHORTENERS].join('|')})$`);

/**
 * Hosts that lead on, under domains that have pages of their own. Looked up on 23 November 2026:
 * AWeber's and Pardot's help pages say that links are counted; the hosts are those of links and
 * filters in public repositories (AWeber, Pardot, EveryAction, Drip). Microsoft makes `fwlink`s.
 */
export const LEADING_HOSTS: ReadonlySet<string> = new Set([
  'clicks.aweber.com',
  'go.pardot.com',
  'click.everyaction.com',
  't.dripemail2.com',
  'go.microsoft.com',
]);

/** Names of one site, each to the one it is told by: they lead nowhere else. */
export const SAME_SITE: ReadonlyMap<string, string> = new Map([
  ['youtu.be', 'youtube.com'],
  ['fb.me', 'facebook.com'],
  ['fb.com', 'facebook.com'],
  ['x.com', 'twitter.com'],
  // One host: under others of live.com lie anybody's files.
  ['outlook.live.com', 'outlook.com'],
]);
