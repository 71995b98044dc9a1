import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { printable } from '../../../core/display/index.ts';
import { type Canary, canaryOf } from '../../../core/exposure/index.ts';
import {
  parseManifest,
  proposeMapping,
  type ReleaseManifest,
  type RollLayout,
} from '../../../core/roll/index.ts';
import { nodeKernels } from '../../kernels/index.ts';
import {
  beside,
  type CopyMade,
  copyWithMarks,
  describeRoll,
  headLines,
  layoutFor,
  manifestBeside,
  mappingBeside,
  openReleases,
  openRollEngine,
  type RollDescription,
  type RollFailure,
  rollFailureSentence,
  writeWhole,
} from '../../roll-engine/index.ts';
import type { Command, Order, Outcome } from '../command.ts';
import type { Terminal } from '../terminal.ts';

export const roll: Command = {
  usage: 'add|list|show|release FILE|DIR [options]',
  about: [
    'add FILE --id ID --jurisdiction FL --as-of DAY [--layout L] [--requester WHO] [--rows WORDS]',
    '  reads a voter list where it lies, checks every row, writes its manifest beside it.',
    'list DIR   the releases of a folder, and which of them cannot be trusted.',
    'show FILE  manifest and layout; without a manifest, a mapping proposed from the header.',
    'release FILE --to WHO --id ID --out FILE --register FILE [--canaries FILE.json] [--like FILE]',
    '  a copy for a requester: marked spellings, canaries, commitments in its manifest. The register',
    '  is the secret that reads them back: keep it offline.',
  ],
  options: {
    id: { value: 'ID', says: 'id of the release' },
    jurisdiction: { value: 'CODE', says: 'state, or state and county: FL, FL-Alachua' },
    'as-of': { value: 'DAY', says: 'the day whose roll the list shows, YYYY-MM-DD' },
    layout: { value: 'L', says: 'fl, nc, oh, ak, pa, wa; else FILE.mapping.json or the header' },
    requester: { value: 'WHO', says: 'who got this copy' },
    rows: { value: 'WORDS', says: 'which rows are in it, where not all: "portal users"' },
    to: { value: 'WHO', says: 'release: who gets the copy' },
    out: { value: 'FILE', says: 'release: where the copy goes' },
    register: { value: 'FILE', says: 'release: where the sealed register goes' },
    canaries: {
      value: 'FILE.json',
      says: 'release: consenting staff, [{"email","first","last",...}]',
    },
    like: { value: 'FILE', says: 'release: the register of an earlier copy, to find mixed copies' },
  },
  run: async (order, { terminal }) => {
    const [action, path, extra] = order.arguments;
    if (path === undefined)
      return { wrongUse: 'say what to do and with which file: add, list, show, release' };
    if (extra !== undefined) return { wrongUse: 'takes one file' };
    switch (action) {
      case 'add':
        return add(path, order, terminal);
      case 'list':
        return list(path, terminal);
      case 'show':
        return show(path, terminal);
      case 'release':
        return release(path, order, terminal);
      default:
        return { wrongUse: `there is no "${printable(action ?? '')}": add, list, show, release` };
    }
  },
};

function refuse(path: string, failure: RollFailure, terminal: Terminal): Outcome {
  terminal.say(
    `tocsin: ${printable(path)}: ${printable(rollFailureSentence(failure))} [${failure.code}]`,
  );
  return 2;
}

type Missing = { readonly wrongUse: string };

async function describe(path: string, layoutId: string): ReturnType<typeof describeRoll> {
  const engine = await openRollEngine();
  try {
    return await describeRoll(engine, path, { layoutId, mapping: mappingBeside(path) });
  } finally {
    engine.close();
  }
}

async function add(path: string, order: Order, terminal: Terminal): Promise<Outcome> {
  const [id, jurisdiction, asOf] = ['id', 'jurisdiction', 'as-of'].map((name) =>
    order.option(name),
  );
  if (!id || !jurisdiction || !asOf)
    return { wrongUse: 'add needs --id, --jurisdiction and --as-of' };
  const target = beside(path, 'manifest');
  if (target === path) return { wrongUse: 'a roll is a .csv, .tsv or .txt file' };
  if (existsSync(target))
    return { wrongUse: `${printable(target)} stands already; a manifest is never changed` };
  const layoutId = order.option('layout') ?? jurisdiction.slice(0, 2).toLowerCase();
  const described = await describe(path, layoutId);
  if (!described.ok) return refuse(path, described.failure, terminal);
  const text = manifestText(described.value, {
    releaseId: id,
    jurisdiction,
    asOf,
    requester: order.option('requester'),
    layoutId,
    rowFilter: order.option('rows'),
  });
  const checked = parseManifest(text);
  if (!checked.ok) return refuse(path, checked.failure, terminal);
  writeText(target, text, 0o644);
  const proposed = described.value.layoutProposed
    ? ' Its columns were told by the header: check them with "tocsin roll show".'
    : '';
  await terminal.write(
    `${printable(id)}: ${described.value.rowCount} rows, manifest in ${printable(target)}.${proposed}\n`,
  );
  return 0;
}

