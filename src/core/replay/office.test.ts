import { describe, expect, test } from 'vitest';
import { smallReplay } from '../../../test/kit/replay.ts';
import { nodeKernels } from '../../host/kernels/index.ts';
import { checkRegister, parseRegister, parseSizeFacts } from '../exposure/index.ts';
import { listCounties } from '../invented/index.ts';
import { parseManifest, type ReleaseManifest } from '../roll/index.ts';
import type { ReplayFile, ReplayTruth } from './index.ts';

const files = new Map<string, ReplayFile>();
for (const file of smallReplay()) files.set(file.path, file);

const bytesOf = (path: string): Uint8Array => {
  const file = files.get(path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file.bytes;
};
const textOf = (path: string): string => {
  const bytes = bytesOf(path);
  const read = path.endsWith('.json') ? nodeKernels.utf8 : nodeKernels.latin1;
  return read(bytes, 0, bytes.length);
};
const truth = JSON.parse(textOf('truth.json')) as ReplayTruth;
const [listF, listA] = truth.office.lists;

const rolls = [...files.keys()].filter((path) => /^office\/releases\/.*\.(?:txt|csv)$/.test(path));
const manifestOf = (path: string): ReleaseManifest => {
  const parsed = parseManifest(textOf(path.replace(/\.(?:txt|csv)$/, '.manifest.json')));
  if (!parsed.ok) throw new Error(`${path}: ${JSON.stringify(parsed.failure)}`);
  return parsed.value;
};
const manifests = new Map(rolls.map((path) => [manifestOf(path).releaseId, manifestOf(path)]));

/** Cells of the rows, without a header. */
const rowsOf = (releaseId: string): readonly (readonly string[])[] => {
  const tabbed = files.has(`office/releases/${releaseId}.txt`);
  const text = textOf(`office/releases/${releaseId}.${tabbed ? 'txt' : 'csv'}`);
  const lines = text.trimEnd().split('\n');
  return tabbed
    ? lines.map((line) => line.split('\t'))
    : lines.slice(1).map((line) => line.split(','));
};

describe('lists that the offices hold', () => {
  test('every roll has a manifest whose hash, rows and strata are those of the file', () => {
    expect(rolls).toHaveLength(22);
    for (const path of rolls) {
      const { sha256, rowCount, strataCounts, releaseId, fieldsPresent } = manifestOf(path);
      expect(nodeKernels.sha256(bytesOf(path))).toBe(sha256);
      expect(rowsOf(releaseId)).toHaveLength(rowCount);
      expect([...strataCounts.values()].reduce((sum, count) => sum + count, 0)).toBe(rowCount);
      expect(fieldsPresent.has('LastName')).toBe(true);
    }
  });

  test('no id stands twice in a month, and rows change by the stated churn', () => {
    const months = [...manifests.keys()].filter((id) => /^state-f-[\d-]{10}$/.test(id)).sort();
    expect(months).toHaveLength(8);
    const shares = months.slice(1).map((later, at) => {
      const before = new Set(rowsOf(months[at] ?? '').map((row) => row.join('\t')));
      const rows = rowsOf(later);
      expect(new Set(rows.map((row) => row[1])).size).toBe(rows.length);
      return rows.filter((row) => !before.has(row.join('\t'))).length / rows.length;
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.012);
    expect(mean).toBeLessThan(0.022);
  });

  test('sealed registers fit the commitments of their copies, and hold the canaries in them', () => {
    const copies = [...manifests.values()].filter(({ requester }) => requester !== null);
    expect(copies.map(({ asOf }) => asOf).filter((day) => day === listF?.asOf)).toHaveLength(3);
    for (const manifest of copies) {
      const register = parseRegister(textOf(`office/registers/${manifest.releaseId}.json`));
      if (!register.ok) throw new Error('the register can be read');
      expect(checkRegister(register.value, manifest, nodeKernels).ok).toBe(true);
      const addresses = new Set(rowsOf(manifest.releaseId).map((row) => row[37]));
      expect(register.value.canaries.every(({ email }) => addresses.has(email))).toBe(true);
    }
  });

  test('copies of one month differ in spellings and canaries only', () => {
    const plain = (row: readonly string[]): string =>
      row.map((cell, at) => (at === 7 || at === 8 ? '' : cell)).join('\t');
    const base = rowsOf('state-f-2020-06-30').map(plain);
    for (const id of ['a', 'b', 'c'].map((suffix) => `state-f-2020-06-30-${suffix}`)) {
      const own = new Set(rowsOf(id).map(plain));
      expect(base.filter((row) => !own.has(row))).toEqual([]);
    }
    const homes = (id: string) => rowsOf(id).map((row) => `${row[1]} ${row[7]}`);
    const other = new Set(homes('state-f-2020-06-30-b'));
    const unlike = homes('state-f-2020-06-30-a').filter((home) => !other.has(home)).length;
    expect(unlike).toBeGreaterThan(base.length / 10);
  });
});

test('no row could be of the real world: ZIP codes given to no place, numbers of 555-01', () => {
  for (const row of rowsOf(listF?.releaseId ?? '')) {
    expect(row[11]).toMatch(/^00[1-4]\d\d$/);
    expect(`${row[34]}-${row[35]}`).toMatch(/^555-55501\d\d$/);
  }
  for (const row of rowsOf('state-a-2020-06-30')) expect(row[13]).toMatch(/^00[1-4]\d\d$/);
});

describe('the mails come from the lists', () => {
  const mails = [...files.keys()]
    .filter((path) => path.startsWith('evidence/') && path.endsWith('.eml'))
    .map(textOf);

  test('homes in the mails are spelled as the copy spells them that the senders had', () => {
    const rows = rowsOf(listF?.releaseId ?? '');
    const homes = new Set(
      rows.map(
        (row) => `${row[7]}${row[8] === '' ? '' : ` ${row[8]}`}\r\n${row[9]}, FL ${row[11]}`,
      ),
    );
    const shown = mails.flatMap((text) => [
      ...text.matchAll(/\r\n\r\n(\d+ [^\r\n]+\r\n[^\r\n]+, FL 00\d{3})\r\n\r\ngood luck/g),
    ]);
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.map(([, home]) => home).filter((home) => !homes.has(home ?? ''))).toEqual([]);
  });

  test('recipients of state A use the portal, and the page gave their record away', () => {
    const rows = rowsOf(listA?.releaseId ?? '');
    const addresses = new Set(rows.map((row) => row[7]));
    const own = truth.originals.filter(
      ({ state, campaign, form }) =>
        state === 'A' && campaign !== null && /^(?:eml|attached-(?:gmail|apple))$/.test(form),
    );
    const toPortal = ({ file }: (typeof own)[number]): boolean =>
      [...textOf(file).matchAll(/^To: (\S+@\S+)\r$/gm)].some(([, to]) => addresses.has(to ?? ''));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((row) => !toPortal(row))).toEqual([]);
    expect(listA?.taken).toBeLessThan(rows.length);
    expect(listA?.taken).toBe(truth.office.log.taken);
  });

  test('sizes fit each other: reported, mailed, taken', () => {
    const [f, a] = [listF, listA];
    const recipients = new Set(
      truth.originals.flatMap((row) => (row.recipientKey === null ? [] : [row.recipientKey])),
    ).size;
    expect((f?.mailed ?? 0) + (a?.mailed ?? 0)).toBeGreaterThan(recipients);
    expect(f?.mailed).toBeLessThan(f?.reached ?? 0);
    expect(a?.mailed).toBeLessThan(a?.taken ?? 0);
    expect(f?.targeting.find(({ cell }) => cell === 'party:TRN')?.oddsRatio).toBeNull();
  });

  test('the facts can be read, and are about the list that most recipients come from', () => {
    const facts = parseSizeFacts(textOf('office/facts.json'));
    expect(facts).toEqual({ ok: true, value: truth.office.facts });
  });
});

