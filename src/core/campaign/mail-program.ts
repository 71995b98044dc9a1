/**
 * Words of the names that mail programs and mailing services give themselves in `X-Mailer` and
 * `User-Agent`, lower case. By hand; no word of it says anything about a person.
 */
const PROGRAM_WORDS: ReadonlySet<string> = new Set(
  (
    'microsoft outlook express office windows live mail mac macos os exchange server mapi build version ' +
    'apple iphone ipad ios android samsung mozilla thunderbird seamonkey gecko applewebkit khtml like safari ' +
    'chrome nt win x x64 win64 rv linux gmail yahoo ymail aol aolmail webservice webmail web client app ' +
    'phpmailer php mailer mailing smtp smtpmail class perl script mime lite python java javamail nodemailer ' +
    'swiftmailer swift symfony laravel wordpress wpmailsmtp sendmail postfix exim qmail mutt pine alpine ' +
    'roundcube squirrelmail horde imp application framework zimbra zimbrawebclient zclient rainloop sogo ' +
    'foxmail the bat evolution kmail sylpheed claws eudora pegasus lotus notes release groupwise icewarp ' +
    'mailchimp sendgrid sendinblue brevo mailgun mandrill amazon ses activecampaign zendesk zoho campaigns ' +
    'maileon whatcounts sailthru supmailer coldfusion constant contact campaign monitor salesforce marketing ' +
    'cloud hubspot klaviyo mailjet sparkpost elastic email postmark github com https http www'
  ).split(' '),
);

/** Longer names are cut: no program's own is as long. */
const PROGRAM_LENGTH_MAX = 100;

const WORD = /[\p{L}\p{M}]+|\d+(?:\.\d+)*/gu;

/**
 * A mail program's name as a report may show it: words that programs are called by, with a version
 * number right behind one; of all else the shape, for a sender can write whatever there, a reader's
 * name as well. A run of letters is `a`, of digits `9`, each with its length.
 */
export function shownProgram(name: string): string {
  const text = name.slice(0, PROGRAM_LENGTH_MAX);
  let shown = '';
  let at = 0;
  let isKnown = false;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    shown += text.slice(at, index).replace(NOT_A_SIGN, ' ');
    const isVersion = isKnown && VERSION.test(word);
    isKnown = PROGRAM_WORDS.has(word.toLowerCase());
    shown += isKnown || isVersion ? word : `${isDigit(word) ? 9 : 'a'}${word.length}`;
    at = index + word.length;
  }
  return `${shown}${text.slice(at).replace(NOT_A_SIGN, ' ')}`.trim();
}

/** One number behind a name; a telephone number has longer parts, or more of them. */
const VERSION = /^\d{1,5}(?:\.\d{1,5}){0,7}$/;

const isDigit = (word: string): boolean => /^\d/.test(word);

/** Signs that stand in names of programs; any other can be a picture of letters. */
const NOT_A_SIGN = /[^ -~]/gu;
