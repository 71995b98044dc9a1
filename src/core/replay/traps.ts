import type { TrueOriginal, TrueTrap } from './replay.ts';
import { LOOKALIKE_REPORTERS } from './specials.ts';
import { MISQUOTED_DOMAIN } from './wording.ts';

/** Where each planted trap is, and what is true of it. */
export function trapsIn(originals: readonly TrueOriginal[]): readonly TrueTrap[] {
  const mails = MAIL_TRAPS.map(({ trap, truth, is }) => ({
    trap,
    truth,
    files: filesOf(originals.filter(is)),
  }));
  return [...mails, mailedTwice(originals), ...STATEMENT_TRAPS];
}

const filesOf = (rows: readonly TrueOriginal[]): readonly string[] => [
  ...new Set(rows.map((row) => row.file)),
];

interface MailTrap {
  readonly trap: string;
  readonly truth: string;
  readonly is: (row: TrueOriginal) => boolean;
}

const MAIL_TRAPS: readonly MailTrap[] = [
  {
    trap: 'second-sender',
    truth: 'The same wording from a real freemail account; unexplained. Show it apart.',
    is: (row) => row.sender === 'second',
  },
  {
    trap: 'mover',
    truth: 'The recipient lives elsewhere; the list is of the state left behind.',
    is: (row) => row.campaign !== null && (row.state === 'Z' || row.state === 'P'),
  },
  {
    trap: 'near-variant',
    truth: 'The same templates with a changed phrase or greeting: one campaign.',
    is: (row) => row.variant === 'b' || row.variant === 'c',
  },
  {
    trap: 'stale-address',
    truth: 'A former address of the voter: the list is older than the move.',
    is: (row) => row.staleAddress,
  },
  {
    trap: 'video-link',
    truth: 'A link to the video: its voter data are real, its intrusion is staged.',
    is: (row) => row.template === 'T3',
  },
  {
    trap: 'video-link-without-threat',
    truth: 'The same link passed on by somebody else: not the campaign.',
    is: (row) => row.kind === 'video-hoax',
  },
  {
    trap: 'forged-traces',
    truth: 'Received and Authentication-Results below the boundary were written by the sender.',
    is: (row) => row.forgedTraces,
  },
  {
    trap: 'reporter-like-sender',
    truth: `A reporter's own address (${LOOKALIKE_REPORTERS.join(', ')}) resembles the shown sender's.`,
    is: (row) => row.kind === 'threat' && row.reporterLikeSender,
  },
  {
    trap: 'warning-that-quotes',
    truth: 'An official warning repeats a sentence of the threat: background.',
    is: (row) => row.kind === 'warning-that-quotes',
  },
  {
    trap: 'outrage-that-quotes',
    truth: 'A candidate quotes half of the threat to her own voters: background.',
    is: (row) => row.kind === 'outrage-that-quotes',
  },
  {
    trap: 'denial',
    truth: 'The named group did not send the mails. Its word alone would not show it.',
    is: (row) => row.kind === 'denial',
  },
  {
    trap: 'domain-rumour',
    truth: 'The domain did not change hands to the senders: its name was only shown.',
    is: (row) => row.kind === 'rumour',
  },
  {
    trap: 'screenshot-only',
    truth: 'A report without a machine-readable original.',
    is: (row) => row.form === 'screenshot',
  },
];

function mailedTwice(originals: readonly TrueOriginal[]): TrueTrap {
  const flaxley = originals.filter(
    (row) => row.campaign !== null && /T(?:21:20:00|22:54:00)\.000Z$/.test(row.sentAt),
  );
  return {
    trap: 'mailed-twice',
    truth: 'One voter got two mails 94 minutes apart: two mails, one recipient.',
    files: filesOf(flaxley.filter((row) => row.county === 'Flaxley')),
  };
}

const statement = (id: string): string => `statements/${id}.txt`;

const STATEMENT_TRAPS: readonly TrueTrap[] = [
  {
    trap: 'misquoted-domain',
    truth: `No mail showed ${MISQUOTED_DOMAIN}; a newspaper reversed the words.`,
    files: [statement('S06')],
  },
  {
    trap: 'denial',
    truth: 'An interested party; its word counts as no origin.',
    files: [statement('S02')],
  },
  {
    trap: 'domain-rumour',
    truth: 'Never tied to the senders.',
    files: [statement('S03')],
  },
  {
    trap: 'changed-headline',
    truth: 'One story, two headlines within the hour: two versions.',
    files: [statement('S10'), 'statements/S10.json'],
  },
  {
    trap: 'uncleared-motive',
    truth: 'The motive line was not in the text that the other agencies had cleared.',
    files: [statement('S09'), statement('S15')],
  },
  {
    trap: 'second-country',
    truth: 'Ruvelia held voter data and sent no messages to voters.',
    files: [statement('S09')],
  },
  {
    trap: 'ten-against-eleven',
    truth: 'Ten states scanned beside the one that lost data: about eleven tried.',
    files: [statement('S14'), statement('S18')],
  },
  {
    trap: 'licence-plate',
    truth: "Driver's licence numbers were taken, no licence plates.",
    files: [statement('S17')],
  },
  {
    trap: 'half-true-video',
    truth: 'Voter data real, intrusion staged, no ballot accepted. It came back two years later.',
    files: [statement('S12'), statement('S19')],
  },
  {
    trap: 'zero-report-county',
    truth: 'Nothing was sent to St Ormond. That nobody reported does not show it.',
    files: [],
  },
];
