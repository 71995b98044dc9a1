import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ordinaryMail } from '../../../test/kit/ordinary-mail.ts';
import { writeTnef } from '../../../test/kit/tnef-writer.ts';
import { type MadeEntry, makeZip } from '../../../test/kit/zip.ts';
import { sniffKind } from '../../core/mail/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { ArchiveBudget } from './archive-budget.ts';
import { memorySource } from './byte-source.ts';
import { gather } from './chunks.ts';
import {
  ARCHIVE_BYTES_FREE,
  ARCHIVE_BYTES_MAX,
  ARCHIVE_ENTRIES_MAX,
  ARCHIVE_RATIO_MAX,
} from './limits.ts';
import { readMessages } from './messages.ts';
import { unzip } from './zip.ts';

const MAIL = 'Received: from a.example\nFrom: a@b.example\nSubject: x\n\nHello\n';
const MBOX = [1, 2, 3]
  .map((day) => `From a@b.example Thu Oct 2${day} 10:00:00 2020\n${MAIL}`)
  .join('\n');

async function read(bytes: Buffer): Promise<{
  readonly paths: readonly string[];
  readonly messages: readonly { path: string; base: string; offset: number; text: string }[];
  readonly limits: readonly string[];
  readonly texts: readonly string[];
}> {
  const messages = [];
  const limits = [];
  const texts = [];
  const kind = sniffKind(bytes, nodeKernels);
  for await (const step of readMessages(memorySource(bytes), kind, nodeKernels)) {
    if ('limit' in step) {
      limits.push(`${step.limit.code} ${step.limit.at}`);
      texts.push(step.limit.text);
    } else {
      const { path, base, offset } = step.message;
      messages.push({ path, base, offset, text: Buffer.from(step.message.bytes).toString() });
    }
  }
  return { paths: messages.map((message) => message.path), messages, limits, texts };
}

const zip = (...entries: readonly MadeEntry[]): Buffer => makeZip(entries);
const repeated = (count: number, entry: MadeEntry): readonly MadeEntry[] => {
  const packed = deflateRawSync(entry.content);
  return Array.from({ length: count }, () => ({ ...entry, packed }));
};
const mail = (more: Partial<MadeEntry> = {}): MadeEntry => ({ name: 'm', content: MAIL, ...more });

describe('an exhibit gives its messages with exact bytes', () => {
  test('a lone message', async () => {
    const { messages, limits } = await read(Buffer.from(MAIL));
    expect(messages).toEqual([{ path: '0', base: 'exhibit', offset: 0, text: MAIL }]);
    expect(limits).toEqual([]);
  });

  test('a winmail.dat that a mail program saved, on its own and in a zip', async () => {
    const item = writeTnef({ files: [{ title: 'a.txt', data: Buffer.from('x') }] });
    expect((await read(item)).messages).toMatchObject([{ path: '0', base: 'exhibit' }]);
    const packed = await read(zip(mail({ name: 'winmail.dat', content: item })));
    expect([packed.paths, packed.limits]).toEqual([['0'], []]);
  });

  test('an mbox: each range is where it says', async () => {
    const { messages, paths } = await read(Buffer.from(MBOX));
    expect(paths).toEqual(['0', '1', '2']);
    for (const { offset, text } of messages) {
      expect(MBOX.slice(offset, offset + text.length)).toBe(text);
    }
  });

  test('one envelope line on top of a message that no mbox begins with', async () => {
    const text = `From a@b.example Thu Oct 22 10:00:00 2020\nno field\n${MAIL}`;
    expect((await read(Buffer.from(text))).messages).toHaveLength(1);
  });

  test('a zip: stored bytes count in the exhibit, packed ones in their entry', async () => {
    const bytes = zip(mail(), mail({ stored: true }), { name: 'b', content: MBOX });
    const { messages, limits } = await read(bytes);
    expect(limits).toEqual([]);
    expect(messages.map(({ path, base }) => `${path} in ${base}`)).toEqual([
      '0 in 0',
      '1 in exhibit',
      '2.0 in 2',
      '2.1 in 2',
      '2.2 in 2',
    ]);
    const stored = messages[1];
    expect(bytes.subarray(stored?.offset).toString().startsWith(MAIL)).toBe(true);
    expect(messages[0]?.text).toBe(MAIL);
  });

  test('a zip in a stored zip in a zip: offsets reach through what is stored', async () => {
    const inner = zip(mail({ stored: true }));
    const bytes = zip({ name: 'i', content: inner, stored: true }, { name: 'p', content: inner });
    const { messages } = await read(bytes);
    expect(messages.map(({ path, base }) => `${path} in ${base}`)).toEqual([
      '0.0 in exhibit',
      '1.0 in 1',
    ]);
    expect(bytes.subarray(messages[0]?.offset).toString().startsWith(MAIL)).toBe(true);
    expect(inner.subarray(messages[1]?.offset).toString().startsWith(MAIL)).toBe(true);
  });

  test.each([
    ['a comment', { comment: 'made by a phone' }],
    ['bytes after the end', { after: 'junk' }],
    ['bytes before the start', { before: 'PK\x03\x04junk that is no entry' }],
  ])('a zip with %s', async (_, more) => {
    expect((await read(makeZip([mail(), mail()], more))).paths).toEqual(['0', '1']);
  });
});

