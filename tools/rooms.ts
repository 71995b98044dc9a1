/** A room is a folder with one door, `index.ts`. */
export interface Room {
  readonly room: string;
  /** One line: what a stranger finds in it. */
  readonly holds: string;
  /**
   * Rooms that it may import, beside itself and `core/base`. `*` at the end names all rooms below.
   */
  readonly mayImport: readonly string[];
}

/** In story order: reading it tells the product. The tidy test holds the code to it. */
export const ROOMS: readonly Room[] = [
  {
    room: 'core/base',
    holds: 'brand, result, instant, digest, canonical JSON, limits, seeded draws',
    mayImport: [],
  },
  {
    room: 'core/evidence',
    holds: 'exhibit, custody, finding, act, Merkle log',
    mayImport: [],
  },
  {
    room: 'core/look-alike',
    holds: 'characters that look like others',
    mayImport: [],
  },
  {
    room: 'core/charset',
    holds: 'bytes to text: labels, seven-bit shifts, guesses',
    mayImport: [],
  },
  {
    room: 'core/header',
    holds: 'header values: encoded words, addresses, dates, content types',
    mayImport: ['core/charset'],
  },
  {
    room: 'core/html',
    holds: 'HTML bodies as text, links and hidden words',
    mayImport: [],
  },
  {
    room: 'core/forward',
    holds: 'forwards that stand as text in a body',
    mayImport: ['core/header', 'core/html'],
  },
  {
    room: 'core/route',
    holds: 'Received fields and the trust boundary',
    mayImport: ['core/header'],
  },
  {
    room: 'core/mbox',
    holds: 'mbox files of any dialect, split while they stream by',
    mayImport: [],
  },
  {
    room: 'core/mail',
    holds: 'message tree, forwarded originals, what received bytes are',
    mayImport: [
      'core/mbox',
      'core/charset',
      'core/header',
      'core/html',
      'core/forward',
      'core/route',
    ],
  },
  {
    room: 'core/outlook',
    holds: "Outlook's own forms: .msg, winmail.dat, compressed RTF; bodies wrapped in a signature",
    mayImport: ['core/html', 'core/mail'],
  },
  {
    room: 'core/saved',
    holds: 'the source of a mail, taken out of the form in which it was saved',
    mayImport: ['core/html', 'core/forward', 'core/mail', 'core/outlook'],
  },
  {
    room: 'core/observables',
    holds: 'what a message names: URLs, hosts, addresses, wallets, each with its places',
    mayImport: ['core/charset', 'core/mail'],
  },
  {
    room: 'core/mail-services',
    holds: 'who lets others send mail: consumer providers, mailing services, mail systems',
    mayImport: ['core/observables'],
  },
  {
    room: 'core/carried-file',
    holds: 'what an attached file does when it is opened, and whether its name deceives',
    mayImport: ['core/mail'],
  },
  {
    room: 'core/networks',
    holds: 'ranges of addresses: whose network, in which country, as hints',
    mayImport: ['core/observables'],
  },
  {
    room: 'core/coercion',
    holds: 'words that press a voter, as hints for triage',
    mayImport: ['core/look-alike'],
  },
  {
    room: 'core/forensics',
    holds: 'what a message proves: authentication, verdict on the shown sender',
    mayImport: [
      'core/look-alike',
      'core/header',
      'core/html',
      'core/route',
      'core/mail',
      'core/observables',
      'core/mail-services',
      'core/carried-file',
      'core/networks',
      'core/coercion',
    ],
  },
  {
    room: 'core/letter',
    holds: 'mail written to the office itself: its addresses, and reports without the original',
    mayImport: ['core/mail'],
  },
  {
    room: 'core/campaign',
    holds: 'normalise, sketch, cluster, wording',
    mayImport: ['core/forward', 'core/mail'],
  },
  {
    room: 'core/template',
    holds: 'what the members of a campaign fill in: wording, slots, alternatives',
    mayImport: ['core/campaign'],
  },
  {
    room: 'core/statistics',
    holds: 'distributions, exact intervals, tests, false-discovery control',
    mayImport: [],
  },
  {
    room: 'core/roll',
    holds: 'voter rolls: layouts, the normal form, release manifests, what may be public',
    mayImport: [],
  },
  {
    room: 'core/exposure',
    holds: 'whose data it was: linkage, attribution, marks, size, targeting',
    mayImport: ['core/statistics', 'core/roll'],
  },
  {
    room: 'core/psi',
    holds: 'private matching: who is on both lists, counted by cell; neither list is shown',
    mayImport: ['core/evidence'],
  },
  {
    room: 'core/tally',
    holds: 'what private matching counted: a file for each county, added to one attribution',
    mayImport: ['core/exposure', 'core/psi'],
  },
  {
    room: 'core/web-log',
    holds: 'lines of web server logs: what a request asks for, tries, and says it is',
    mayImport: [],
  },
  {
    room: 'core/access-log',
    holds: 'what a look-up page gave away: log lines, enumeration, probes, both bounds',
    mayImport: ['core/web-log'],
  },
  {
    room: 'core/assessment',
    holds: 'the question board: what is answered, partly, unknown, contested',
    mayImport: [],
  },
  {
    room: 'core/display',
    holds: 'words from outside made safe to show, wrapped; what was cut, gravest first',
    mayImport: [],
  },
  {
    room: 'core/held-form',
    holds: 'in what form a message is held, what that proves, how to ask for the original',
    mayImport: ['core/mail'],
  },
  {
    room: 'core/report',
    holds: 'the investigation as one page, as JSON and as terminal text',
    mayImport: [
      'core/networks',
      'core/campaign',
      'core/template',
      'core/roll',
      'core/exposure',
      'core/tally',
      'core/access-log',
      'core/assessment',
      'core/display',
      'core/held-form',
    ],
  },
  {
    room: 'core/atlas',
    holds: 'counties as outlines: where a roll says that its people live, on a map',
    mayImport: [],
  },
  {
    room: 'core/office-page',
    holds: 'what lists, look-up logs and counties say, as sections of the report with their plots',
    mayImport: ['core/exposure', 'core/access-log', 'core/assessment', 'core/report', 'core/atlas'],
  },
  {
    room: 'core/examination',
    holds: 'one file examined: message tree, verdict and observables as text and JSON',
    mayImport: [
      'core/charset',
      'core/evidence',
      'core/mail',
      'core/observables',
      'core/carried-file',
      'core/networks',
      'core/coercion',
      'core/mail-services',
      'core/forensics',
      'core/display',
      'core/held-form',
    ],
  },
  {
    room: 'core/mail-writer',
    holds: 'synthetic mail as servers, programs and reporters write it; mbox and zip',
    mayImport: [],
  },
  {
    room: 'core/invented',
    holds: 'an invented country: places, people, their voter lists and a look-up page',
    mayImport: ['core/roll', 'core/exposure', 'core/psi', 'core/tally', 'core/mail-writer'],
  },
  {
    room: 'core/replay',
    holds: 'synthetic evidence of the founding case, and its truth',
    mayImport: ['core/exposure', 'core/mail-writer', 'core/invented'],
  },
  {
    room: 'core/score',
    holds: 'how far an investigation of a replay agrees with its truth',
    mayImport: ['core/report', 'core/invented', 'core/replay'],
  },
  {
    room: 'app/ports',
    holds: 'what the use cases ask of the world',
    mayImport: [
      'core/evidence',
      'core/mail',
      'core/forensics',
      'core/roll',
      'core/exposure',
      'core/tally',
      'core/access-log',
    ],
  },
  {
    room: 'app/reading',
    holds: 'one mail with everything that it carries, archives too',
    mayImport: [
      'core/carried-file',
      'core/coercion',
      'core/forward',
      'core/mail',
      'core/observables',
      'core/outlook',
      'core/saved',
      'app/ports',
    ],
  },
  {
    room: 'app/stage',
    holds: "the machine's steps, each a named method version",
    mayImport: ['core/*', 'app/ports', 'app/reading'],
  },
  {
    room: 'app/usecase',
    holds: 'deposit, investigate, derive again',
    mayImport: ['core/*', 'app/ports', 'app/stage'],
  },
  {
    room: 'app/verification',
    holds: 'a whole case against its signed log, its vault and its own methods',
    mayImport: ['core/evidence', 'app/ports', 'app/stage'],
  },
  {
    room: 'host/kernels',
    holds: 'byte work in native code, the clock',
    mayImport: ['app/ports'],
  },
  {
    room: 'host/vault',
    holds: 'exhibit bytes by digest',
    mayImport: ['app/ports'],
  },
  {
    room: 'host/store',
    holds: 'PostgreSQL: migrations, embedded server, evidence store',
    mayImport: ['core/evidence', 'app/ports'],
  },
  {
    room: 'host/case',
    holds: 'one case folder: vault, store, log key, published checkpoint',
    mayImport: ['core/evidence', 'app/ports', 'host/vault', 'host/store'],
  },
  {
    room: 'host/intake',
    holds: 'paths, zip, gzip, mbox streams, archives that a mail carries',
    mayImport: ['core/evidence', 'core/mail', 'core/mbox', 'core/saved', 'app/ports'],
  },
  {
    room: 'host/dns',
    holds: 'name servers: asked with limits, every answer recorded, replayed offline',
    mayImport: ['core/forensics'],
  },
  {
    room: 'host/mailauth',
    holds: 'SPF, DKIM, DMARC, ARC by mailauth in strict mode',
    mayImport: [
      'core/header',
      'core/route',
      'core/mbox',
      'core/mail',
      'core/observables',
      'core/forensics',
      'app/ports',
      'host/kernels',
      'host/dns',
    ],
  },
  {
    room: 'host/roll-rows',
    holds: 'rows of a roll as bytes: where their cells lie, hashes of what they say',
    mayImport: ['core/roll'],
  },
  {
    room: 'host/roll-engine',
    holds: 'voter rolls read where they lie: checks, counts, blocking',
    mayImport: ['core/roll', 'core/exposure', 'app/ports', 'host/roll-rows'],
  },
  {
    room: 'host/codes',
    holds: 'QR codes in pictures, and drawn of characters or cells',
    mayImport: ['core/html', 'core/mail', 'core/observables'],
  },
  {
    room: 'host/psi',
    holds: "private matching: libsodium's curve, sealed keys, the exchange as files",
    mayImport: ['core/psi', 'host/kernels'],
  },
  {
    room: 'host/match',
    holds: 'the steps of private matching, and what each tells the person who runs it',
    mayImport: [
      'core/evidence',
      'core/exposure',
      'core/psi',
      'core/tally',
      'core/invented',
      'core/display',
      'host/kernels',
      'host/psi',
      'host/roll-engine',
    ],
  },
  {
    room: 'host/log-files',
    holds: 'server logs as streams: gzip, rotated pieces in order, a spool nobody sees',
    mayImport: ['core/web-log', 'core/access-log', 'app/ports'],
  },
  {
    room: 'host/networks',
    holds: 'tables of networks and countries: those that come along, those of the operator',
    mayImport: ['core/networks', 'host/kernels'],
  },
  {
    room: 'host/cli',
    holds: 'commands, progress, terminal text',
    mayImport: ['core/*', 'app/*', 'host/*'],
  },
  { room: 'host/boot', holds: 'joins everything', mayImport: ['core/*', 'app/*', 'host/*'] },
];
