import type { CommandRow } from './command.ts';

/** Every command, in the order of the help. Each loads only when it is asked for. */
export const COMMANDS: readonly CommandRow[] = [];
