import type { NameServers } from '../../app/ports/index.ts';
import { boundedDns, type DnsSource, recordedDns } from '../dns/index.ts';
import { authenticateMessage } from './authenticate.ts';
import { checkMemory } from './check-memory.ts';

/** `NameServers` by mailauth; `live` is made when something is asked. */
export const nameServersBy = (live: () => DnsSource): NameServers => ({
  ask() {
    const bounded = boundedDns(live(), () => performance.now());
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
      const isAbout = asked.entries.some(({ error }) => error !== 'ENOTRECORDED');
      return isAbout || asked.entries.length === 0 ? authentication : null;
    };
  },
});
