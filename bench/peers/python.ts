import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const PYTHON_PEERS = ['datasketch', 'drain3'] as const;
export type PythonPeer = (typeof PYTHON_PEERS)[number];

/** What one peer said, or why it is not here. */
export type PythonAnswer =
  | {
      readonly here: true;
      /** CPU time of the work, without starting Python and reading the rows. */
      readonly seconds: number;
      readonly answers: readonly {
        readonly threshold: number;
        readonly groups: readonly (readonly string[])[];
      }[];
    }
  | { readonly here: false; readonly why: string };

const SCRIPT = join(import.meta.dirname, 'groups.py');
const OUTPUT_MAX = 1 << 28;

/** Asks a Python package to group the texts, where `python` has it. Installs nothing. */
export function askPython(
  peer: PythonPeer,
  texts: readonly { readonly id: string; readonly words: readonly string[] }[],
  python = 'python3',
): PythonAnswer {
  const probe = spawnSync(python, ['-c', `import ${peer}`], { encoding: 'utf8' });
  if (probe.error !== undefined) return { here: false, why: `not here: no ${python}` };
  if (probe.status !== 0) return { here: false, why: `not here: ${python} has no ${peer}` };
  const run = spawnSync(python, [SCRIPT, peer], {
    input: texts.map((text) => JSON.stringify(text)).join('\n'),
    encoding: 'utf8',
    maxBuffer: OUTPUT_MAX,
  });
  if (run.status !== 0) {
    return { here: false, why: `failed: ${run.stderr.trim().split('\n').at(-1) ?? ''}` };
  }
  return { here: true, ...(JSON.parse(run.stdout) as Omit<PythonAnswer & { here: true }, 'here'>) };
}
