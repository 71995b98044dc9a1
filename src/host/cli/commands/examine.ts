import { createHash } from 'node:crypto';
import { type RawMessage, ReadFailure } from '../../../app/ports/index.ts';
import type { Kernels, Limit, Sha256 } from '../../../core/base/index.ts';
import { gravestFirst, printable } from '../../../core/display/index.ts';
import type { Exhibit } from '../../../core/evidence/index.ts';
import {
  askingAlso,
  closeExamineJson,
  type Examined,
  type ExaminedMessage,
  examineClosing,
  examineHeading,
  limitText,
  messageExamineJson,
  messageLine,
  NOBODY_ASKED,
  openExamineJson,
  readingText,
} from '../../../core/examination/index.ts';
import { type HeldForm, heldFormOf } from '../../../core/held-form/index.ts';
import {
  eitherAmong,
  isLetterMail,
  isToldOf,
  NO_OFFICE,
  type OfficeAddresses,
  withLiars,
} from '../../../core/letter/index.ts';
import type { Locate } from '../../../core/observables/index.ts';
import {
  type ByteSource,
  isStandardInput,
  KIND_HEAD_BYTES,
  MESSAGE_BYTES_MAX,
  memorySource,
  openFileSource,
  readMessages,
  readStandardInput,
  receivedKind,
  STANDARD_INPUT,
} from '../../intake/index.ts';
import { nodeKernels, rememberingDigest } from '../../kernels/index.ts';
import type { Command, Outcome } from '../command.ts';
import { officeNamed } from '../office-named.ts';
import type { Terminal } from '../terminal.ts';
import { type Examination, type ExaminedReading, openExamination } from './examination.ts';

/** Mails of a mailbox that text shows in full, with what they carry; the rest get a line each. */
const FULL_MAX = 20;
/** Messages shown in full in all: one mail can carry an archive of a thousand. */
const FULL_MESSAGES_MAX = 60;
/** Limits named on standard error; the output has all. */
const NAMED_MAX = 20;
/**
 * A file up to this is read once and kept, so that its hash and its mails are of the same bytes; a
 * lone mail is held whole by its reader in any case.
 */
const KEPT_BYTES_MAX = 64_000_000;

const LONE: ReadonlySet<Exhibit['kind']> = new Set(['message', 'msg', 'tnef']);

/** How the answer is written: for a person or for a script. */
interface Face {
  open(exhibit: Exhibit): string;
  reading(messages: readonly ExaminedMessage[]): string;
  close(examined: Examined): string;
}

export const examine: Command = {
  usage:
    'FILE [--json] [--steps] [--office ADDRESS,...] [--dns live|recorded|none] [--transcript FILE] [--ask-local-parts] [--names FILE] [--networks FILE,...]',
  about: [
    'Reads one mail (.eml, Outlook .msg, winmail.dat), mbox, zip or gzip and says what is in it: the',
    'message tree, the header fields that matter, the route, the parts with their hashes, what a',
    'forward lost. With - for FILE it reads what is piped in.',
    'Says whether the shown sender is the real one, with reasons, and what is not shown; links,',
    'addresses and other observables; wording that threatens or presses.',
    'Nothing is kept, no link is opened. Addresses are made unclickable in text.',
    "Name servers are asked only with --dns live: that tells the sender's own name server that",
    'the mail is being examined. What would spell the part before the @ of the return address, which',
    'can name the recipient, is asked only with --ask-local-parts. With --transcript FILE the answers',
    'are kept, and --dns recorded --transcript FILE judges from them again, offline, with the same',
    'result.',
  ],
  options: {
    json: { value: null, says: 'print one JSON document, exact and in full' },
    office: {
      value: 'ADDRESS,...',
      says: "the office's own addresses or domains: a plain mail to them is shown as a letter",
    },
    dns: {
      value: 'HOW',
      says: 'ask name servers: live, recorded (from --transcript), none (default)',
    },
    'ask-local-parts': {
      value: null,
      says: '--dns live: also ask what spells the part before the @ of a return address',
    },
    transcript: { value: 'FILE', says: "name servers' answers: written by live, read by recorded" },
    steps: {
      value: null,
      says: 'how to get an original out of every mail program, not of the own of who reported alone',
    },
    networks: {
      value: 'FILE,...|none',
      says: 'tables of address ranges, instead of the ones that come along: a dated hint on each hop',
    },
    names: {
      value: 'FILE',
      says: "JSON: protected names and domains, groups, candidates; the office's own mail hosts (ownHosts) and the names they record checks under (ownRecords)",
    },
  },
  run: async (order, { terminal }) => {
    const [name, extra] = order.arguments;
    if (name === undefined) return { wrongUse: 'name the file to examine' };
    if (extra !== undefined) return { wrongUse: 'takes one file; "tocsin investigate" takes many' };
    const kernels = rememberingDigest(nodeKernels);
    const office = officeNamed(order) ?? NO_OFFICE;
    if ('wrongUse' in office) return office;
    const examination = openExamination(order, kernels);
    if ('wrongUse' in examination) return examination;
    try {
      const face = order.given('json') ? jsonFace() : textFace(shownName(name));
      return await examineFile(name, {
        face,
        examination,
        kernels,
        terminal,
        office,
        allSteps: order.given('steps'),
      });
    } catch (failure) {
      if (!(failure instanceof ReadFailure)) throw failure;
      terminal.say(`tocsin: ${printable(failure.message)}`);
      return 1;
    }
  },
};

