import { readFileSync } from 'node:fs';
import type { Limit } from '../../src/core/base/index.ts';
import type { MailMessage, MailReading, MessageContent } from '../../src/core/mail/index.ts';
import type { HostileInput } from './input.ts';

export interface Measured {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  /** As `HostileInput.finds` names them. */
  readonly found: readonly string[];
}

/**
 * Reads one file as `examine` does, in this process; with name servers' answers it is judged too.
 */
export async function measureReading(file: string, input: HostileInput): Promise<Measured> {
  const { sniffKind } = await import('../../src/core/mail/index.ts');
  const { mailReader } = await import('../../src/app/reading/index.ts');
  const { KIND_HEAD_BYTES, memorySource, readMessages } = await import(
    '../../src/host/intake/index.ts'
  );
  const { nodeKernels, rememberingDigest } = await import('../../src/host/kernels/index.ts');
  const bytes = readFileSync(file);
  const kernels = rememberingDigest(nodeKernels);
  const readMail = mailReader(kernels);
  const judge = input.judged === true || input.dns !== undefined ? await judging(input) : null;
  const limits: Limit[] = [];
  const said = new Set<string>();
  let messages = 0;
  const before = process.cpuUsage();
  const kind = sniffKind(bytes.subarray(0, KIND_HEAD_BYTES), kernels);
  for await (const step of readMessages(memorySource(bytes), kind, kernels)) {
    if ('limit' in step) {
      limits.push(step.limit);
      continue;
    }
    const contents = new Map<string, MessageContent>();
    const keep = (content: MessageContent): void => void contents.set(content.path, content);
    const reading = await readMail(step.message, judge === null ? undefined : keep);
    limits.push(...reading.limits);
    messages += reading.messages.length;
    for (const message of reading.messages) if (!isWhole(message)) said.add('a digest is missing');
    if (judge !== null) for (const what of await judge(reading, contents)) said.add(what);
  }
  const { user, system } = process.cpuUsage(before);
  const codes = new Set(limits.map(({ code }) => code));
  return {
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
    found: [`messages=${messages}`, ...codes, ...said],
  };
}

/** Asks for the routes and digests, which are made when asked for: a finding holds them all. */
const isWhole = ({ route, sha256, parts }: MailMessage): boolean =>
  route.length >= 0 && sha256 !== '' && parts.every((part) => part.sha256 !== '');

type Judge = (
  reading: MailReading,
  contents: ReadonlyMap<string, MessageContent>,
) => Promise<readonly string[]>;

async function judging({ dns = [] }: HostileInput): Promise<Judge> {
  const { messageJudge, parseJudgeNames } = await import('../../src/core/forensics/index.ts');
  const { recordedDns } = await import('../../src/host/dns/index.ts');
  const { authenticateMessage } = await import('../../src/host/mailauth/index.ts');
  const { nodeKernels } = await import('../../src/host/kernels/index.ts');
  const names = parseJudgeNames({});
  if (names === null) throw new Error('an empty object is no file of names');
  const judge = messageJudge({ ...names, networks: [], kernels: nodeKernels });
  const recorded = recordedDns({ schema: 'tocsin/dns-transcript/1', entries: dns });
  return async ({ messages }, contents) => {
    const said: string[] = [];
    for (const message of messages) {
      const content = contents.get(message.path);
      if (content === undefined) continue;
      const { bytes } = content;
      const checked = await authenticateMessage({ bytes, message, dns: recorded });
      const { authentication } = checked;
      const { verdict, limits } = judge({ message, bodies: content.bodies, authentication });
      said.push(`spf=${authentication.spf?.result ?? 'none'}`, `verdict=${verdict.kind}`);
      said.push(...limits.map(({ code }) => code));
    }
    return said;
  };
}
