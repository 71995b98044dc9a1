import type { Kernels, Limit, Sha256 } from '../../core/base/index.ts';
import { type Exhibit, type Finding, sealFinding } from '../../core/evidence/index.ts';
import { type DnsTranscript, NO_NAMES, parseDnsTranscript } from '../../core/forensics/index.ts';
import { lettersAmong, type OfficeAddresses } from '../../core/letter/index.ts';
import type {
  Asking,
  AskingStopped,
  Clock,
  EvidenceStore,
  ExhibitVault,
  Intake,
  NameServers,
  Progress,
} from '../ports/index.ts';
import {
  AUTHENTICATE,
  authenticateExhibit,
  authenticateOutput,
  isLastBatch,
  type OriginalsReader,
  rereadExactly,
  type Wanted,
} from '../stage/index.ts';
import { askingOrder } from './asking-order.ts';
import { type CaseIndex, type IndexedExhibit, indexCase } from './case-index.ts';
import { type CaseNames, inputsBy, isBy, WITHOUT_NAMES } from './case-names.ts';
import { handedIn, officeOfCase } from './case-office.ts';
import { canBeChecked } from './check-summary.ts';
import { createGate } from './deposit.ts';
import type { IndexedOriginal } from './original-table.ts';

/** Mails whose checks wait for name servers at once: each waits for a few answers in a row. */
const CHECKS_AT_ONCE = 16;
/** Mails read at a time in the order of asking: a packed archive is walked once for so many. */
const ASKED_TOGETHER = 256;

/** Findings per transaction. */
const FINDINGS_BATCH_MAX = 500;

/** Whether name servers are asked, and by which sealed answers checks are made. */
export type DnsOrder =
  /** `asksLocalParts`: also what spells the part before the @ of a return address. */
  | { readonly how: 'live'; readonly asksLocalParts: boolean }
  /**
   * `transcript`: one that was just taken in; null: those that the case asked for or was told of.
   */
  | { readonly how: 'recorded'; readonly transcript: Sha256 | null };

export interface AuthenticatePorts extends OriginalsReader {
  readonly intake: Pick<Intake, 'messages' | 'opener'>;
  readonly nameServers: NameServers;
  readonly vault: Pick<ExhibitVault, 'keep' | 'read'>;
  readonly store: Pick<
    EvidenceStore,
    'deposit' | 'exhibits' | 'findings' | 'known' | 'addFindings'
  >;
  readonly clock: Clock;
  readonly progress: Progress;
  /** Names that the office gave, by which the case is read; none where they are left out. */
  readonly caseNames?: CaseNames;
}

/**
 * Checks the originals that are held as exact bytes by name servers' answers.
 *
 * `live` asks about those that no complete check stands for, keeps every answer as one exhibit, and
 * then judges from that exhibit alone: what was found is what anybody derives again offline. What
 * could not be asked is a limit, never a fail.
 */
export async function authenticateCase(
  ports: AuthenticatePorts,
  dns: DnsOrder,
  office: OfficeAddresses | null,
): Promise<readonly Limit[]> {
  const index = await indexCase(ports.store, (ports.caseNames ?? WITHOUT_NAMES).digest);
  const open = openOriginals(index, office);
  const openExhibits = new Set(open.map(({ exhibit }) => exhibit));
  if (dns.how === 'recorded') {
    const named = dns.transcript === null ? null : index.exhibits.get(dns.transcript);
    const transcripts =
      named === null ? await trustedTranscripts(ports, index) : named === undefined ? [] : [named];
    if (transcripts.length === 0) {
      ports.progress.note(NO_TRANSCRIPT.text);
      return [NO_TRANSCRIPT];
    }
    // A transcript that a person names is read for all, for it can be older than what stands.
    const exhibits = [...index.exhibits.values()].filter(
      ({ digest, originals }) => originals > 0 && (named !== null || openExhibits.has(digest)),
    );
    const limits: Limit[] = [];
    for (const transcript of transcripts)
      limits.push(...(await judgeBy(ports, transcript, exhibits)));
    return limits;
  }
  if (open.length === 0) {
    ports.progress.note('No name server was asked: no original here waits for a check.');
    return [];
  }
  return await askAbout(ports, { index, open, asksLocalParts: dns.asksLocalParts });
}

const NO_TRANSCRIPT: Limit = {
  code: 'dns-transcript-missing',
  at: 'name servers',
  text: 'The case holds no answers of name servers that it asked for: --dns live asks them, --transcript FILE takes in what "examine" kept.',
};

/**
 * Answers that this case asked for itself, or that a person named before. A transcript that merely
 * lay among the evidence is the word of whoever handed it in: it could vouch for the very mail that
 * came with it.
 */
async function trustedTranscripts(
  { store }: AuthenticatePorts,
  { exhibits }: CaseIndex,
): Promise<readonly Exhibit[]> {
  const named = new Set<string | undefined>();
  const { stage, methodVersion } = AUTHENTICATE;
  for await (const { inputs } of store.findings(stage, methodVersion)) named.add(inputs[1]);
  return [...exhibits.values()].filter(
    (exhibit) => isOwnAnswers(exhibit) || (isTranscript(exhibit) && named.has(exhibit.digest)),
  );
}

