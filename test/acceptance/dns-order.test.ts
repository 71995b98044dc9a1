import { afterAll, expect, test } from 'vitest';
import type { Asking, MailToCheck } from '../../src/app/ports/index.ts';
import { authenticateCase } from '../../src/app/usecase/authenticate-case.ts';
import { examineCase } from '../../src/app/usecase/examine-case.ts';
import { createIntake } from '../../src/host/intake/index.ts';
import { nodeKernels as kernels } from '../../src/host/kernels/index.ts';
import { nameServersBy } from '../../src/host/mailauth/index.ts';
import { AT, depositTexts, opened, scratchFolder, steppingClock } from '../kit/case.ts';
import { zoneDns } from '../kit/zone-dns.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const mail = (n: number, domain: string, client: string): string =>
  `Received: from out.${domain} (out.${domain} [${client}])\r\n\tby mx.voter.example with ESMTPS; Tue, 20 Oct 2020 13:05:0${n} +0000\r\nFrom: Board <info@${domain}>\r\nTo: v${n}@voter.example\r\nMessage-ID: <${n}@${domain}>\r\nSubject: hello\r\n\r\nText ${n}\r\n`;

/**
 * Name servers that answer nothing about slow names, and a run that ends after `slowMax` of these.
 */
function slowly(slowMax: number) {
  const { recorded, ask } = nameServersBy(() =>
    zoneDns({ 'TXT board.example.org': [['v=spf1 -all']] }, AT),
  );
  const asked: string[] = [];
  let slow = 0;
  return {
    asked,
    recorded,
    ask: (): Asking => {
      const asking = ask();
      return {
        check: async (one: MailToCheck) => {
          const from = one.message.from?.address ?? '';
          if (from.includes('slow')) slow += 1;
          if (slow > slowMax) return;
          asked.push(from);
          if (!from.includes('slow')) await asking.check(one);
        },
        get stopped() {
          return slow > slowMax ? ('time-over-limit' as const) : null;
        },
        get answered() {
          return asking.answered;
        },
        get unanswered() {
          return asking.unanswered;
        },
        transcript: asking.transcript,
      };
    },
  };
}

test('what a run was cut short of comes first in the next, and nothing is asked for ever', async () => {
  const handle = await opened(folder.path);
  try {
    const flood = Array.from({ length: 7 }, (_, n) => mail(n, `slow${n}.example`, '192.0.2.7'));
    const alike = Array.from({ length: 2 }, (_, n) => mail(n, 'slow.example', `203.0.${n}.113`));
    const others = [mail(0, 'board.example.org', '198.51.100.7')];
    await depositTexts(handle, [...flood, ...alike, ...others]);
    const { vault, store } = handle;
    const intake = createIntake({ vault, kernels, caseFolder: folder.path });
    const notes: string[] = [];
    const progress = {
      note: (text: string) => notes.push(text),
      update: () => {},
      finish: () => {},
    };
    const ports = { vault, store, intake, kernels, progress, clock: steppingClock() };
    await examineCase(ports);
    const runs: (readonly string[])[] = [];
    for (let run = 0; run < 4; run += 1) {
      const nameServers = slowly(3);
      const order = { how: 'live', asksLocalParts: false } as const;
      const limits = await authenticateCase({ ...ports, nameServers }, order, null);
      expect(limits).toMatchObject([{ code: 'dns-run-time' }]);
      runs.push(nameServers.asked.toSorted());
    }
    // The flood's network has most mails, and one turn a round: the others have theirs.
    expect(runs[0]).toEqual([
      'info@board.example.org',
      'info@slow.example',
      'info@slow.example',
      'info@slow0.example',
    ]);
    // Nothing answers for the flood: each of its mails had its turn before any has a second.
    expect(runs.slice(1, 3).flat()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `info@slow${n}.example`));
    expect(notes.join(' ')).toContain('which can name a recipient, is not asked');
  } finally {
    await handle.close();
  }
});
