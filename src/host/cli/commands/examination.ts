import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { RawMessage } from '../../../app/ports/index.ts';
import { mailReader } from '../../../app/reading/index.ts';
import type { Kernels } from '../../../core/base/index.ts';
import {
  type Authentication,
  bodiesOf,
  type DnsEntry,
  type MessageJudgement,
  messageJudge,
  NO_NAMES,
  parseDnsTranscript,
  questionKey,
  readRecordedResults,
  reportersOf,
  seenByOffice,
  uncheckedAuthentication,
  unsearchedLimit,
} from '../../../core/forensics/index.ts';
import {
  filesByMessage,
  type MailMessage,
  type MailReading,
  type MessageContent,
  withOwnParts,
} from '../../../core/mail/index.ts';
import { type Locate, observableLocator } from '../../../core/observables/index.ts';
import { pictureCodes } from '../../codes/index.ts';
import { type DnsSource, liveDns, recordedDns } from '../../dns/index.ts';
import { systemClock } from '../../kernels/index.ts';
import type { CheckMemory } from '../../mailauth/index.ts';
import { networkTables } from '../../networks/index.ts';
import type { Order } from '../command.ts';
import { namesGiven } from '../office-named.ts';

/** One mail with every message in it judged; `judgements` stand in the order of the messages. */
export interface ExaminedReading {
  readonly reading: MailReading;
  readonly judgements: readonly MessageJudgement[];
  /** In the same order: which bytes of the mail a place of an observable is. */
  readonly locates: readonly Locate[];
}

/** Reads and judges mails one by one; `close` writes what name servers answered. */
export interface Examination {
  examine(mail: RawMessage): Promise<ExaminedReading>;
  close(): void;
}

const NO_PICTURES = { codes: [], limits: [], unsearched: [] } as const;

/** Prepares an examination as it was ordered: `--dns`, `--transcript`, `--names`, `--networks`. */
export function openExamination(
  order: Order,
  kernels: Kernels,
): Examination | { readonly wrongUse: string } {
  const dns = dnsOf(order);
  if (dns !== null && 'wrongUse' in dns) return dns;
  const given = namesGiven(order);
  if (given !== null && 'wrongUse' in given) return given;
  const names = given?.names ?? NO_NAMES;
  const networks = networkTables(order.option('networks'));
  if ('wrongUse' in networks) return networks;
  const readMail = mailReader(kernels);
  const judge = messageJudge({ ...names, networks, kernels });
  const checks = createChecks(dns);
  const transcript = order.option('transcript');
  return {
    async examine(mail) {
      const contents = new Map<string, MessageContent>();
      const read = await readMail(mail, (content) => contents.set(content.path, content));
      const reading = { ...read, messages: seenByOffice(read.messages, names) };
      const bodies = bodiesOf(reading.messages, contents);
      const locate = observableLocator({
        messages: reading.messages,
        contents,
        kernels,
      });
      const files = filesByMessage(contents.values());
      const judgements: MessageJudgement[] = [];
      for (const message of reading.messages) {
        const own = contents.get(message.path);
        const authentication = await checks.authenticate(message, own);
        const held = files.get(message.path);
        const pictures =
          held === undefined ? NO_PICTURES : await pictureCodes({ ...held, bodies: held.pages });
        const { codes } = pictures;
        const judgement = judge({
          message: withOwnParts(message, held),
          bodies: bodies.get(message.path) ?? [],
          codes,
          files: held,
          reporters: reportersOf(message.path, reading.messages),
          authentication,
        });
        const unsearched = [
          ...judgement.unsearched,
          ...pictures.unsearched.map(({ path, contentType }) => ({
            path,
            contentType,
            for: 'codes' as const,
          })),
        ];
        const limits = [...judgement.limits, ...pictures.limits];
        judgements.push({
          ...judgement,
          unsearched,
          limits: [...limits, ...unsearchedLimit(message.path, unsearched)],
        });
      }
      return { reading, judgements, locates: reading.messages.map(locate) };
    },
    close() {
      if (dns?.kind !== 'live' || transcript === null) return;
      const document = { schema: 'tocsin/dns-transcript/1', entries: checks.entries() };
      writeFileSync(transcript, `${JSON.stringify(document, null, 1)}\n`, { flag: 'wx' });
    },
  };
}

/** Checks by name servers, and every answer that they gave; by none, only what was recorded. */
function createChecks(dns: DnsSource | null) {
  const asked = new Map<string, DnsEntry>();
  let memory: CheckMemory | undefined;
  return {
    async authenticate(
      message: MailMessage,
      content: MessageContent | undefined,
    ): Promise<Authentication> {
      if (dns === null || content === undefined)
        return uncheckedAuthentication(readRecordedResults(message));
      const { authenticateMessage, checkMemory } = await import('../../mailauth/index.ts');
      memory ??= checkMemory();
      const { bytes } = content;
      const { authentication, transcript } = await authenticateMessage({
        bytes,
        message,
        dns,
        memory,
      });
      for (const entry of transcript.entries) {
        const key = questionKey(entry.name, entry.type);
        if (!asked.has(key)) asked.set(key, entry);
      }
      return authentication;
    },
    entries: (): readonly DnsEntry[] => [...asked.values()],
  };
}

function dnsOf(order: Order): DnsSource | null | { readonly wrongUse: string } {
  const mode = order.option('dns') ?? 'none';
  const file = order.option('transcript');
  const asksLocalParts = order.given('ask-local-parts');
  if (asksLocalParts && mode !== 'live')
    return { wrongUse: '--ask-local-parts belongs to --dns live' };
  switch (mode) {
    case 'none':
      return file === null ? null : { wrongUse: '--transcript needs --dns live or recorded' };
    case 'live':
      if (file !== null && existsSync(file)) return { wrongUse: `"${file}" is there already` };
      return liveDns({ now: systemClock.now, asksLocalParts });
    case 'recorded': {
      if (file === null) return { wrongUse: '--dns recorded needs --transcript FILE' };
      const read = readJson(file);
      const transcript = read === null ? null : parseDnsTranscript(read.value);
      if (transcript?.ok !== true) return { wrongUse: `"${file}" is no DNS transcript` };
      return recordedDns(transcript.value);
    }
    default:
      return { wrongUse: `--dns is live, recorded or none, not "${mode}"` };
  }
}

function readJson(file: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(readFileSync(file, 'utf8')) as unknown };
  } catch {
    return null;
  }
}