const isTranscript = ({ kind }: IndexedExhibit): boolean => kind === 'dns-transcript';

const isOwnAnswers = (exhibit: IndexedExhibit): boolean =>
  isTranscript(exhibit) &&
  exhibit.custody.some(({ receivedHow }) => receivedHow === 'name-servers');

/**
 * The originals that wait for a check. Letters to the office are nobody's campaign, and asking
 * about them would tell their writers' providers who wrote.
 */
function openOriginals(
  index: CaseIndex,
  named: OfficeAddresses | null,
): readonly IndexedOriginal[] {
  const { originals } = index;
  const { addresses } = officeOfCase(index, named);
  const letters = lettersAmong(
    originals.count,
    (number) => handedIn(originals.at(number)),
    addresses,
  );
  const open: IndexedOriginal[] = [];
  for (let number = 0; number < originals.count; number++) {
    const original = originals.at(number);
    if (letters.has(number) || !canBeChecked(original) || original.checked?.complete === true)
      continue;
    open.push(original);
  }
  return open;
}

interface AskingOrder {
  readonly index: CaseIndex;
  readonly open: readonly IndexedOriginal[];
  readonly asksLocalParts: boolean;
}

async function askAbout(
  ports: AuthenticatePorts,
  { index, open, asksLocalParts }: AskingOrder,
): Promise<readonly Limit[]> {
  const { nameServers, progress } = ports;
  const total = open.length;
  progress.note(
    `Asking name servers about ${total} ${total === 1 ? 'original' : 'originals'}: whoever runs them, the sender among them, sees which domains and keys are looked at, and when. ${asksLocalParts ? LOCAL_PARTS_ASKED : LOCAL_PARTS_HELD}`,
  );
  const wanted = await inOrderOfAsking(ports, index, open);
  const asking = nameServers.ask();
  const asked: Wanted[] = [];
  let done = 0;
  const gate = createGate(CHECKS_AT_ONCE);
  const running = new Set<Promise<void>>();
  for (let from = 0; from < wanted.length && asking.stopped === null; from += ASKED_TOGETHER) {
    const next = wanted.slice(from, from + ASKED_TOGETHER);
    for await (const { one, mail } of rereadExactly(
      { ...ports, names: ports.caseNames?.names ?? NO_NAMES },
      next,
    )) {
      await gate.enter();
      const check = asking.check(mail).finally(() => {
        // What the end of the run cut short is not asked about: it keeps its turn.
        if (asking.stopped === null) asked.push(one);
        done += 1;
        progress.update('Asking name servers', done, total);
        running.delete(check);
        gate.leave();
      });
      running.add(check);
      if (asking.stopped !== null) break;
    }
  }
  await Promise.all(running);
  const limits = stoppedLimit(asking);
  for (const { text } of limits) progress.note(text);
  if (asking.answered === 0 && (asked.length === 0 || isSilent(asking))) return limits;
  const kept = await keepTranscript(ports, { ...asking.transcript(), asked: placesOf(asked) });
  const exhibits = new Set(wanted.map(({ exhibit }) => exhibit));
  return [...limits, ...(await judgeBy(ports, kept, [...exhibits]))];
}

const LOCAL_PARTS_HELD =
  'What would spell the part before the @ of a return address, which can name a recipient, is not asked (--ask-local-parts asks it).';
const LOCAL_PARTS_ASKED =
  'Where an SPF record has it so, the sender also sees the part before the @ of a return address, which can name a recipient.';

/** Reads what earlier runs asked about, and puts the originals in the order of `askingOrder`. */
async function inOrderOfAsking(
  ports: AuthenticatePorts,
  { exhibits }: CaseIndex,
  open: readonly IndexedOriginal[],
): Promise<readonly Wanted[]> {
  const runs = new Map<string, number>();
  for (const exhibit of exhibits.values()) {
    const transcript = isOwnAnswers(exhibit) ? await readTranscript(ports, exhibit.digest) : null;
    for (const [digest, paths] of Object.entries(transcript?.asked ?? {}))
      for (const path of paths) {
        const place = `${digest} ${path}`;
        runs.set(place, (runs.get(place) ?? 0) + 1);
      }
  }
  const waiting = open.flatMap(({ exhibit: digest, path, mail, boundaryIp, from, at }) => {
    const exhibit = exhibits.get(digest);
    const asked = runs.get(`${digest} ${path}`) ?? 0;
    return exhibit === undefined
      ? []
      : [{ exhibit, path, mail, boundaryIp, from: from?.address ?? null, at, asked }];
  });
  return askingOrder(waiting);
}

const STOPPED: { readonly [why in AskingStopped]: Pick<Limit, 'code' | 'text'> } = {
  silent: {
    code: 'dns-silent',
    text: 'No name server answers: checks that need one are left open, and none of them is a fail.',
  },
  'time-over-limit': {
    code: 'dns-run-time',
    text: 'Asking name servers took too long and was ended: the checks that were left are open. The same command goes on with them.',
  },
  'questions-over-limit': {
    code: 'dns-run-questions',
    text: 'No more questions were put to name servers: the checks that were left are open. The same command goes on with them.',
  },
};

