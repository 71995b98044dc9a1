export type { Surroundings } from './command.ts';
export { runCommandLine } from './command-line.ts';
export { COMMANDS } from './command-table.ts';
export { nodeTerminal, type Terminal } from './terminal.ts';
