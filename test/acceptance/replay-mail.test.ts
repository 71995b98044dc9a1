import { simpleParser } from 'mailparser';
import { beforeAll, describe, expect, test } from 'vitest';
import { type MailMessage, readMessage, sniffKind } from '../../src/core/mail/index.ts';
import { type ReplayTruth, type TrueOriginal, writeReplay } from '../../src/core/replay/index.ts';
import { boundaryClient } from '../../src/core/route/index.ts';
import { memorySource, readMessages } from '../../src/host/intake/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';

/** Every file of evidence, read the way an investigation reads it. */
interface ReadFile {
  readonly path: string;
  readonly messages: readonly {
    readonly bytes: Uint8Array;
    readonly held: readonly MailMessage[];
  }[];
}

const files: ReadFile[] = [];
let truth = {} as ReplayTruth;

beforeAll(async () => {
  for (const { path, bytes } of writeReplay({ seed: 'realism', scale: 0.2 }, nodeKernels)) {
    if (path === 'truth.json') truth = JSON.parse(nodeKernels.utf8(bytes, 0, bytes.length));
    if (!path.startsWith('evidence/')) continue;
    const source = memorySource(bytes);
    const messages: ReadFile['messages'][number][] = [];
    for await (const step of readMessages(source, sniffKind(bytes, nodeKernels), nodeKernels)) {
      if ('limit' in step) throw new Error(`${path}: ${step.limit.text}`);
      const reading = readMessage(step.message.bytes, nodeKernels, { path: step.message.path });
      expect(reading.limits).toEqual([]);
      messages.push({ bytes: step.message.bytes, held: reading.messages });
    }
    files.push({ path, messages });
  }
});

const rowsIn = (path: string, position: number): readonly TrueOriginal[] =>
  truth.originals.filter((row) => row.file === path && row.position === position);

const LEAF = new Set(['eml', 'letter', 'screenshot']);

describe('a replay is mail', () => {
  test('every file is told and split as what it is', () => {
    for (const { path, messages } of files) {
      const positions = truth.originals.flatMap((row) => (row.file === path ? [row.position] : []));
      expect([path, messages.length]).toEqual([path, Math.max(...positions) + 1]);
    }
  });

  test('another parser reads sender, subject and date of every message', async () => {
    for (const { path, messages } of files)
      for (const [position, { bytes }] of messages.entries()) {
        const mail = await simpleParser(Buffer.from(bytes));
        const rows = rowsIn(path, position);
        expect(mail.from?.value[0]?.address).toMatch(/^[^@\s]+@[^@\s]+$/);
        expect(mail.date?.getUTCFullYear()).toBe(2020);
        expect(mail.messageId).toMatch(/^<.*>$/);
        const [row] = rows;
        if (row === undefined || !LEAF.has(row.form)) continue;
        expect(mail.from?.value[0]?.address).toBe(row.shownSender);
        expect(mail.subject).toBe(row.subject);
      }
  });

  test('another parser gets the same bytes out of an encoded attachment', async () => {
    const encoded = truth.originals.filter((row) => row.form === 'attached-file');
    expect(encoded.length).toBeGreaterThan(0);
    for (const row of encoded) {
      const file = files.find(({ path }) => path === row.file);
      const bytes = file?.messages[row.position]?.bytes ?? new Uint8Array();
      const { attachments } = await simpleParser(Buffer.from(bytes));
      const digests = attachments.map(({ content }) => nodeKernels.sha256(content));
      expect(digests).toContain(row.sha256);
    }
  });
});

describe('core/mail on a replay', () => {
  test('every original whose bytes are kept comes back exactly, with its sender and route', () => {
    for (const row of truth.originals) {
      if (row.sha256 === null) continue;
      const held = files.find(({ path }) => path === row.file)?.messages[row.position]?.held ?? [];
      const original = held.find(({ sha256 }) => sha256 === row.sha256);
      expect([row.file, row.form, original?.role]).toEqual([row.file, row.form, 'original']);
      expect(original?.from?.address).toBe(row.shownSender);
      expect(original?.subject).toBe(row.subject);
      expect(original?.route.length).toBeGreaterThan(1);
    }
  });

  test('every quoted original is found in its place, with sender, subject and words', () => {
    const quoted = truth.originals.filter((row) => row.sha256 === null);
    expect(quoted.length).toBeGreaterThan(40);
    for (const row of quoted) {
      const held = files.find(({ path }) => path === row.file)?.messages[row.position]?.held ?? [];
      const inline = held.filter(({ role, forward }) => role === 'original' && forward !== null);
      const original = inline[row.order];
      expect([row.file, original?.from?.address]).toEqual([row.file, row.shownSender]);
      expect([row.file, original?.subject]).toEqual([row.file, row.subject]);
      if (row.campaign !== null) expect(original?.text).toMatch(/on\s+the\s+roll\s+as/);
    }
  });

  test('nothing else is taken for an original', () => {
    for (const { path, messages } of files)
      for (const [position, { held }] of messages.entries()) {
        const originals = held.filter(({ role }) => role === 'original');
        expect([path, position, originals.length]).toEqual([
          path,
          position,
          rowsIn(path, position).length,
        ]);
      }
  });

  test('the first fact about the sender is the misused host, forged lines or not', () => {
    const client = { EE: '192.0.2.41', SA: '198.51.100.17', AE: '203.0.113.88' };
    const kept = truth.originals.filter((row) => row.sha256 !== null && row.sender === 'first');
    expect(kept.some((row) => row.forgedTraces)).toBe(true);
    for (const row of kept) {
      const held = files.find(({ path }) => path === row.file)?.messages[row.position]?.held ?? [];
      const route = held.find(({ sha256 }) => sha256 === row.sha256)?.route ?? [];
      expect([row.file, boundaryClient(route)?.ip]).toEqual([
        row.file,
        client[row.relay as keyof typeof client],
      ]);
    }
  });
});