interface Told {
  readonly releaseId: string;
  readonly jurisdiction: string;
  readonly asOf: string;
  readonly requester: string | null;
  readonly layoutId: string;
  readonly rowFilter: string | null;
}

const manifestText = (
  {
    sha256,
    rowCount,
    strataCounts,
    layout,
  }: Pick<RollDescription, 'sha256' | 'rowCount' | 'strataCounts' | 'layout'>,
  told: Told & {
    readonly derivedFrom?: string;
    readonly canaryCommit?: string;
    readonly markKeyCommit?: string;
  },
): string =>
  `${JSON.stringify(
    {
      ...told,
      fieldsPresent: [...layout.places.keys()],
      sha256,
      rowCount,
      strataCounts: Object.fromEntries(strataCounts),
      canaryCommit: told.canaryCommit ?? null,
      markKeyCommit: told.markKeyCommit ?? null,
      derivedFrom: told.derivedFrom ?? null,
    },
    null,
    1,
  )}\n`;

function writeText(path: string, text: string, mode: number): void {
  const file = writeWhole(path, mode);
  try {
    file.write(text);
    file.keep();
  } catch (cause) {
    file.drop();
    throw cause;
  }
}

async function list(folder: string, terminal: Terminal): Promise<Outcome> {
  const opened = openReleases(folder);
  if (opened.ok) {
    const lines = opened.value.map(({ manifest }) => manifestLine(manifest));
    await terminal.write(`${lines.join('\n')}\n`);
    return 0;
  }
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => /\.(?:csv|tsv|txt)$/i.test(name))
    : [];
  for (const name of names.sort()) {
    const manifest = manifestBeside(join(folder, name));
    const line = manifest.ok
      ? manifestLine(manifest.value)
      : `${name}: ${rollFailureSentence(manifest.failure)}`;
    await terminal.write(`${printable(line)}\n`);
  }
  return refuse(opened.failure.file, opened.failure.failure, terminal);
}

const manifestLine = ({
  releaseId,
  jurisdiction,
  asOf,
  requester,
  rowCount,
  rowFilter,
  markKeyCommit,
  canaryCommit,
}: ReleaseManifest): string =>
  [
    printable(releaseId),
    printable(jurisdiction),
    `as of ${asOf}`,
    `${rowCount} rows${rowFilter === null ? '' : ` (${printable(rowFilter)})`}`,
    requester === null ? 'to nobody' : `to ${printable(requester)}`,
    markKeyCommit === null ? '' : 'marked',
    canaryCommit === null ? '' : 'with canaries',
  ]
    .filter((part) => part !== '')
    .join('  ');

async function show(path: string, terminal: Terminal): Promise<Outcome> {
  if (!existsSync(path))
    return refuse(path, { code: 'roll-unreadable', system: 'ENOENT' }, terminal);
  const manifest = manifestBeside(path);
  if (!manifest.ok && manifest.failure.code !== 'manifest-missing')
    return refuse(path, manifest.failure, terminal);
  if (manifest.ok) {
    const fitted = layoutFor(path, {
      layoutId: manifest.value.layoutId,
      mapping: mappingBeside(path),
    });
    if (!fitted.ok) return refuse(path, fitted.failure, terminal);
    await terminal.write(
      `${manifestLine(manifest.value)}\n${mappingText(fitted.value.layout.layout)}\n`,
    );
    return 0;
  }
  const { layout, unsure } = proposeMapping(headLines(path));
  terminal.say(
    `tocsin: no manifest; a mapping proposed from the header follows. Save it as ${printable(beside(path, 'mapping'))} when it is right.`,
  );
  if (unsure.length > 0)
    terminal.say(`tocsin: told by the values only, look twice: ${unsure.join(', ')}`);
  await terminal.write(`${mappingText(layout)}\n`);
  return 0;
}

const mappingText = ({ id, delimiters, header, encoding, quoted, fields }: RollLayout): string =>
  JSON.stringify({ id, delimiter: delimiters[0], header, encoding, quoted, fields }, null, 1);