describe('the log of the look-up page', () => {
  const pieces = [...files.keys()].filter((path) => path.startsWith('office/logs/'));

  test('is rotated and packed, and has no line in its gap', () => {
    expect(pieces.filter((path) => path.endsWith('.gz')).length).toBeGreaterThan(2);
    expect(pieces).toContain('office/logs/access.log');
    const [gap] = truth.office.log.gaps;
    const stamps = pieces.flatMap((path) => [
      ...textOf(path).matchAll(/\[06\/Oct\/2020:([\d:]+) /g),
    ]);
    const [from, until] = [gap?.from.slice(11, 19) ?? '', gap?.until.slice(11, 19) ?? ''];
    expect(stamps.length).toBeGreaterThan(100);
    expect(stamps.filter(([, time]) => (time ?? '') > from && (time ?? '') < until)).toEqual([]);
  });

  test('gave away what the truth says: records of the portal among the numbers tried', () => {
    const numbers = new Set(rowsOf('state-a-portal').map(([id]) => id));
    const asked = new Set<string>();
    for (const path of pieces)
      for (const hit of textOf(path).matchAll(/voterid=(\d+) HTTP\/1\.1" 200 5\d+ "-" "curl/g))
        if (numbers.has(hit[1])) asked.add(hit[1] ?? '');
    expect(asked.size).toBe(truth.office.log.logged);
    expect(truth.office.log.logged).toBeLessThan(truth.office.log.taken);
  });
});

test('the list of state F has sixty counties, each with a code of its own', () => {
  const codes = listCounties('F').map(({ code }) => code);
  expect(codes).toHaveLength(60);
  expect(new Set(codes).size).toBe(60);
});
