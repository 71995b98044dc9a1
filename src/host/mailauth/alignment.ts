import { createRequire } from 'node:module';

interface MailauthTools {
  readonly getAlignment: (domain: string, others: readonly string[]) => unknown;
}

const load = createRequire(import.meta.url);
let tools: MailauthTools | null = null;

/**
 * Whether two domains have one organisation, as mailauth compares them before DMARC is known: by
 * its own copy of the Public Suffix List, which is not always the one of `core/observables`.
 */
export function isAligned(domain: string, other: string): boolean {
  tools ??= load('mailauth/lib/tools') as MailauthTools;
  return tools.getAlignment(domain, [other]) !== false;
}
