import type { Instant, Kernels, Limit, Sha256 } from '../../core/base/index.ts';
import type { CustodyEntry, Exhibit, FindingKey } from '../../core/evidence/index.ts';
import type { Forward, Mailbox } from '../../core/mail/index.ts';
import type { EvidenceStore } from '../ports/index.ts';
import {
  type ClusterInput,
  type ClusterOutput,
  type ClusterToWord,
  createSketchShelf,
  EXAMINE,
  type ExaminedMessage,
  type ExamineOutput,
  JUDGE,
  type JudgeOutput,
  type MailPlace,
  type MessageRef,
  messageRef,
  packTightly,
  readMessageRef,
  readSketches,
  SKETCH,
  type SketchOutput,
  wordedCount,
} from '../stage/index.ts';

/** What the later steps need of one reported original: small, since a case can hold a million. */
export interface IndexedOriginal {
  readonly exhibit: Sha256;
  readonly path: string;
  readonly mail: MailPlace;
  readonly sha256: Sha256;
  readonly from: Mailbox | null;
  readonly subject: string | null;
  /** When its receiver recorded it, else when it claims to be written. */
  readonly at: Instant | null;
  readonly boundaryIp: string | null;
  readonly forward: Forward | null;
  /** What the `judge` finding says of it. */
  judged: Judged;
  /** Lower-case addresses of those whom it shows as recipients. */
  readonly recipients: readonly string[];
}

/** Few of these differ, and many originals share one. */
export interface Judged {
  readonly kind: string;
  readonly coercion: readonly string[];
}

const UNJUDGED: Judged = { kind: 'undetermined', coercion: [] };

export interface IndexedExhibit extends Exhibit {
  readonly custody: readonly CustodyEntry[];
  /** By their path. */
  readonly originals: Map<string, IndexedOriginal>;
  readonly limits: Limit[];
  messages: number;
  carriers: number;
}

/** A fold over exhibits and `examine` findings: dropped and rebuilt at will. */
export interface CaseIndex {
  readonly exhibits: ReadonlyMap<Sha256, IndexedExhibit>;
  find(ref: MessageRef): IndexedOriginal | undefined;
  originals(): Iterable<IndexedOriginal>;
}

type Reads = Pick<EvidenceStore, 'exhibits' | 'findings'>;

export async function indexCase(store: Reads): Promise<CaseIndex> {
  const exhibits = new Map<Sha256, IndexedExhibit>();
  for await (const exhibit of store.exhibits()) {
    exhibits.set(exhibit.digest, {
      ...exhibit,
      originals: new Map(),
      limits: [],
      messages: 0,
      carriers: 0,
    });
  }
  const once = createInterner();
  for await (const { inputs, output } of store.findings(EXAMINE.stage, EXAMINE.methodVersion)) {
    const exhibit = exhibits.get(inputs[0] as Sha256);
    if (exhibit !== undefined) addBatch(exhibit, output as unknown as ExamineOutput, once);
  }
  await addJudgements(store, exhibits);
  return {
    exhibits,
    find(ref) {
      const { exhibit, path } = readMessageRef(ref);
      return exhibits.get(exhibit)?.originals.get(path);
    },
    *originals() {
      for (const exhibit of exhibits.values()) yield* exhibit.originals.values();
    },
  };
}

async function addJudgements(
  store: Reads,
  exhibits: ReadonlyMap<Sha256, IndexedExhibit>,
): Promise<void> {
  const kinds = new Map<string, Judged>();
  for await (const { inputs, output } of store.findings(JUDGE.stage, JUDGE.methodVersion)) {
    const originals = exhibits.get(inputs[0] as Sha256)?.originals;
    for (const { path, kind, coercion } of (output as unknown as JudgeOutput).originals) {
      const original = originals?.get(path);
      if (original === undefined) continue;
      const name = [kind, ...coercion].join(' ');
      const judged = kinds.get(name) ?? { kind, coercion };
      kinds.set(name, judged);
      original.judged = judged;
    }
  }
}

/** Equal texts as one: senders, subjects and forms recur, and memory is what bounds a case. */
type Once = <Text extends string>(text: Text) => Text;

