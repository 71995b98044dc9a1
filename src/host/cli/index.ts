export type {
  Command,
  CommandOption,
  CommandRow,
  ExitCode,
  Order,
  Outcome,
  Surroundings,
} from './command.ts';
export { type CommandLine, runCommandLine } from './command-line.ts';
export { COMMANDS } from './command-table.ts';
export { createProgress } from './progress.ts';
export { endQuietlyOnClosedPipe, nodeTerminal, type Terminal } from './terminal.ts';
