export { createMboxSplitter } from './mbox.ts';
export { unquoteMboxrd } from './quoting.ts';
export { separatorShape } from './separator.ts';
export type { MboxRange } from './splitter.ts';
