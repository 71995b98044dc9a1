import type { NameServers } from '../../app/ports/index.ts';
import { ANSWERS_MISSING, type Authentication } from '../../core/forensics/index.ts';
import { boundedDns, type DnsSource, NOT_RECORDED, recordedDns } from '../dns/index.ts';
import { authenticateMessage } from './authenticate.ts';
import { checkMemory } from './check-memory.ts';

/** `NameServers` by mailauth; `live` is made when something is asked. */
export const nameServersBy = (live: () => DnsSource): NameServers => ({
  ask() {
    const bounded = boundedDns(live, () => performance.now());
    const memory = checkMemory();
    return {
      check: async (mail) => {
        await authenticateMessage({ ...mail, dns: bounded.source, memory });
      },
      get stopped() {
        return bounded.stopped;
      },
      get answered() {
        return bounded.answered;
      },
      get unanswered() {
        return bounded.unanswered;
      },
      transcript: bounded.transcript,
    };
  },
  recorded(transcript) {
    const dns = recordedDns(transcript);
    const memory = checkMemory();
    return async (mail) => {
      const { authentication, transcript: asked } = await authenticateMessage({
        ...mail,
        dns,
        memory,
      });
      const missing = asked.entries.filter(({ error }) => error === NOT_RECORDED).length;
      if (missing === 0) return authentication;
      return missing === asked.entries.length ? null : leftOpen(authentication);
    };
  },
});

/**
 * Where some questions were never put, only a pass is firm. RFC 7208 section 5.5 reads a failing
 * look-up of `ptr` as no match, for one: what nobody was asked must not end as a fail.
 */
function leftOpen(authentication: Authentication): Authentication {
  const { spf, dkim, dmarc, arc } = authentication;
  const firm = <Check extends { readonly result: string }>(check: Check): Check =>
    check.result === 'pass' ? check : { ...check, result: 'temperror' };
  return {
    ...authentication,
    spf: spf === null ? null : firm(spf),
    dkim: dkim.map(firm),
    dmarc: dmarc === null ? null : firm(dmarc),
    arc: arc === null || arc.instances === 0 ? arc : firm(arc),
    notes: [...authentication.notes, ANSWERS_MISSING],
  };
}
