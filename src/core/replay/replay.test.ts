import { describe, expect, test } from 'vitest';
import { replayTruth, smallReplay } from '../../../test/kit/replay.ts';
import { nodeKernels } from '../../host/kernels/index.ts';
import { FORMS } from '../mail-writer/index.ts';
import type { ReplayFile, ReplayTruth } from './index.ts';

const textOf = ({ bytes }: ReplayFile): string => nodeKernels.utf8(bytes, 0, bytes.length);

const truthOf = (files: readonly ReplayFile[]): ReplayTruth =>
  JSON.parse(textOf(files.find((file) => file.path === 'truth.json') as ReplayFile));

const small = smallReplay();
const truth = truthOf(small);
const threats = truth.originals.filter((row) => row.campaign !== null);
const fileAt = new Map(small.map((file) => [file.path, file]));

describe('a replay', () => {
  test('says that it is synthetic', () => {
    expect(textOf(fileAt.get('README.txt') as ReplayFile)).toMatch(/Nothing here is real/);
    expect(truth.note).toMatch(/invented/);
  });

  test('writes no path twice and only under its five names', () => {
    expect(fileAt.size).toBe(small.length);
    for (const path of fileAt.keys())
      expect(path).toMatch(/^(?:evidence\/|office\/|statements\/|truth\.json$|README\.txt$)/);
  });

  test('has a truth for every file of evidence, and each digest is that file', () => {
    const known = new Map(truth.originals.map((row) => [row.file, row.exhibit]));
    const evidence = small.filter((file) => file.path.startsWith('evidence/'));
    expect(evidence.map((file) => file.path).filter((path) => !known.has(path))).toEqual([]);
    for (const file of evidence) expect(known.get(file.path)).toBe(nodeKernels.sha256(file.bytes));
  });

  test('holds every form of report and every container', () => {
    expect(new Set(threats.map((row) => row.form))).toEqual(new Set(FORMS.map(({ form }) => form)));
    expect(new Set(threats.map((row) => row.container))).toEqual(
      new Set(['file', 'mboxrd', 'takeout', 'zip']),
    );
  });

  test('keeps the exact bytes of an original that lies in clear in its file', () => {
    const clear = threats.filter(
      (row) => row.form === 'attached-gmail' && row.container === 'file',
    );
    expect(clear.length).toBeGreaterThan(0);
    for (const row of clear) {
      const text = textOf(fileAt.get(row.file) as ReplayFile);
      const from = text.indexOf('\r\n\r\n', text.indexOf('X-Attachment-Id')) + 4;
      const original = text.slice(from, text.lastIndexOf('\r\n--'));
      expect(nodeKernels.sha256(nodeKernels.encode(original))).toBe(row.sha256);
    }
  });

  test.each(['T1', 'T2', 'T3'])('has mails of template %s', (template) =>
    expect(threats.some((row) => row.template === template)).toBe(true),
  );

  test('plants each trap somewhere', () => {
    const empty = truth.traps.filter((trap) => trap.files.length === 0).map((trap) => trap.trap);
    expect(empty).toEqual(['zero-report-county']);
    for (const { files } of truth.traps)
      expect(files.filter((path) => !fileAt.has(path))).toEqual([]);
  });

  test('mails one voter twice, 94 minutes apart', () => {
    const { files } = truth.traps.find(({ trap }) => trap === 'mailed-twice') ?? {};
    const inside = new Set<string>(files);
    const twice = threats.filter(
      (row) => inside.has(row.file) && /T(?:21:20|22:54):00/.test(row.sentAt),
    );
    expect(twice).toHaveLength(2);
    expect(new Set(twice.map((row) => row.recipientKey)).size).toBe(1);
    expect(new Set(twice.map((row) => row.mail)).size).toBe(2);
    const [first, second] = twice.map((row) => Date.parse(row.sentAt)).sort();
    expect((second ?? 0) - (first ?? 0)).toBe(94 * 60_000);
  });

  test('has one mover in each of two other states, four reports in Flaxley, none in St Ormond', () => {
    const where = (name: string) => threats.filter((row) => row.state === name);
    expect([where('Z').length, where('P').length]).toEqual([1, 1]);
    expect(truth.totals.reportsBy['Flaxley']).toBe(4);
    expect(truth.totals.reportsBy['St Ormond']).toBeUndefined();
    expect(truth.totals.sentBy['county']?.['St Ormond']).toBe(0);
  });

  test('no mail is reported before it was sent', () => {
    for (const row of threats)
      expect(Date.parse(row.reportedAt) - Date.parse(row.sentAt)).toBeGreaterThan(60_000);
  });

  test('answers the eleven questions of the board', () => {
    expect(Object.keys(truth.answers)).toHaveLength(11);
  });
});

describe('scale', () => {
  test('at one tenth there is a tenth of the mail', () => {
    expect(truth.totals).toMatchObject({ sent: 4_000, reports: 60, background: 40 });
  });

  test('below the smallest sensible size every form and trap stays', () => {
    const tiny = replayTruth('tiny', 0.001);
    expect(tiny.totals.reports).toBe(60);
    expect(tiny.senders.map((sender) => sender.sender)).toEqual(['first', 'second']);
  });

  test.each([0, -1, Number.NaN, 1e6])('refuses a scale of %s', (scale) =>
    expect(() => replayTruth('x', scale)).toThrow(/scale/),
  );
});