/** Paths by exhibit. */
const placesOf = (asked: readonly Wanted[]): NonNullable<DnsTranscript['asked']> =>
  Object.fromEntries(
    [...Map.groupBy(asked, ({ exhibit }) => exhibit.digest)].map(([digest, ones]) => [
      digest,
      ones.map(({ path }) => path),
    ]),
  );

const isSilent = ({ stopped, answered, unanswered }: Asking): boolean =>
  stopped === 'silent' || (stopped === null && answered === 0 && unanswered > 0);

function stoppedLimit(asking: Asking): readonly Limit[] {
  const why = isSilent(asking) ? 'silent' : asking.stopped;
  return why === null ? [] : [{ ...STOPPED[why], at: 'name servers' }];
}

async function keepTranscript(
  { vault, store, clock, kernels }: AuthenticatePorts,
  transcript: DnsTranscript,
): Promise<Exhibit> {
  const receivedAt = clock.now();
  const { digest, bytes } = await vault.keep(transcriptBytes(transcript, kernels));
  const exhibit: Exhibit = { digest, bytes, kind: 'dns-transcript' };
  await store.deposit([
    {
      exhibit,
      custody: {
        exhibit: digest,
        givenBy: 'name servers',
        receivedAt,
        receivedHow: 'name-servers',
        name: `answers to --dns live, ${receivedAt}`,
      },
    },
  ]);
  return exhibit;
}

/** One entry a line. The schema comes first, which tells its kind. */
async function* transcriptBytes(
  { schema, asked, entries }: DnsTranscript,
  { encode }: Kernels,
): AsyncGenerator<Uint8Array> {
  const about = asked === undefined ? '' : `"asked":${JSON.stringify(asked)},\n`;
  let before = `{"schema":${JSON.stringify(schema)},${about}"entries":[\n`;
  for (const entry of entries) {
    yield encode(`${before}${JSON.stringify(entry)}`);
    before = ',\n';
  }
  yield encode(`${entries.length === 0 ? before : ''}\n]}\n`);
}

/** Judges every exact original of the exhibits by one sealed transcript, where that is not done. */
async function judgeBy(
  ports: AuthenticatePorts,
  transcript: Exhibit,
  exhibits: readonly Exhibit[],
): Promise<readonly Limit[]> {
  const { kernels, nameServers, store, progress } = ports;
  const read = await readTranscript(ports, transcript.digest);
  if (read === null) {
    progress.note(MALFORMED);
    return [{ code: 'transcript-malformed', at: transcript.digest, text: MALFORMED }];
  }
  const check = nameServers.recorded(read);
  const judged = await judgedBy(ports, transcript.digest);
  const by = ports.caseNames ?? WITHOUT_NAMES;
  let waiting: Finding[] = [];
  for (const [done, exhibit] of exhibits.entries()) {
    progress.update("Judging by name servers' answers", done, exhibits.length);
    if (judged.has(exhibit.digest)) continue;
    const work = { ...AUTHENTICATE, inputs: inputsBy([exhibit.digest, transcript.digest], by) };
    for await (const batch of authenticateExhibit({ ...ports, names: by.names, check }, exhibit)) {
      const parameters = { batch: batch.batch };
      waiting.push(sealFinding({ ...work, parameters }, authenticateOutput(batch), kernels));
      if (waiting.length < FINDINGS_BATCH_MAX) continue;
      await store.addFindings(waiting);
      waiting = [];
    }
  }
  await store.addFindings(waiting);
  progress.update("Judging by name servers' answers", exhibits.length, exhibits.length);
  return [];
}

const MALFORMED = 'A transcript of name servers does not read as one; no check rests on it.';

/** Null where the exhibit is no transcript, whatever its first bytes promise. */
export async function readTranscript(
  {
    vault,
    kernels,
  }: Pick<AuthenticatePorts, 'kernels'> & {
    readonly vault: Pick<ExhibitVault, 'read'>;
  },
  digest: Sha256,
): Promise<DnsTranscript | null> {
  const bytes = await vault.read(digest);
  try {
    const read = parseDnsTranscript(JSON.parse(kernels.utf8(bytes, 0, bytes.length)));
    return read.ok ? read.value : null;
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** Exhibits that a transcript was read for to the end. */
async function judgedBy(
  { store, caseNames = WITHOUT_NAMES }: AuthenticatePorts,
  transcript: Sha256,
): Promise<ReadonlySet<string>> {
  const judged = new Set<string>();
  const { stage, methodVersion } = AUTHENTICATE;
  for await (const finding of store.findings(stage, methodVersion)) {
    const [exhibit, by] = finding.inputs;
    if (!isBy(finding.inputs, 2, caseNames.digest)) continue;
    if (by === transcript && exhibit !== undefined && isLastBatch(finding)) judged.add(exhibit);
  }
  return judged;
}