async function release(path: string, order: Order, terminal: Terminal): Promise<Outcome> {
  const wanted = releaseWanted(order);
  if ('wrongUse' in wanted) return wanted;
  const manifest = manifestBeside(path);
  if (!manifest.ok) return refuse(path, manifest.failure, terminal);
  const own = await describe(path, manifest.value.layoutId);
  if (!own.ok) return refuse(path, own.failure, terminal);
  const { sha256, layout } = own.value;
  if (sha256 !== manifest.value.sha256) {
    return refuse(
      path,
      { code: 'manifest-hash', stated: manifest.value.sha256, found: sha256 },
      terminal,
    );
  }
  const { id, to, out, register, canaries, biasKey } = wanted;
  const copied = await copyWithMarks(
    { from: path, layout, to: out, releaseId: id, biasKey, canaries },
    nodeKernels,
  );
  if (!copied.ok) return refuse(path, copied.failure, terminal);
  return keepCopy(
    copied.value,
    { own: own.value, manifest: manifest.value, id, to, out, register },
    terminal,
  );
}

interface ReleaseWanted {
  readonly id: string;
  readonly to: string;
  readonly out: string;
  readonly register: string;
  readonly canaries: readonly Canary[];
  readonly biasKey: string;
}

function releaseWanted(order: Order): ReleaseWanted | Missing {
  const [id, to, out, register] = ['id', 'to', 'out', 'register'].map((name) => order.option(name));
  if (!id || !to || !out || !register)
    return { wrongUse: 'release needs --to, --id, --out and --register' };
  if (!['.csv', '.tsv', '.txt'].includes(extname(out)))
    return { wrongUse: '--out is a .csv, .tsv or .txt file' };
  for (const path of [out, beside(out, 'manifest'), register]) {
    if (existsSync(path)) return { wrongUse: `${printable(path)} stands already` };
  }
  if (dirname(register) === dirname(out))
    return { wrongUse: 'keep the register away from the copy: it goes to nobody' };
  const canaries = readCanaries(order.option('canaries'));
  if ('wrongUse' in canaries) return canaries;
  const like = order.option('like');
  const biasKey = like === null ? randomBytes(32).toString('hex') : biasKeyOf(like);
  if (biasKey === null) return { wrongUse: '--like names no register with a bias key' };
  return { id, to, out, register, canaries: canaries.list, biasKey };
}

function readCanaries(path: string | null): { readonly list: readonly Canary[] } | Missing {
  if (path === null) return { list: [] };
  const value = jsonOf(path);
  const list = Array.isArray(value) ? value.map(canaryOf) : [null];
  const whole = list.filter((canary) => canary !== null);
  return whole.length === list.length
    ? { list: whole }
    : {
        wrongUse: '--canaries needs a JSON list of {"email","first","last","street","city","zip"}',
      };
}

function biasKeyOf(path: string): string | null {
  const value = jsonOf(path) as { readonly keys?: { readonly biasKey?: unknown } } | null;
  const key = value?.keys?.biasKey;
  return typeof key === 'string' && /^[0-9a-f]{64}$/.test(key) ? key : null;
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

interface Keeping {
  readonly own: RollDescription;
  readonly manifest: ReleaseManifest;
  readonly id: string;
  readonly to: string;
  readonly out: string;
  readonly register: string;
}

/** Register first, manifest second, copy last: a copy that can be handed out has both behind it. */
async function keepCopy(
  made: CopyMade,
  { own, manifest, id, to, out, register }: Keeping,
  terminal: Terminal,
): Promise<Outcome> {
  const text = manifestText(
    { ...own, sha256: made.sha256, rowCount: made.rowCount, strataCounts: new Map() },
    {
      releaseId: id,
      jurisdiction: manifest.jurisdiction,
      asOf: manifest.asOf,
      requester: to,
      layoutId: manifest.layoutId,
      rowFilter: manifest.rowFilter,
      derivedFrom: manifest.releaseId,
      canaryCommit: made.canaryCommit,
      markKeyCommit: made.markKeyCommit,
    },
  );
  try {
    writeText(register, `${JSON.stringify(made.register, null, 1)}\n`, 0o600);
    writeText(beside(out, 'manifest'), text, 0o644);
    made.keep();
  } catch (cause) {
    made.drop();
    throw cause;
  }
  await terminal.write(
    `${printable(basename(out))} for ${printable(to)}: ${made.rowCount} rows, ${made.marked} marked, ${made.register.canaries.length} canaries.\n` +
      `The register is in ${printable(register)}: keep it offline, without it nothing can be read back.\n`,
  );
  return 0;
}
