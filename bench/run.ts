import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run bench [-- NAME...]`: each bench in a process of its own, in this order. */
const BENCHES = [
  'mail',
  'hostile',
  'forensics',
  'campaign',
  'template',
  'links',
  'growth',
  'investigate',
  'psi',
  'access-log',
  'exposure',
] as const;

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : BENCHES) {
  process.stdout.write(`\n== ${name}\n`);
  const run = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    stdio: 'inherit',
  });
  if (run.status !== 0) process.exitCode = 1;
}
