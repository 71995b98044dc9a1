import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeZip } from '../../../test/kit/zip.ts';
import { VaultFault } from '../../app/ports/index.ts';
import type { Sha256 } from '../../core/base/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { openVault } from '../vault/index.ts';
import { createIntake } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-intake-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MAIL = 'From: a@b.example\nTo: c@d.example\nDate: Thu, 22 Oct 2020 10:00:00 +0000\n\nHello\n';
const MBOX = `From a@b.example Thu Oct 22 10:00:00 2020\n${MAIL}\n`.repeat(2);

const caseFolder = join(root, 'case');
mkdirSync(caseFolder);
const opened = openVault({ folder: join(caseFolder, 'vault'), write: true });
if (!opened.ok) throw new Error(opened.failure.system);
const intake = createIntake({ kernels: nodeKernels, vault: opened.value, caseFolder });

test('what a folder holds comes out of the vault as messages, byte for byte', async () => {
  writeFileSync(join(root, 'a.eml'), MAIL);
  writeFileSync(join(root, 'b.mbox'), MBOX);
  writeFileSync(join(root, 'd.zip'), makeZip([{ name: 'm', content: MAIL, stored: true }]));
  const lines: string[] = [];
  for await (const step of intake.find([root])) {
    if ('skipped' in step) lines.push(`skipped ${step.skipped.code}`);
    if (!('found' in step)) continue;
    const { head, digest, bytes } = await opened.value.keep(step.found.open());
    const kind = intake.kindOf(head);
    for await (const read of intake.messages({ digest, bytes, kind })) {
      if ('limit' in read) throw new Error(read.limit.text);
      const { message } = read;
      const { offset, base } = message;
      expect({ base, text: Buffer.from(message.bytes).toString() }).toEqual({
        base: 'exhibit',
        text: MAIL,
      });
      const range = { offset, length: message.bytes.length };
      expect(Buffer.from(await opened.value.read(digest, range)).toString()).toBe(MAIL);
      lines.push(`${kind} ${message.path}`);
    }
  }
  expect(lines).toEqual(['message 0', 'mbox 0', 'mbox 1', 'skipped case-folder', 'zip 0']);
});

test('an exhibit that the vault does not have is the vault that fails', async () => {
  const exhibit = { digest: '0'.repeat(64) as Sha256, bytes: 9, kind: 'message' } as const;
  const reading = intake.messages(exhibit)[Symbol.asyncIterator]();
  await expect(reading.next()).rejects.toBeInstanceOf(VaultFault);
});