test('a zip in which an entry has a longer header than when its list was made', async () => {
  const bytes = zip(mail());
  const extra = Buffer.alloc(6);
  const longer = Buffer.concat([bytes.subarray(0, 31), extra, bytes.subarray(31)]);
  longer.writeUInt16LE(extra.length, 28);
  const { messages, limits } = await read(longer);
  expect(messages).toMatchObject([{ path: '0', text: MAIL }]);
  expect(limits).toEqual([]);
});

describe('a hostile archive costs its limit and nothing else', () => {
  const ZEROS = Buffer.alloc(30_000_000);
  const BOMB = Buffer.concat([Buffer.from(MAIL), ZEROS]);

  test.each<[string, MadeEntry, string]>([
    ['a bomb that says so', { name: 'z', content: ZEROS }, 'archive-ratio 0'],
    ['a bomb in a mail', mail({ content: BOMB }), 'archive-ratio 0'],
    ['a bomb that lies', mail({ content: BOMB, unpackedBytes: 100 }), 'archive-ratio 0'],
    ['a password', mail({ flags: 1 }), 'archive-locked exhibit'],
    [
      'a method from elsewhere',
      mail({ method: 14, packed: Buffer.alloc(9) }),
      'archive-method exhibit',
    ],
    ['a name that climbs', mail({ name: '../../etc/cron.d/x' }), 'archive-name-unsafe exhibit'],
    ['a name that climbs backwards', mail({ name: '..\\x' }), 'archive-name-unsafe exhibit'],
    ['an absolute name', mail({ name: '/etc/passwd' }), 'archive-name-unsafe exhibit'],
    ['a drive', mail({ name: 'C:x' }), 'archive-name-unsafe exhibit'],
    ['an escape in a name', mail({ name: 'a\x1b[2Jb' }), 'archive-name-unsafe exhibit'],
    [
      'a name that reads backwards',
      mail({ name: 'a\u202egpj.eml' }),
      'archive-name-unsafe exhibit',
    ],
    ['a wrong checksum', mail({ crc: 1 }), 'archive-crc-wrong 0'],
    ['a wrong checksum, stored', mail({ crc: 1, stored: true }), 'archive-crc-wrong 0'],
    ['too small a size', mail({ unpackedBytes: 3 }), 'archive-size-wrong 0'],
    ['too large a size', mail({ unpackedBytes: 4_000_000_000 }), 'archive-size-wrong 0'],
    ['no header of its own', mail({ headerAt: 1 }), 'archive-entry-missing exhibit'],
    ['noise for deflate', mail({ packed: Buffer.alloc(99, 0xff) }), 'archive-damaged 0'],
    ['an image', { name: 'a', content: '\x89PNG\r\n\x1a\n' }, 'archive-not-mail exhibit'],
  ])('%s', async (_, entry, limit) => {
    const { limits, paths } = await read(zip(entry, mail({ name: 'last' })));
    expect(limits.filter((line) => line === limit)).toHaveLength(1);
    expect(limits.filter((line) => !/not-mail/.test(line) || line === limit)).toHaveLength(1);
    expect(paths.at(-1)).toBe('1');
  });

  test('a bomb in a mail still gives the mail that stands before it', async () => {
    const { messages } = await read(zip(mail({ content: BOMB })));
    expect(messages[0]?.text.startsWith(MAIL)).toBe(true);
    expect(messages[0]?.text.length).toBeLessThan(BOMB.length / 10);
  });

  test('entries that share bytes are read once', async () => {
    const entries = [mail(), mail({ headerAt: 0 }), mail({ headerAt: 0 })];
    const { paths, limits, texts } = await read(makeZip(entries));
    expect(paths).toEqual(['0']);
    expect(limits).toEqual(['archive-overlap exhibit']);
    expect(texts[0]).toContain('2 entries (number 1, 2)');
  });

  test(`entry ${ARCHIVE_ENTRIES_MAX + 1} is counted, not read`, async () => {
    const entries = Array.from({ length: ARCHIVE_ENTRIES_MAX + 3 }, () => mail());
    const { paths, limits, texts } = await read(makeZip(entries));
    expect(paths).toHaveLength(ARCHIVE_ENTRIES_MAX);
    expect(limits).toEqual(['archive-entries exhibit']);
    expect(texts[0]).toContain('3 of this archive were not');
  });

  test('three archives deep is read, four is not', async () => {
    const nest = (depth: number): Buffer =>
      depth === 0 ? Buffer.from(MAIL) : zip({ name: 'n', content: nest(depth - 1) });
    expect((await read(nest(3))).paths).toEqual(['0.0.0']);
    const { paths, limits } = await read(nest(4));
    expect(paths).toEqual([]);
    expect(limits).toEqual(['archive-depth 0.0.0']);
  });

  test('what is unpacked counts for the exhibit, not for each archive', async () => {
    const budget = ArchiveBudget.ofExhibit(ARCHIVE_BYTES_MAX);
    budget.takeEntries(ARCHIVE_ENTRIES_MAX - 3);
    budget.takeBytes(ARCHIVE_BYTES_MAX - 2 * MAIL.length - 7);
    const lengths: number[] = [];
    const limits: string[] = [];
    for (const archive of [zip(mail(), mail()), zip(mail(), mail())]) {
      for await (const step of unzip(memorySource(archive), 'exhibit', budget)) {
        if ('limit' in step) limits.push(step.limit.code);
        else {
          lengths.push((await gather(step.entry.stream(), 1e6, 0)).bytes.length);
          limits.push(...step.entry.limits.map((limit) => limit.code));
        }
      }
    }
    expect(lengths).toEqual([MAIL.length, MAIL.length, 7]);
    expect(limits).toEqual(['archive-bytes', 'archive-entries']);
  });

  test.each(['zip', 'gzip'] as const)('bombs inside each other (%s) add up', async (form) => {
    const page = Buffer.concat([Buffer.from(MAIL), Buffer.alloc(999_000, 'a')]);
    const pages = makeZip(repeated(16, { name: 'm', content: page }));
    const inner = makeZip(repeated(16, { name: 'p', content: pages }));
    const bytes =
      form === 'gzip' ? gzipSync(inner) : makeZip(repeated(16, { name: 'i', content: inner }));
    const { messages, limits, texts } = await read(bytes);
    const unpacked = messages.reduce((sum, { text }) => sum + text.length, 0);
    expect(unpacked).toBeGreaterThan(ARCHIVE_BYTES_FREE / 2);
    expect(unpacked).toBeLessThan(ARCHIVE_BYTES_FREE + ARCHIVE_RATIO_MAX * bytes.length);
    expect(limits.every((limit) => limit.startsWith('archive-bytes '))).toBe(true);
    expect(texts.join()).toContain('(16 MB and 100 times the packed size)');
  });

  test('an archive cut short gives what came', async () => {
    const whole = zip(mail(), mail({ stored: true }), mail({ content: MAIL.repeat(50) }));
    const { paths, limits } = await read(whole.subarray(0, whole.length - 120));
    expect(paths.slice(0, 2)).toEqual(['0', '1']);
    expect(limits).toContain('archive-damaged exhibit');
  });

  test('any damage yields limits, never a throw', async () => {
    const whole = zip(mail(), { name: 'b', content: MBOX }, mail({ stored: true }));
    const damage = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 8 }), async (damages) => {
        const bytes = Buffer.from(whole);
        for (const { at, byte } of damages) bytes[at] = byte;
        const first = await read(bytes);
        expect(await read(bytes)).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });
});

test("a county's thousand mails of ordinary size are read whole", async () => {
  const letters = Array.from({ length: ARCHIVE_ENTRIES_MAX }, (_, at) =>
    mail({ content: ordinaryMail(at) }),
  );
  const { messages, limits } = await read(makeZip(letters));
  expect(limits).toEqual([]);
  expect(messages.map(({ text }) => text.length)).toEqual(
    letters.map(({ content }) => content.length),
  );
});

test('bytes of no known kind are named for a person', async () => {
  const { limits, texts } = await read(Buffer.from('%PDF-1.7'));
  expect(limits).toEqual(['not-mail exhibit']);
  expect(texts[0]).toContain('a PDF document');
});
