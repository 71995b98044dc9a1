import type { HeaderField, MailMessage } from '../mail/index.ts';
import { organisationOf } from '../observables/index.ts';
import { fieldNamed, fieldOf, type HeaderPointer, pointerTo } from './header-pointer.ts';
import type { SenderFacts } from './sender-facts.ts';

/** A sign that the message was sent through somebody else's server or hosting account. */
export interface RelayTrace {
  readonly code: 'script' | 'hosting-envelope' | 'authenticated-stranger';
  readonly text: string;
  readonly at: HeaderPointer;
  /** The organisation whose server it is, where the trace names one: who can confirm. */
  readonly owner: string | null;
}

/** Written by web hosts' mail systems (cPanel, Plesk, PHP's `mail.add_x_header`). */
const SCRIPT =
  /^(?:x-php-script|x-php-originating-script|x-source-args|x-source-dir|x-originating-script|x-mailer-script)$/i;
/** User names under which web servers run, as the envelope's local part. */
const HOSTING_USER =
  /^<?(?:www-data|apache|httpd?|nobody|nginx|wwwrun|webmaster|cpanel\w*|root|daemon|u\d{4,}|s\d{5,}|[a-z][a-z0-9]{0,7})@/i;
/** `server12.hoster.example`, `vps-1234.example`: machines, not organisations. */
const HOSTING_HOST =
  /(?:^|[.@])(?:server|srv|host|vps|web|cpanel|plesk|node|box|cloud|shared|static|ns|dedi\w*|ip)[\w-]*\d[\w-]*\./i;

/**
 * Signs of a misused web site, account or server in the headers.
 *
 * All of them stand below the trust boundary, so the sender may have forged them: they are reasons
 * to ask the server's owner, not proof against the owner.
 */
export function relayTraces(message: MailMessage, facts: SenderFacts): readonly RelayTrace[] {
  const traces: RelayTrace[] = [];
  const script = fieldOf(message, SCRIPT);
  if (script !== null && script.value.trim() !== '')
    traces.push({
      code: 'script',
      text: `A script on a web server handed it in (${script.name}).`,
      at: pointerTo(script),
      owner: ownerIn(script.value),
    });
  const via = fieldOf(message, /^x-(?:get-message-sender-via|authenticated-sender)$/i);
  if (via !== null) pushAccount(via, facts, traces);
  const envelope = fieldNamed(message, 'return-path');
  if (envelope !== null && HOSTING_USER.test(envelope.value) && HOSTING_HOST.test(envelope.value))
    traces.push({
      code: 'hosting-envelope',
      text: 'The return address is the system user of a hosting server.',
      at: pointerTo(envelope),
      owner: ownerIn(envelope.value),
    });
  return traces;
}

/**
 * cPanel writes `SERVER: ACCOUNT` and `SERVER: authenticated_id: ACCOUNT`. Who logged in counts:
 * the server is a host's, which sends for many that own a domain and no server.
 */
function pushAccount(field: HeaderField, facts: SenderFacts, traces: RelayTrace[]): void {
  const account = field.value.slice(field.value.lastIndexOf(': ') + 1).trim();
  const owner = account.includes('@') ? organisationOf(account) : null;
  if (owner === null || owner === facts.fromOrganisation) return;
  traces.push({
    code: 'authenticated-stranger',
    text: `Somebody with an account of another organisation handed it in (${owner}).`,
    at: pointerTo(field),
    owner,
  });
}

function ownerIn(value: string): string | null {
  for (const word of value.slice(0, 2000).split(/[\s<>(),;:/"'=]+/, 60)) {
    const owner = /[a-z]/i.test(word) && word.includes('.') ? organisationOf(word) : null;
    if (owner !== null && !/\.(?:php\d?|pl|cgi|py)$/i.test(word)) return owner;
  }
  return null;
}