function createInterner(): Once {
  const seen = new Map<string, string>();
  return <Text extends string>(text: Text): Text => {
    const first = seen.get(text);
    if (first === undefined) seen.set(text, text);
    return (first ?? text) as Text;
  };
}

function addBatch(
  exhibit: IndexedExhibit,
  { mails, messages, limits }: ExamineOutput,
  once: Once,
): void {
  exhibit.limits.push(...limits);
  exhibit.messages += messages.length;
  const places = new Map(mails.map((mail) => [mail.path, mail]));
  let mail: MailPlace | undefined;
  for (const message of messages) {
    mail = places.get(message.path) ?? mail;
    if (message.role === 'carrier') exhibit.carriers += 1;
    if (message.role === 'original' && mail !== undefined) {
      exhibit.originals.set(message.path, indexed(exhibit.digest, mail, message, once));
    }
  }
}

function indexed(
  exhibit: Sha256,
  mail: MailPlace,
  message: ExaminedMessage,
  once: Once,
): IndexedOriginal {
  const { path, sha256, from, subject, date, boundary, forward, route, to } = message;
  const at = boundary?.at ?? route[0]?.date ?? date;
  return {
    exhibit,
    path,
    mail: placeOnce(mail, path, once),
    sha256,
    from: from === null ? null : { name: once(from.name), address: once(from.address) },
    subject: subject === null ? null : once(subject),
    at: at === null ? null : once(at),
    boundaryIp: boundary === null ? null : once(boundary.ip),
    forward,
    judged: UNJUDGED,
    recipients: to.map(({ address }) => once(address.toLowerCase())),
  };
}
function placeOnce(mail: MailPlace, path: string, once: Once): MailPlace {
  const { base, offset, length, transforms } = mail;
  return {
    path: mail.path === path ? path : once(mail.path),
    base: once(base),
    offset,
    length,
    transforms: transforms.length === 0 ? NO_TRANSFORMS : transforms,
  };
}

const NO_TRANSFORMS: readonly string[] = [];

export interface SketchQuery {
  readonly store: Reads;
  readonly index: CaseIndex;
  readonly kernels: Kernels;
  /** Only the sketches of these findings; null for all. */
  readonly wanted: ReadonlySet<string> | null;
}

/** The originals' sketches with their times, and the keys of the findings that hold them, sorted. */
export async function clusterInputs({ store, index, kernels, wanted }: SketchQuery): Promise<{
  readonly inputs: readonly ClusterInput[];
  readonly keys: readonly FindingKey[];
}> {
  const inputs: ClusterInput[] = [];
  const keys: FindingKey[] = [];
  const shelf = createSketchShelf(packTightly());
  for await (const finding of store.findings(SKETCH.stage, SKETCH.methodVersion)) {
    if (wanted?.has(finding.key) === false) continue;
    keys.push(finding.key);
    const exhibit = finding.inputs[0] as Sha256;
    for (const { path, sketch } of readSketches(
      finding.output as unknown as SketchOutput,
      shelf,
      kernels,
    )) {
      const ref = messageRef(exhibit, path);
      inputs.push({ ref, sketch, at: index.find(ref)?.at ?? null });
    }
  }
  return { inputs, keys: keys.sort() };
}

/** The largest clusters with where each member is read again. */
export function clustersToWord(
  clusters: ClusterOutput['clusters'],
  { exhibits, find }: CaseIndex,
): readonly ClusterToWord[] {
  const worded = wordedCount(clusters.map(({ members }) => members.length));
  return clusters.slice(0, worded).map(({ id, members }) => ({
    id,
    members: members
      .flatMap((ref) => find(ref) ?? [])
      .flatMap(({ exhibit, mail, path, subject, recipients, judged }) => {
        const held = exhibits.get(exhibit);
        return held === undefined
          ? []
          : [
              {
                exhibit: held,
                mail,
                path,
                subject,
                recipient: recipients[0] ?? null,
                authenticated: judged.kind === 'genuine' || judged.kind === 'freemail',
              },
            ];
      }),
  }));
}