interface Work {
  readonly face: Face;
  readonly examination: Examination;
  readonly kernels: Kernels;
  readonly terminal: Terminal;
  readonly office: OfficeAddresses;
  readonly allSteps: boolean;
}

async function examineFile(name: string, work: Work): Promise<Outcome> {
  const { face, examination, kernels, terminal, office, allSteps } = work;
  const file = isStandardInput(name) ? await readStandardInput() : openFileSource(name);
  try {
    const kind = receivedKind(await file.read(0, KIND_HEAD_BYTES), kernels);
    const keptMax = LONE.has(kind) ? MESSAGE_BYTES_MAX : KEPT_BYTES_MAX;
    const kept = file.size > keptMax ? null : await file.read(0, file.size);
    const source = kept === null ? file : memorySource(kept);
    const exhibit =
      kept === null
        ? { kind, ...(await digestOf(file)) }
        : { kind, digest: kernels.sha256(kept), bytes: kept.length };
    const limits: Limit[] = [];
    const forms = new Set<HeldForm>();
    let messages = 0;
    let asking = NOBODY_ASKED;
    await terminal.write(face.open(exhibit));
    for await (const step of readMessages(source, exhibit.kind, kernels)) {
      if ('limit' in step) {
        limits.push(step.limit);
        continue;
      }
      const examined = await examination.examine(step.message);
      const { reading, judgements } = examined;
      limits.push(...reading.limits, ...judgements.flatMap((judgement) => judgement.limits));
      messages += reading.messages.length;
      const read = placed(examined, step.message, office);
      for (const { message, isLetter } of read) {
        if (!isLetter && message.role === 'original') forms.add(heldFormOf(message));
      }
      asking = askingAlso(asking, read);
      await terminal.write(face.reading(read));
    }
    await terminal.write(face.close({ exhibit, messages, forms, asking, allSteps, limits }));
    examination.close();
    nameLimits(shownName(name), limits, terminal);
    return limits.length === 0 ? 0 : 1;
  } finally {
    file.close();
  }
}

const shownName = (name: string): string => (isStandardInput(name) ? STANDARD_INPUT : name);

async function digestOf(source: ByteSource): Promise<Pick<Exhibit, 'digest' | 'bytes'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of source.stream()) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { digest: hash.digest('hex') as Sha256, bytes };
}

/** Ranges as the exhibit counts them, where the mail's bytes stand in it. */
const placed = (
  { reading, judgements, locates }: ExaminedReading,
  { path, base, offset }: RawMessage,
  office: OfficeAddresses,
): readonly ExaminedMessage[] => {
  const verdict = judgements[0]?.verdict.kind ?? '';
  const messages = withLiars(reading.messages, () => verdict);
  const doubtful = eitherAmong(messages, verdict, office);
  const [top] = messages;
  const isLetter = top?.path === path && isLetterMail(top, verdict, office);
  const letter = { letter: path, author: top?.from?.address.toLowerCase() ?? '' };
  return messages.map((message, at) => {
    // What a letter to the office shows in its text is what its writer tells of.
    const isTold = isLetter && isToldOf(message, letter, office);
    return {
      message: isTold ? { ...message, role: 'original' } : message,
      judgement: judgements[at]!,
      isLetter: isLetter && at === 0,
      isEither: isTold || doubtful.has(message.path),
      bytesOf: inExhibit(locates[at]!, base === 'exhibit' ? offset : null),
      offset: base === 'exhibit' && message.offset !== null ? offset + message.offset : null,
    };
  });
};

/** `mailOffset`: first byte of the mail in the exhibit; null where it was unpacked. */
function inExhibit(bytesOf: Locate, mailOffset: number | null): Locate {
  return (seen) => {
    const bytes = bytesOf(seen);
    if (bytes.offset === null) return bytes;
    if (mailOffset === null) return { offset: null, length: null, why: 'message-encoded' };
    return { ...bytes, offset: mailOffset + bytes.offset };
  };
}

function nameLimits(name: string, limits: readonly Limit[], terminal: Terminal): void {
  for (const limit of gravestFirst(limits).slice(0, NAMED_MAX)) {
    terminal.say(`tocsin: ${printable(name)}: ${limitText(limit)}`);
  }
  const more = limits.length - NAMED_MAX;
  if (more > 0) terminal.say(`tocsin: ${printable(name)}: ${more} more limits, all in the output`);
}

function jsonFace(): Face {
  let place = 0;
  return {
    open: openExamineJson,
    reading: (messages) => messages.map((message) => messageExamineJson(message, place++)).join(''),
    close: ({ limits }) => closeExamineJson(limits),
  };
}

function textFace(name: string): Face {
  let place = 0;
  let left = FULL_MESSAGES_MAX;
  let isListing = false;
  return {
    open: (exhibit) => examineHeading(name, exhibit),
    reading: (messages) => {
      place += 1;
      const full = place <= FULL_MAX ? messages.slice(0, left) : [];
      left -= full.length;
      const rest = messages.slice(full.length);
      if (rest.length === 0) return readingText(full);
      const head = isListing ? '' : '\nFurther messages, one line each; --json has all\n';
      isListing = true;
      return `${full.length === 0 ? '' : readingText(full)}${head}${rest.map(messageLine).join('')}`;
    },
    close: examineClosing,
  };
}
