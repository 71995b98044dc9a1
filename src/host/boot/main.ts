import { readFileSync } from 'node:fs';
import { COMMANDS, nodeTerminal, runCommandLine } from '../cli/index.ts';
import { interruptible } from './interrupt.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as { readonly version: string };

const terminal = nodeTerminal();
const surroundings = { terminal, onInterrupt: interruptible(terminal) };
process.exitCode = await runCommandLine(
  process.argv.slice(2),
  { commands: COMMANDS, version },
  surroundings,
);
