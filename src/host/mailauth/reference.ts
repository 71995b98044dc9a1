import { createRequire } from 'node:module';

type Mailauth = typeof import('mailauth');

const load = createRequire(import.meta.url);

/**
 * mailauth, which judges whatever is not plain, by its parts: each is loaded at the first message
 * that needs it. All of it, with its 60 packages, costs as much as two hundred messages.
 */
export const reference = {
  spf: (...args: Parameters<Mailauth['spf']>): ReturnType<Mailauth['spf']> =>
    part('spf').spf(...args),
  dkimVerify: (...args: Parameters<Mailauth['dkimVerify']>): ReturnType<Mailauth['dkimVerify']> =>
    part('dkim/verify').dkimVerify(...args),
  arc: (...args: Parameters<Mailauth['arc']>): ReturnType<Mailauth['arc']> =>
    part('arc').arc(...args),
  dmarc: (...args: Parameters<Mailauth['dmarc']>): ReturnType<Mailauth['dmarc']> =>
    part('dmarc').dmarc(...args),
} as const;

const part = (name: 'spf' | 'dkim/verify' | 'arc' | 'dmarc'): Mailauth =>
  load(`mailauth/lib/${name}`) as Mailauth;
